using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Outrigger.Kubernetes.Configuration;

/// <summary>Reads the PEM texts of settings. <c>who</c> is the file and entry that a message names.</summary>
internal static class Certificates
{
    /// <summary>The certificates that the API server's own must lead to.</summary>
    public static ImmutableArray<X509Certificate2> Authorities(byte[] pem, string who)
    {
        var all = All(pem, who);
        // Other clients also trust an intermediate authority without its root; the platform here cannot, and would say it in
        // words that nobody connects with this setting.
        return all.Any(certificate => certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData))
            ? all
            : throw new KubernetesConfigurationException(
                $"{who} holds {all.Length} certificate(s) and none of them is self-signed; add the root certificate of the authority");
    }

    /// <summary>A client's certificate with its key first, then the authorities between it and the root, if the PEM has any.</summary>
    public static ImmutableArray<X509Certificate2> Client(byte[] certificatePem, string certificateWho, byte[] keyPem, string keyWho)
    {
        var chain = All(certificatePem, certificateWho);
        var key = Encoding.UTF8.GetString(keyPem);
        if (key.Contains("ENCRYPTED", StringComparison.Ordinal))
            throw new KubernetesConfigurationException($"{keyWho} holds an encrypted key; only keys without a password are supported");
        try
        {
            var client = X509Certificate2.CreateFromPem(Encoding.UTF8.GetString(certificatePem), key);
            // Windows does not do TLS with a key that lives in memory alone.
            return chain.SetItem(0, OperatingSystem.IsWindows()
                ? X509CertificateLoader.LoadPkcs12(client.Export(X509ContentType.Pkcs12), null)
                : client);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new KubernetesConfigurationException(
                $"{keyWho} must hold the PEM of the RSA or ECDSA private key that belongs to the certificate: {e.Message}", e);
        }
    }

    private static ImmutableArray<X509Certificate2> All(byte[] pem, string who)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(Encoding.UTF8.GetString(pem));
        }
        catch (CryptographicException e)
        {
            throw new KubernetesConfigurationException($"{who} must hold PEM certificates: {e.Message}", e);
        }

        return certificates.Count > 0
            ? [.. certificates]
            : throw new KubernetesConfigurationException($"{who} must hold PEM certificates (-----BEGIN CERTIFICATE-----) and has none");
    }
}
