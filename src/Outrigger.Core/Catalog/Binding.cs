using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Outrigger.Core.Results;

namespace Outrigger.Core.Catalog;

/// <summary>A selector of Pods with the uses that all of them get: <c>PatternBinding</c> or <c>ClusterPatternBinding</c>.</summary>
public sealed record Binding
{
    /// <summary><c>metadata.name</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The namespace of a PatternBinding, which binds Pods there only; null for a ClusterPatternBinding.</summary>
    public string? Namespace { get; init; }

    /// <summary>Which namespaces; always everything for a PatternBinding.</summary>
    public LabelSelector NamespaceSelector { get; init; } = LabelSelector.Everything;

    /// <summary>Which Pods, by their labels.</summary>
    public LabelSelector PodSelector { get; init; } = LabelSelector.Everything;

    /// <summary>What the selected Pods get, at least one.</summary>
    public required ImmutableArray<BindingUse> Uses { get; init; }

    /// <summary>Whether a Pod's annotations may not change the parameters that this binding sets.</summary>
    public bool IsFixed { get; init; }

    /// <summary>Whether nobody opts out, and a Pod that cannot get it is refused.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Where it was read.</summary>
    public required SourceLocation Location { get; init; }

    /// <summary>Its kind.</summary>
    public string Kind => Namespace is null ? "ClusterPatternBinding" : "PatternBinding";

    /// <summary>As messages name it: <c>ClusterPatternBinding logs-everywhere</c>.</summary>
    public string Title => Namespace is null ? $"ClusterPatternBinding {Name}" : $"PatternBinding {Namespace}/{Name}";
}

/// <summary>One use of a binding.</summary>
/// <param name="Pattern">Which pattern.</param>
/// <param name="Instance">The name of the use; the pattern's where the binding gives none.</param>
/// <param name="Parameters">Values by parameter, typed as they were written. Never changed after reading.</param>
/// <param name="Location">Where it is written.</param>
/// <param name="ParameterLocations">Where each parameter is written.</param>
public sealed record BindingUse(
    PatternReference Pattern, string Instance, ImmutableSortedDictionary<string, JsonNode?> Parameters,
    SourceLocation Location, ImmutableDictionary<string, SourceLocation> ParameterLocations);
