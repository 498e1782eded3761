namespace Outrigger.Certificates;

/// <summary>A certificate with its key, to serve TLS with.</summary>
/// <param name="CertificatePem">The certificate alone: its authority is a root, which clients have already.</param>
/// <param name="KeyPem">PKCS #8, not encrypted.</param>
/// <param name="NotAfter">The last moment at which it is valid.</param>
public sealed record IssuedCertificate(string CertificatePem, string KeyPem, DateTimeOffset NotAfter);
