using System.Collections.Immutable;

namespace Outrigger.Webhook.Certificates;

/// <summary>What is to be done next: <see cref="Renew"/>, <see cref="Announce"/> or <see cref="Rest"/>.</summary>
internal abstract record CertificateStep
{
    private CertificateStep()
    {
    }

    /// <summary>Write the Secret.</summary>
    /// <param name="Authorities">What the bundle keeps, the signer first where it is not a new one.</param>
    /// <param name="WithNewAuthority">Whether a new authority comes before them, and signs from now on.</param>
    /// <param name="Leaf">The certificate to keep; null for a new one.</param>
    /// <param name="Why">For the log.</param>
    public sealed record Renew(ImmutableArray<Authority> Authorities, bool WithNewAuthority, Leaf? Leaf, string Why) : CertificateStep;

    /// <summary>Write the bundle into the webhook configuration.</summary>
    public sealed record Announce(string Bundle, string Why) : CertificateStep;

    /// <summary>Nothing, unless something changes, until then.</summary>
    public sealed record Rest(DateTimeOffset Until) : CertificateStep;
}
