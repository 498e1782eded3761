using System.Collections.Immutable;
using Outrigger.Webhook.Serving;

namespace Outrigger.Webhook.Certificates;

/// <summary>
/// Decides, for one replica and one moment, what is to be done and what is to be served. A new authority is first in the Secret, then in the
/// webhook configuration, and only then it signs what is served; an old one stays in both until it ends, as does all that it signed.
/// </summary>
internal static class CertificatePlan
{
    // So many rotations do not fall into one authority's life; more come of somebody who deletes the Secret again and again.
    private const int MostAuthorities = 16;

    /// <summary>The next step; one at a time, since each is decided by what is there.</summary>
    public static CertificateStep Decide(CertificateView view)
    {
        var (secret, now) = (view.Secret, view.Now);
        var leaf = secret?.Leaf ?? Usable(view.Served, now);
        var authorities = Known(view);
        if (secret?.Signer is not { } signer)
            return new CertificateStep.Renew(authorities, true, leaf, secret is null ? "there is no Secret" : string.Join("; ", secret.Problems));
        if (IsDue(signer.NotAfter, view.Lifetimes.Authority, now))
            return new CertificateStep.Renew(authorities, true, leaf, $"the authority ends at {PemFile.Moment(signer.NotAfter)}");
        if (secret.Problems.Length > 0)
            return new CertificateStep.Renew(authorities, false, leaf, string.Join("; ", secret.Problems));
        if (!authorities.SequenceEqual(secret.Authorities))
            return new CertificateStep.Renew(authorities, false, leaf, "the bundle lacks an authority that is in service");
        if (view.Registration?.Holds(Authority.Bundle(authorities)) == false)
            return new CertificateStep.Announce(Authority.Bundle(authorities), "its caBundle is not that of the Secret");
        if (view.IsTrusted(signer) && leaf!.Issuer != signer)
            return new CertificateStep.Renew(authorities, false, null, "the API server trusts the new authority");
        if (view.IsTrusted(signer) && IsDue(leaf!.NotAfter, view.Lifetimes.Certificate, now))
            return new CertificateStep.Renew(authorities, false, null, $"the certificate ends at {PemFile.Moment(leaf.NotAfter)}");
        return new CertificateStep.Rest(Next(view, signer, leaf!));
    }

    /// <summary>What this replica serves from now on: what it served, even where that has ended, until the API server trusts something newer.</summary>
    public static Leaf? Serve(CertificateView view)
    {
        if (view.Secret?.Leaf is not { } next || view.Registration?.Trusts(next.Issuer) != true)
            return view.Served;
        // At its start a replica has seen nothing for long. An authority that was made a while ago was announced then.
        var isKnown = view.Served is { } held ? held.Issuer == next.Issuer : view.IsOld(next.Issuer);
        return isKnown || view.IsTrusted(next.Issuer) ? next : view.Served;
    }

    /// <summary>
    /// All authorities that the API server has to trust until they end: those of the Secret; and, since a Secret that was deleted or written by
    /// somebody else has lost them, the one of what this replica serves, and those in the configuration, by which other replicas may serve.
    /// </summary>
    private static ImmutableArray<Authority> Known(CertificateView view)
    {
        var secret = view.Secret;
        IEnumerable<Authority> all = secret?.Signer is { } signer ? secret.Authorities.Prepend(signer) : secret?.Authorities ?? [];
        if (view.Served is { } served && view.Now < served.Issuer.NotAfter)
            all = all.Append(served.Issuer);
        return [.. all.Concat(view.Registration?.Mentioned ?? []).Distinct().Take(MostAuthorities)];
    }

    private static Leaf? Usable(Leaf? leaf, DateTimeOffset now) => leaf?.IsValid(now) == true ? leaf : null;

    private static bool IsDue(DateTimeOffset end, TimeSpan lifetime, DateTimeOffset now) => now >= end - (lifetime / 3);

    // The next moment at which another answer is possible though nothing has changed.
    private static DateTimeOffset Next(CertificateView view, Authority signer, Leaf leaf)
    {
        IEnumerable<DateTimeOffset?> moments =
        [
            signer.NotAfter - (view.Lifetimes.Authority / 3),
            leaf.NotAfter - (view.Lifetimes.Certificate / 3),
            leaf.NotAfter,
            view.TrustedFrom(signer),
            view.TrustedFrom(leaf.Issuer),
            CertificateView.OldFrom(leaf.Issuer),
            .. view.Secret!.Authorities.Select(authority => (DateTimeOffset?)authority.NotAfter),
        ];
        return moments.OfType<DateTimeOffset>().Where(moment => moment > view.Now).Min();
    }
}
