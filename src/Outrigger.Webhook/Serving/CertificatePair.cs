using System.Collections.Immutable;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Outrigger.Core.Results;

namespace Outrigger.Webhook.Serving;

/// <summary>A serving certificate with its key and the authorities that are sent with it, ready for handshakes.</summary>
internal sealed class CertificatePair : IDisposable
{
    private readonly X509Certificate2 _leaf;
    private readonly ImmutableArray<X509Certificate2> _authorities;

    private CertificatePair(X509Certificate2 leaf, ImmutableArray<X509Certificate2> authorities)
    {
        (_leaf, _authorities) = (leaf, authorities);
        // Offline: what is missing in the file is not looked for on the network, which the first handshakes would wait for.
        var context = SslStreamCertificateContext.Create(leaf, [.. authorities], offline: true);
        Handshake = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = context,
            ApplicationProtocols = [SslApplicationProtocol.Http11],
            // The two are named because the floor is promised, whatever the system's policy says.
            EnabledSslProtocols = System.Security.Authentication.SslProtocols.Tls12 | System.Security.Authentication.SslProtocols.Tls13,
        };
    }

    /// <summary>The options of every handshake with this pair. Shared: read only.</summary>
    public SslServerAuthenticationOptions Handshake { get; }

    /// <summary>When it ends to be valid.</summary>
    public DateTimeOffset NotAfter => _leaf.NotAfter.ToUniversalTime();

    /// <summary>When it begins to be valid.</summary>
    public DateTimeOffset NotBefore => _leaf.NotBefore.ToUniversalTime();

    /// <summary>Whom it names, as in <c>CN=outrigger.outrigger.svc</c>.</summary>
    public string Subject => _leaf.Subject;

    /// <summary>Makes a pair of two PEM texts, or says what is wrong with them.</summary>
    /// <param name="certificateFile">The file of <paramref name="certificate"/>, for messages.</param>
    /// <param name="certificate">The leaf first, then authorities in any order.</param>
    /// <param name="keyFile">The file of <paramref name="key"/>, for messages.</param>
    /// <param name="key">An RSA or ECDSA key without a password, which must be the leaf's.</param>
    public static Result<CertificatePair> Read(string certificateFile, string certificate, string keyFile, string key)
    {
        var read = PemFile.Certificates("--tls-cert", certificateFile, certificate);
        if (!read.TryGet(out var all))
            return Result.Fail<CertificatePair>(read.Problems);
        try
        {
            using var bare = all[0];
            using var rsa = bare.GetRSAPublicKey();
            if (rsa is { KeySize: < 2048 })
            {
                return Result.Fail<CertificatePair>(Problem.Of(
                    "--tls-cert", $"{certificateFile} holds an RSA key of {rsa.KeySize} bits, which can be broken; allowed are 2048 and more, or ECDSA"));
            }

            return Result.Ok(new CertificatePair(X509Certificate2.CreateFromPem(certificate, key), [.. all.Skip(1)]));
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return Result.Fail<CertificatePair>(
                Problem.Of("--tls-key", $"{keyFile} does not hold the PEM key of the certificate in {certificateFile}: {Reason(e)}"));
        }
    }

    // .NET adds the name of its own parameter, which is nobody's flag.
    private static string Reason(Exception exception) => exception is ArgumentException { ParamName: { } name }
        ? exception.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal)
        : exception.Message;

    /// <inheritdoc />
    public void Dispose()
    {
        _leaf.Dispose();
        foreach (var authority in _authorities)
            authority.Dispose();
    }
}
