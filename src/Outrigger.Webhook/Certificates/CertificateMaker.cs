using Outrigger.Certificates;

namespace Outrigger.Webhook.Certificates;

/// <summary>Makes the keys and certificates that a step asks for.</summary>
internal static class CertificateMaker
{
    /// <summary>What the Secret shall hold.</summary>
    /// <param name="step">What is asked for.</param>
    /// <param name="secret">What is there; it has a signer unless the step makes one.</param>
    /// <param name="service">The name by which the API server calls the webhook.</param>
    /// <param name="lifetimes">How long what is new lives.</param>
    /// <param name="now">This moment.</param>
    public static SecretContent Make(CertificateStep.Renew step, KeptCertificates? secret, string service, Lifetimes lifetimes, DateTimeOffset now)
    {
        using var signer = step.WithNewAuthority
            ? CertificateAuthority.Create(Authority.Name, lifetimes.Authority, now)
            : CertificateAuthority.Load(secret!.Signer!.Pem, secret.SignerKey, now);
        var bundle = (step.WithNewAuthority ? signer.CertificatePem : "") + Authority.Bundle(step.Authorities);
        if (step.Leaf is { } kept)
            return new SecretContent(kept.CertificatePem, kept.KeyPem, bundle, signer.KeyPem);
        var issued = signer.Issue([service], [], lifetimes.Certificate, now);
        return new SecretContent(issued.CertificatePem, issued.KeyPem, bundle, signer.KeyPem);
    }
}
