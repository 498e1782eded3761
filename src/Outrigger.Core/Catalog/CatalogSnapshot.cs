using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Outrigger.Core.Catalog;

/// <summary>
/// The immutable snapshot of all patterns, bindings and settings that one review is answered from. It is replaced whole, never changed.
/// </summary>
public sealed record CatalogSnapshot
{
    private readonly FrozenDictionary<string, ImmutableArray<Pattern>> _byName;
    private readonly FrozenDictionary<string, FrozenDictionary<string, string>> _defaults;

    /// <summary>A snapshot of patterns and bindings that <see cref="CatalogReader"/> has checked together.</summary>
    internal CatalogSnapshot(ImmutableArray<Pattern> patterns, ImmutableArray<Binding> bindings, Installation installation)
    {
        Patterns = [.. patterns.OrderBy(pattern => pattern.Name, StringComparer.Ordinal).ThenBy(pattern => pattern.Version)];
        Bindings = [.. bindings.OrderBy(binding => binding.Namespace is null).ThenBy(binding => binding.Name, StringComparer.Ordinal)];
        Installation = installation;
        _byName = patterns.GroupBy(pattern => pattern.Name).ToFrozenDictionary(group => group.Key, group => group.ToImmutableArray());
        // The last --default of a parameter wins, as the last of a repeated flag does everywhere.
        _defaults = installation.Defaults.GroupBy(preset => preset.Pattern).ToFrozenDictionary(
            group => group.Key,
            group => group.GroupBy(preset => preset.Parameter).ToFrozenDictionary(one => one.Key, one => one.Last().Text));
    }

    /// <summary>A catalog without patterns.</summary>
    public static CatalogSnapshot Empty { get; } = new([], [], Installation.Plain);

    /// <summary>All patterns, by name and then version.</summary>
    public ImmutableArray<Pattern> Patterns { get; }

    /// <summary>All bindings: those of namespaces first, each group by name. The first of two that set one parameter wins.</summary>
    public ImmutableArray<Binding> Bindings { get; }

    /// <summary>The installation's settings.</summary>
    public Installation Installation { get; }

    /// <summary>
    /// The labels of each namespace, for the namespace selectors of bindings. A namespace that is not here is known by its name alone:
    /// every namespace has the label <c>kubernetes.io/metadata.name</c> (Kubernetes 1.21 and later).
    /// </summary>
    public ImmutableDictionary<string, ImmutableDictionary<string, string>> Namespaces { get; init; } =
        ImmutableDictionary<string, ImmutableDictionary<string, string>>.Empty;

    /// <summary>
    /// Whether a required binding that selects by labels of a namespace that is not here ends the review with an
    /// <see cref="Selection.UnknownNamespaceException"/>; else it is passed over as one that does not select.
    /// </summary>
    public bool MustKnowNamespaces { get; init; }

    /// <summary>
    /// The pattern that a reference means for Pods of a namespace: one of the namespace's own first, else a cluster-wide one; null where
    /// there is none of that name or version. Without a namespace only the cluster-wide ones are looked at, as for cluster bindings:
    /// a tenant's pattern of the same name must not stand in for what the platform binds.
    /// </summary>
    public Pattern? Find(PatternReference reference, string? @namespace)
    {
        if (!_byName.TryGetValue(reference.Name, out var versions))
            return null;
        return (@namespace is null ? null : reference.Choose([.. versions.Where(pattern => pattern.Namespace == @namespace)]))
            ?? reference.Choose([.. versions.Where(pattern => pattern.Namespace is null)]);
    }

    /// <summary>The pattern of the same name and place in another version, or null where the catalog does not have it.</summary>
    public Pattern? Find(Pattern pattern, string version) =>
        _byName.TryGetValue(pattern.Name, out var versions) ? versions.FirstOrDefault(other => other.Version.Text == version && other.Namespace == pattern.Namespace) : null;

    /// <summary>All that Pods of a namespace can name, the namespace's own and the cluster-wide ones.</summary>
    public IEnumerable<Pattern> VisibleIn(string? @namespace) =>
        Patterns.Where(pattern => pattern.Namespace is null || pattern.Namespace == @namespace);

    /// <summary>The installation's defaults for a pattern, text by parameter; null where it has none.</summary>
    public IReadOnlyDictionary<string, string>? DefaultsOf(string pattern) => _defaults.GetValueOrDefault(pattern);
}
