using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Outrigger.Webhook.Tests.Hosting;

/// <summary>A certificate authority of one test, with an intermediate one, as many real chains have.</summary>
internal sealed class TestAuthority
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UtcNow.AddHours(-1);
    private readonly X509Certificate2 _intermediate;

    public TestAuthority()
    {
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var root = Authority("CN=test root", rootKey);
        Root = root.CreateSelfSigned(Start, Start.AddDays(2));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var bare = Authority("CN=test intermediate", key).Create(Root, Start, Start.AddDays(2), [1]);
        _intermediate = bare.CopyWithPrivateKey(key);
    }

    public X509Certificate2 Root { get; }

    /// <summary>A serving certificate for localhost: the PEM of the leaf and the intermediate authority, and the key's.</summary>
    public (string Certificate, string Key) Issue(string name = "localhost", TimeSpan? validFor = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var leaf = request.Create(_intermediate, Start, Start + (validFor ?? TimeSpan.FromDays(1)), RandomNumberGenerator.GetBytes(8));
        return (leaf.ExportCertificatePem() + "\n" + _intermediate.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem());
    }

    private static CertificateRequest Authority(string name, ECDsa key)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request;
    }
}
