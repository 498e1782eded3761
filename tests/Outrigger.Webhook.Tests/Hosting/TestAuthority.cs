using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Outrigger.Webhook.Tests.Hosting;

/// <summary>A certificate authority of one test, with an intermediate one, as many real chains have.</summary>
internal sealed class TestAuthority
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UtcNow.AddHours(-1);

    public TestAuthority()
    {
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var root = Authority("CN=test root", rootKey);
        Root = root.CreateSelfSigned(Start, Start.AddDays(2));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var bare = Authority("CN=test intermediate", key).Create(Root, Start, Start.AddDays(2), [1]);
        Intermediate = bare.CopyWithPrivateKey(key);
    }

    /// <summary>The extended key usage of client authentication.</summary>
    public const string ForClients = "1.3.6.1.5.5.7.3.2";

    /// <summary>The extended key usage of server authentication.</summary>
    public const string ForServers = "1.3.6.1.5.5.7.3.1";

    public X509Certificate2 Root { get; }

    public X509Certificate2 Intermediate { get; }

    /// <summary>The PEM of the root.</summary>
    public string RootPem => Root.ExportCertificatePem() + "\n";

    /// <summary>A serving certificate for localhost: the PEM of the leaf and the intermediate authority, and the key's.</summary>
    public (string Certificate, string Key) Issue(string name = "localhost", TimeSpan? validFor = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var leaf = request.Create(Intermediate, Start, Start + (validFor ?? TimeSpan.FromDays(1)), RandomNumberGenerator.GetBytes(8));
        return (leaf.ExportCertificatePem() + "\n" + Intermediate.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>A client's certificate with its key.</summary>
    /// <param name="name">Its common name.</param>
    /// <param name="usage">What it is for: the object identifier of an extended key usage; null for none.</param>
    /// <param name="validFor">From an hour ago on.</param>
    /// <param name="byIntermediate">Whether the intermediate authority signs it, not the root.</param>
    public X509Certificate2 IssueClient(
        string name = "kube-apiserver", string? usage = ForClients, TimeSpan? validFor = null, bool byIntermediate = false)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        if (usage is not null)
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: false));
        using var leaf = request.Create(
            byIntermediate ? Intermediate : Root, Start, Start + (validFor ?? TimeSpan.FromDays(1)), RandomNumberGenerator.GetBytes(8));
        return leaf.CopyWithPrivateKey(key);
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
