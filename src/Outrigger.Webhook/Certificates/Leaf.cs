using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Outrigger.Webhook.Serving;

namespace Outrigger.Webhook.Certificates;

/// <summary>A serving certificate with its key, signed by one of our authorities.</summary>
internal sealed record Leaf(string CertificatePem, string KeyPem, Authority Issuer, DateTimeOffset NotBefore, DateTimeOffset NotAfter)
{
    /// <summary>Whether it can be served at a moment.</summary>
    public bool IsValid(DateTimeOffset now) => NotBefore <= now && now < NotAfter;

    /// <summary>The leaf of two PEM texts, or null and why they are none that can be served now.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="key">Its key, without a password.</param>
    /// <param name="authorities">One of them must have signed it.</param>
    /// <param name="service">The name by which the API server calls the webhook.</param>
    /// <param name="now">This moment.</param>
    /// <param name="problem">Why, as a clause; empty where there is a leaf.</param>
    public static Leaf? Read(
        string certificate, string key, ImmutableArray<Authority> authorities, string service, DateTimeOffset now, out string problem)
    {
        if (certificate.Length == 0 || key.Length == 0)
            return Nothing(certificate.Length == 0 ? "tls.crt is missing" : "tls.key is missing", out problem);
        try
        {
            using var read = X509Certificate2.CreateFromPem(certificate, key);
            return Of(read, certificate, key, authorities, service, now, out problem);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return Nothing($"tls.crt and tls.key are no pair: {e.Message}", out problem);
        }
    }

    private static Leaf? Of(
        X509Certificate2 read, string certificate, string key, ImmutableArray<Authority> authorities, string service, DateTimeOffset now, out string problem)
    {
        if (certificate.AsSpan().Count("-----BEGIN") != 1)
            return Nothing("tls.crt holds something beside the certificate", out problem);
        var (from, to) = (new DateTimeOffset(read.NotBefore), new DateTimeOffset(read.NotAfter));
        if (now < from)
            return Nothing($"tls.crt is valid only from {PemFile.Moment(from)} on", out problem);
        if (now >= to)
            return Nothing($"tls.crt ended at {PemFile.Moment(to)}", out problem);
        if (!read.MatchesHostname(service, allowWildcards: false, allowCommonName: false))
            return Nothing($"tls.crt is not for {service}", out problem);
        if (authorities.FirstOrDefault(authority => authority.HasSigned(read)) is not { } issuer)
            return Nothing("tls.crt is signed by none of the authorities in ca.crt", out problem);
        problem = "";
        return new Leaf(certificate, key, issuer, from.ToUniversalTime(), to.ToUniversalTime());
    }

    private static Leaf? Nothing(string why, out string problem)
    {
        problem = why;
        return null;
    }
}
