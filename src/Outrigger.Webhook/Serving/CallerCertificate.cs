using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http.Features;
using Outrigger.Webhook.Admission;

namespace Outrigger.Webhook.Serving;

/// <summary>
/// What the caller of one connection presented in the handshake, and the judgement of it: it is made once, and again when the authorities
/// change or a certificate of the chain expires, so that a connection that is kept open is no way around either.
/// </summary>
internal sealed class CallerCertificate
{
    private readonly ClientAuthorities _authorities;
    private byte[]? _certificate;
    private byte[][] _sent = [];
    private Verdict? _verdict;

    private CallerCertificate(ClientAuthorities authorities) => _authorities = authorities;

    /// <summary>
    /// The options of a handshake in which the client is asked for a certificate. It is not refused there, whatever it presents: an answer
    /// can say what is wrong, an alert cannot.
    /// </summary>
    /// <param name="handshake">The options without clients; they stay as they are.</param>
    /// <param name="authorities">Whom clients have to be certified by.</param>
    /// <param name="connection">Takes this feature, for the requests of the connection.</param>
    public static SslServerAuthenticationOptions Ask(
        SslServerAuthenticationOptions handshake, ClientAuthorities authorities, IFeatureCollection connection)
    {
        var caller = new CallerCertificate(authorities);
        connection.Set(caller);
        var policy = new X509ChainPolicy();
        authorities.Trust.Restrict(policy);
        return new SslServerAuthenticationOptions
        {
            ServerCertificateContext = handshake.ServerCertificateContext,
            ApplicationProtocols = handshake.ApplicationProtocols,
            EnabledSslProtocols = handshake.EnabledSslProtocols,
            ClientCertificateRequired = true,
            CertificateChainPolicy = policy,
            RemoteCertificateValidationCallback = (_, certificate, chain, _) => caller.Receive(certificate, chain),
            // A resumed session would go by the certificate of an earlier handshake, without its authorities.
            AllowTlsResume = false,
        };
    }

    /// <summary>Why this caller may not call now; null where he may.</summary>
    public Refusal? RefusalAt(DateTimeOffset now)
    {
        if (_certificate is null)
            return Refusal.NoClientCertificate;
        var (trust, verdict) = (_authorities.Trust, Volatile.Read(ref _verdict));
        if (verdict is null || verdict.Trust != trust || verdict.Judgement.Until < now)
            Volatile.Write(ref _verdict, verdict = new Verdict(trust, Judge(_certificate, trust, now)));
        return verdict.Judgement.Refusal;
    }

    private bool Receive(X509Certificate? certificate, X509Chain? chain)
    {
        if (certificate is not null)
        {
            _sent = chain is null ? [] : [.. chain.ChainPolicy.ExtraStore.Select(sent => sent.RawData)];
            _certificate = certificate.GetRawCertData();
        }

        return true;
    }

    private Judgement Judge(byte[] bytes, ClientTrust trust, DateTimeOffset now)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(bytes);
        var sent = new X509Certificate2Collection();
        try
        {
            foreach (var authority in _sent)
                sent.Add(X509CertificateLoader.LoadCertificate(authority));
            return trust.Judge(certificate, sent, now);
        }
        finally
        {
            foreach (var authority in sent)
                authority.Dispose();
        }
    }

    private sealed record Verdict(ClientTrust Trust, Judgement Judgement);
}
