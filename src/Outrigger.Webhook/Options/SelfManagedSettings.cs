using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Outrigger.Webhook.Options;

/// <summary>The settings of <c>--certificates self-managed</c>.</summary>
internal static partial class SelfManagedSettings
{
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    public static ImmutableArray<WebhookSetting> All { get; } =
    [
        new()
        {
            Flag = "--namespace",
            Placeholder = "NAME",
            Meaning = "The namespace of the Secret and the Service of self-managed certificates, which is the webhook's own.",
            Allowed = "the name of a namespace",
            IsRequired = true,
            With = CertificateSource.SelfManaged,
            Apply = (options, text) => Label().IsMatch(text) ? With(options, own => own with { Namespace = text }) : null,
        },
        new()
        {
            Flag = "--tls-secret",
            Placeholder = "NAME",
            Meaning = "The Secret of self-managed certificates; made where it is missing, and repaired where it cannot be used.",
            Allowed = "the name of a Secret",
            IsRequired = true,
            With = CertificateSource.SelfManaged,
            Apply = (options, text) => IsSubdomain(text) ? With(options, own => own with { Secret = text }) : null,
        },
        new()
        {
            Flag = "--service",
            Placeholder = "NAME",
            Meaning = "The Service by which the API server calls; self-managed certificates are for NAME.NAMESPACE.svc.",
            Allowed = "the name of a Service",
            IsRequired = true,
            With = CertificateSource.SelfManaged,
            Apply = (options, text) => Label().IsMatch(text) ? With(options, own => own with { Service = text }) : null,
        },
        new()
        {
            Flag = "--webhook-configuration",
            Placeholder = "NAME",
            Meaning = "The MutatingWebhookConfiguration whose entries for the Service get the authorities as their caBundle; nothing else of it is written.",
            Allowed = "the name of a MutatingWebhookConfiguration",
            IsRequired = true,
            With = CertificateSource.SelfManaged,
            Apply = (options, text) => IsSubdomain(text) ? With(options, own => own with { Configuration = text }) : null,
        },
        new()
        {
            Flag = "--certificate-lifetime",
            Placeholder = "DURATION",
            Default = "2160h",
            Meaning = "How long a self-managed certificate is valid; it is replaced when two thirds of that are over.",
            Allowed = "a duration from 15s to 8760h",
            With = CertificateSource.SelfManaged,
            Apply = (options, text) => Duration.Parse(text) is { } lifetime && lifetime >= TimeSpan.FromSeconds(15) && lifetime <= Year
                ? With(options, own => own with { CertificateLifetime = lifetime })
                : null,
        },
        new()
        {
            Flag = "--ca-lifetime",
            Placeholder = "DURATION",
            Default = "8760h",
            Meaning = "How long the authority of self-managed certificates is valid; it is replaced when two thirds of that are over, and trusted until its end.",
            Allowed = "a duration from 45s to 87600h, at least three times --certificate-lifetime",
            With = CertificateSource.SelfManaged,
            // The lifetime of certificates stands before this one in the table, so that it is known here.
            Apply = (options, text) => Duration.Parse(text) is { } lifetime && lifetime <= 10 * Year && lifetime >= 3 * options.SelfManaged.CertificateLifetime
                ? With(options, own => own with { AuthorityLifetime = lifetime })
                : null,
        },
    ];

    private static WebhookOptions With(WebhookOptions options, Func<SelfManagedOptions, SelfManagedOptions> change) =>
        options with { SelfManaged = change(options.SelfManaged) };

    private static bool IsSubdomain(string text) => text.Length <= 253 && text.Split('.').All(label => Label().IsMatch(label));

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\z")]
    private static partial Regex Label();
}

/// <summary>The values of <c>--certificates</c> as they are written.</summary>
internal static class CertificateSources
{
    public static string Text(CertificateSource source) => source == CertificateSource.Files ? "files" : "self-managed";

    /// <summary>The source of that name, or null.</summary>
    public static CertificateSource? Parse(string text) => text switch
    {
        "files" => CertificateSource.Files,
        "self-managed" => CertificateSource.SelfManaged,
        _ => null,
    };
}
