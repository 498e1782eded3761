using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Outrigger.Certificates;

/// <summary>
/// A certificate authority of our own, for one webhook or one developer's machine: an ECDSA P-256 key that may sign serving certificates
/// and no further authority.
/// </summary>
public sealed class CertificateAuthority : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>
    /// What is made begins to be valid so long ago: the clocks of the machines that check it may be a little behind the one that made it.
    /// </summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    private readonly X509Certificate2 _certificate;

    private CertificateAuthority(X509Certificate2 certificate) => _certificate = certificate;

    /// <summary>The certificate, PEM: what a webhook configuration carries as <c>caBundle</c>, in base64 once more.</summary>
    public string CertificatePem => _certificate.ExportCertificatePem() + "\n";

    /// <summary>The key, PEM (PKCS #8, not encrypted).</summary>
    public string KeyPem
    {
        get
        {
            using var key = _certificate.GetECDsaPrivateKey()!;
            return key.ExportPkcs8PrivateKeyPem() + "\n";
        }
    }

    /// <summary>The last moment at which it is valid.</summary>
    public DateTimeOffset NotAfter => _certificate.NotAfter;

    /// <summary>A new one.</summary>
    /// <param name="name">Its common name.</param>
    /// <param name="lifetime">From now on.</param>
    /// <param name="now">This moment.</param>
    public static CertificateAuthority Create(string name, TimeSpan lifetime, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(
            certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return new(request.CreateSelfSigned(now - Skew, now + lifetime));
    }

    /// <summary>One that was made before.</summary>
    /// <exception cref="CryptographicException">
    /// One of the texts is no PEM of its kind, the two do not belong together, or the certificate may not sign others or is not valid now.
    /// </exception>
    public static CertificateAuthority Load(string certificatePem, string keyPem, DateTimeOffset now)
    {
        var certificate = Parse(certificatePem, keyPem);
        var reason = certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(constraints => constraints.CertificateAuthority)
            ? now < certificate.NotBefore ? $"it is valid only from {certificate.NotBefore.ToUniversalTime():u} on"
            : now >= certificate.NotAfter ? $"it expired at {certificate.NotAfter.ToUniversalTime():u}"
            : null
            : "it is no certificate of an authority";
        if (reason is null)
            return new(certificate);
        certificate.Dispose();
        throw new CryptographicException(reason);
    }

    /// <summary>
    /// A certificate to serve TLS with under these names and addresses, with a key of its own. It is valid from <paramref name="now"/> on for
    /// <paramref name="lifetime"/>, but not longer than its authority.
    /// </summary>
    public IssuedCertificate Issue(IEnumerable<string> names, IEnumerable<IPAddress> addresses, TimeSpan lifetime, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        // The names are where clients look; the subject is for people, and may not be longer than 64 characters.
        var request = new CertificateRequest("CN=Outrigger webhook", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
            alternatives.AddDnsName(name);
        foreach (var address in addresses)
            alternatives.AddIpAddress(address);
        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_certificate, true, false));

        var (notBefore, notAfter) = (Later(now - Skew, _certificate.NotBefore), Earlier(now + lifetime, _certificate.NotAfter));
        using var certificate = request.Create(_certificate, notBefore, notAfter, SerialNumber());
        return new IssuedCertificate(certificate.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem() + "\n", notAfter);
    }

    /// <inheritdoc />
    public void Dispose() => _certificate.Dispose();

    private static X509Certificate2 Parse(string certificatePem, string keyPem)
    {
        try
        {
            return X509Certificate2.CreateFromPem(certificatePem, keyPem);
        }
        catch (ArgumentException e)
        {
            throw new CryptographicException($"certificate and key do not belong together: {e.Message}", e);
        }
    }

    // Positive and not zero, at most 20 bytes (RFC 5280, section 4.1.2.2).
    private static byte[] SerialNumber()
    {
        var number = RandomNumberGenerator.GetBytes(16);
        number[0] = (byte)((number[0] & 0x7f) | 0x40);
        return number;
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
