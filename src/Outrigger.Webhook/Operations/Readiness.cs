using System.Globalization;
using Outrigger.Webhook.Catalogs;
using Outrigger.Webhook.Serving;
using Outrigger.Webhook.Watching;

namespace Outrigger.Webhook.Operations;

/// <summary>One thing that the server needs to be of use.</summary>
/// <param name="Name">A word.</param>
/// <param name="IsOk">Whether it is there.</param>
/// <param name="Detail">How it is: a clause.</param>
internal sealed record Check(string Name, bool IsOk, string Detail);

/// <summary>Whether the API server should send reviews here.</summary>
internal sealed class Readiness(CatalogSource catalog, ServingCertificate certificate, ClientAuthorities? clients, TimeProvider time)
{
    private volatile bool _draining;
    private volatile bool _knewNamespaces;

    /// <summary>True from the first signal to end: other replicas shall take over.</summary>
    public bool IsDraining
    {
        get => _draining;
        set => _draining = value;
    }

    /// <summary>All checks, also those that are well.</summary>
    public IReadOnlyList<Check> Checks() =>
    [
        new("running", !_draining, _draining ? "shutting down" : "not shutting down"),
        CheckCertificate(),
        .. clients is null ? Array.Empty<Check>() : [CheckClients(clients)],
        CheckCatalog(),
        .. NeedsNamespaces() ? [new Check("namespaces", false, "their labels, by which required bindings select, are not known yet")] : Array.Empty<Check>(),
    ];

    // At the start alone: where such a binding comes later, a few reviews may fail, which is better than all of them.
    private bool NeedsNamespaces()
    {
        _knewNamespaces = _knewNamespaces || !catalog.Current.AwaitsNamespaces
            || !catalog.Current.Snapshot.Bindings.Any(binding => binding.IsRequired && !binding.NamespaceSelector.Requirements.IsEmpty);
        return !_knewNamespaces;
    }

    private Check CheckCertificate()
    {
        if (certificate.Pair is not { } pair)
            return new("certificate", false, certificate.Waiting);
        var now = time.GetUtcNow();
        var valid = pair.NotBefore <= now && now <= pair.NotAfter;
        var span = string.Create(
            CultureInfo.InvariantCulture, $"{pair.Subject} is {(valid ? "" : "not ")}valid: {pair.NotBefore.UtcDateTime:s}Z to {pair.NotAfter.UtcDateTime:s}Z");
        return new("certificate", valid, With(certificate.Reloads, span));
    }

    // Once the last authority has expired, nobody may call.
    private Check CheckClients(ClientAuthorities authorities)
    {
        var trust = authorities.Trust;
        var valid = time.GetUtcNow() <= trust.NotAfter;
        var span = string.Create(
            CultureInfo.InvariantCulture, $"{trust.Title} {(valid ? "certifies" : "certified")} callers until {trust.NotAfter.UtcDateTime:s}Z");
        return new("clients", valid, With(authorities.Reloads, span));
    }

    // A bad reload keeps the last good catalog, with which reviews are answered as well as before: it shows, and no more.
    private Check CheckCatalog()
    {
        var snapshot = catalog.Current.Snapshot;
        var size = string.Create(CultureInfo.InvariantCulture, $"{snapshot.Patterns.Length} patterns, {snapshot.Bindings.Length} bindings");
        return new("catalog", true, With(catalog.Reloads, size));
    }

    private static string With(Reloads reloads, string detail) => reloads.Failure is { } failure ? $"{detail}; {failure}" : detail;
}
