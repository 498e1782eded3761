using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Outrigger.E2e.Clusters;

namespace Outrigger.E2e.Patterns;

/// <summary>Certificates for the name <c>shop</c>, and Secrets that hold them.</summary>
internal static class TlsSecret
{
    /// <summary>A certificate that is its own authority, with a key of its own.</summary>
    public static X509Certificate2 NewCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=shop", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("shop");
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    /// <summary>Creates or changes a Secret.</summary>
    /// <param name="space">Where.</param>
    /// <param name="name">Its name.</param>
    /// <param name="certificate">What it holds.</param>
    /// <param name="keyOf">Whose key, where it is not the certificate's own.</param>
    public static async Task ApplyAsync(TestNamespace space, string name, X509Certificate2 certificate, X509Certificate2? keyOf = null)
    {
        using var key = (keyOf ?? certificate).GetECDsaPrivateKey()!;
        await Kubectl.ApplyAsync(new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Secret",
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = space.Name },
            ["type"] = "kubernetes.io/tls",
            ["stringData"] = new JsonObject { ["tls.crt"] = certificate.ExportCertificatePem(), ["tls.key"] = key.ExportPkcs8PrivateKeyPem() },
        });
    }
}
