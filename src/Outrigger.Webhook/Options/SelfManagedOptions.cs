namespace Outrigger.Webhook.Options;

/// <summary>Where certificates of our own are kept, and how long they live.</summary>
internal sealed record SelfManagedOptions
{
    /// <summary>The namespace of the Secret and the Service.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>The name of the Secret.</summary>
    public string Secret { get; init; } = "";

    /// <summary>The name of the Service by which the API server calls.</summary>
    public string Service { get; init; } = "";

    /// <summary>The name of the MutatingWebhookConfiguration.</summary>
    public string Configuration { get; init; } = "";

    /// <summary>From the making of a serving certificate until its end.</summary>
    public TimeSpan CertificateLifetime { get; init; }

    /// <summary>From the making of an authority until its end; three times that of a certificate at least.</summary>
    public TimeSpan AuthorityLifetime { get; init; }
}

/// <summary>The values of <c>--certificates</c>.</summary>
internal enum CertificateSource
{
    /// <summary>The files of <c>--tls-cert</c> and <c>--tls-key</c>, which somebody else replaces.</summary>
    Files,

    /// <summary>A Secret, which the webhook itself writes.</summary>
    SelfManaged,
}
