using System.Collections.Immutable;
using Outrigger.Certificates;

namespace Outrigger.Webhook.Certificates;

/// <summary>How long what we make lives. A third of it before its end it is replaced.</summary>
internal sealed record Lifetimes(TimeSpan Certificate, TimeSpan Authority);

/// <summary>All that a replica knows when it decides what to do: a decision looks at nothing else.</summary>
internal sealed record CertificateView
{
    /// <summary>
    /// API servers take a changed webhook configuration from their own watches, a moment after it is stored. After so long it is taken for known
    /// to all of them.
    /// </summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    /// <summary>What can be used of the Secret; null where there is no Secret.</summary>
    public required KeptCertificates? Secret { get; init; }

    /// <summary>What the webhook configuration trusts; null where there is none, or none for our Service.</summary>
    public required Registration? Registration { get; init; }

    /// <summary>What this replica serves with; null at its start.</summary>
    public required Leaf? Served { get; init; }

    /// <summary>The authorities that the configuration trusts, and since when this replica has seen so without a break.</summary>
    public required ImmutableDictionary<Authority, DateTimeOffset> TrustedSince { get; init; }

    public required Lifetimes Lifetimes { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>When every API server trusts an authority; null where that cannot be said yet.</summary>
    public DateTimeOffset? TrustedFrom(Authority authority) =>
        TrustedSince.TryGetValue(authority, out var since) ? since + Grace : null;

    /// <summary>Whether every API server trusts an authority by now.</summary>
    public bool IsTrusted(Authority authority) => TrustedFrom(authority) <= Now;

    /// <summary>Whether an authority was made longer ago than it takes to announce it.</summary>
    public bool IsOld(Authority authority) => OldFrom(authority) <= Now;

    /// <summary>When an authority is old.</summary>
    public static DateTimeOffset OldFrom(Authority authority) => authority.NotBefore + CertificateAuthority.Skew + Grace;

    /// <summary>The next state of <see cref="TrustedSince"/>.</summary>
    public static ImmutableDictionary<Authority, DateTimeOffset> Observe(
        ImmutableDictionary<Authority, DateTimeOffset> before, Registration? registration, DateTimeOffset now) =>
        (registration?.Trusted ?? []).ToImmutableDictionary(authority => authority, authority => before.GetValueOrDefault(authority, now));
}
