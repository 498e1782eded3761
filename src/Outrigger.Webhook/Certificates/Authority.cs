using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Outrigger.Webhook.Certificates;

/// <summary>The certificate of an authority that this software made, without its key. Two are one where their PEM is the same.</summary>
/// <param name="Pem">Alone, with a line break at its end.</param>
/// <param name="NotBefore">When it begins to be valid.</param>
/// <param name="NotAfter">When it ends to be valid.</param>
internal sealed record Authority(string Pem, DateTimeOffset NotBefore, DateTimeOffset NotAfter)
{
    /// <summary>The common name by which ours are told from others; keys and not names tell them from each other.</summary>
    public const string Name = "Outrigger webhook CA";

    /// <summary>The authorities of ours in a PEM text that have not ended, in its order and each once. What else it holds is passed over.</summary>
    public static ImmutableArray<Authority> ReadAll(string text, DateTimeOffset now)
    {
        var all = new X509Certificate2Collection();
        try
        {
            all.ImportFromPem(text);
        }
        catch (CryptographicException)
        {
            // One block that is damaged: of the rest nobody knows what it was meant to be.
        }

        var found = all.Where(IsOurs).Select(Of).Where(one => now < one.NotAfter).Distinct().ToImmutableArray();
        foreach (var certificate in all)
            certificate.Dispose();
        return found;
    }

    /// <summary>What a webhook configuration and the Secret hold as their bundle.</summary>
    public static string Bundle(IEnumerable<Authority> authorities) => string.Concat(authorities.Select(one => one.Pem));

    /// <summary>Whether a certificate is signed by this authority, whatever the time.</summary>
    public bool HasSigned(X509Certificate2 certificate)
    {
        using var root = X509Certificate2.CreateFromPem(Pem);
        using var chain = new X509Chain
        {
            ChainPolicy =
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid,
                DisableCertificateDownloads = true,
            },
        };
        chain.ChainPolicy.CustomTrustStore.Add(root);
        return chain.Build(certificate) && chain.ChainElements.Count == 2;
    }

    private static Authority Of(X509Certificate2 certificate) => new(
        certificate.ExportCertificatePem() + "\n", certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime());

    private static bool IsOurs(X509Certificate2 certificate)
    {
        if (certificate.Subject != $"CN={Name}" || certificate.Issuer != certificate.Subject)
            return false;
        try
        {
            using var key = certificate.GetECDsaPublicKey();
            return key is not null && certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(constraints => constraints.CertificateAuthority);
        }
        catch (CryptographicException)
        {
            // Only now was the part that says so read, and somebody has damaged it.
            return false;
        }
    }
}
