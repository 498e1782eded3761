using System.Collections.Immutable;
using System.Security.Cryptography;
using Outrigger.Certificates;

namespace Outrigger.Webhook.Certificates;

/// <summary>What of a Secret can be used, and why the rest cannot.</summary>
internal sealed record KeptCertificates
{
    /// <summary>The authorities of ours that have not ended.</summary>
    public required ImmutableArray<Authority> Authorities { get; init; }

    /// <summary>The one of them whose key is there, which signs; null where there is none.</summary>
    public required Authority? Signer { get; init; }

    /// <summary>The signer's key.</summary>
    public required string SignerKey { get; init; }

    /// <summary>The certificate to serve with; null where it cannot be.</summary>
    public required Leaf? Leaf { get; init; }

    /// <summary>What is wrong, as clauses. Never a key.</summary>
    public required ImmutableArray<string> Problems { get; init; }

    /// <param name="content">The texts of the Secret.</param>
    /// <param name="service">The name by which the API server calls the webhook.</param>
    /// <param name="now">This moment.</param>
    public static KeptCertificates Read(SecretContent content, string service, DateTimeOffset now)
    {
        var problems = ImmutableArray.CreateBuilder<string>();
        var authorities = Authority.ReadAll(content.Authorities, now);
        if (authorities.IsEmpty)
            problems.Add("ca.crt holds no authority of ours that is still valid");
        else if (Authority.Bundle(authorities) != content.Authorities)
            problems.Add("ca.crt holds authorities that have ended, or something else");
        var signer = authorities.FirstOrDefault(authority => HasKey(authority, content.AuthorityKey, now));
        if (signer is null && !authorities.IsEmpty)
            problems.Add("ca.key is the key of none of them that is valid");
        var leaf = Leaf.Read(content.Certificate, content.Key, authorities, service, now, out var problem);
        if (leaf is null)
            problems.Add(problem);
        return new KeptCertificates
        {
            Authorities = authorities,
            Signer = signer,
            SignerKey = content.AuthorityKey,
            Leaf = leaf,
            Problems = problems.ToImmutable(),
        };
    }

    private static bool HasKey(Authority authority, string key, DateTimeOffset now)
    {
        try
        {
            CertificateAuthority.Load(authority.Pem, key, now).Dispose();
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
