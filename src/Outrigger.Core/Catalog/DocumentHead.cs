using System.Collections.Immutable;
using Outrigger.Core.Manifests;
using Outrigger.Core.Parameters;
using Outrigger.Core.Results;

namespace Outrigger.Core.Catalog;

/// <summary>What every document of a catalog begins with.</summary>
/// <param name="Kind">One of the four kinds.</param>
/// <param name="Name"><c>metadata.name</c>.</param>
/// <param name="Namespace"><c>metadata.namespace</c>: there exactly for the kinds that live in one.</param>
/// <param name="Labels"><c>metadata.labels</c>, as far as they are strings.</param>
/// <param name="Location">Where the document starts.</param>
internal sealed record DocumentHead(
    string Kind, string Name, string? Namespace, ImmutableDictionary<string, string> Labels, SourceLocation Location)
{
    /// <summary>The version that the kinds are served in.</summary>
    public const string ApiVersion = "outrigger.dev/v1alpha1";

    private static readonly string[] Kinds = ["ClusterPattern", "Pattern", "ClusterPatternBinding", "PatternBinding"];

    /// <summary>What is wrong with a manifest of somebody else, in one line; null where it may be a document of a catalog.</summary>
    public static Problem? Foreign(SourceMapping document) =>
        document["apiVersion"] is SourceScalar { Text: var version } && !version.StartsWith("outrigger.dev/", StringComparison.Ordinal)
        && document["kind"] is SourceScalar { Text: var kind } && !Kinds.Contains(kind)
            ? Problem.At(document.Location, "kind", $"{Shown.Quoted(kind)} does not belong in a catalog{Nearest.Hint(kind, Kinds)}; allowed are {Shown.List(Kinds)}")
            : null;

    /// <summary>The head; null where not even the kind is known. With problems, it is good for finding more of them alone.</summary>
    public static DocumentHead? Read(SourceFields document, ICollection<Problem> problems)
    {
        var version = document.Text("apiVersion", required: true);
        if (version is not null && version != ApiVersion)
            problems.Add(Problem.At(document.Location, "apiVersion", $"{Shown.Quoted(version)} is not known; allowed is {ApiVersion}"));
        var kind = document.Text("kind", required: true);
        if (kind is not null && !Kinds.Contains(kind))
            problems.Add(Problem.At(document.Location, "kind", $"{Shown.Quoted(kind)} does not belong in a catalog{Nearest.Hint(kind, Kinds)}; allowed are {Shown.List(Kinds)}"));
        var metadata = document.Mapping("metadata", required: true);
        var name = metadata?.Text("name", required: true);
        if (name is not null && !KubernetesFormats.IsDnsSubdomain(name))
            problems.Add(Problem.At(metadata!.Location, "metadata.name", $"{Shown.Quoted(name)} is no {ValueFormat.All["dns-subdomain"].Allowed}"));
        var @namespace = metadata?.Text("namespace");
        if (kind is "Pattern" or "PatternBinding" && metadata is not null && @namespace is null)
            problems.Add(Problem.At(metadata.Location, "metadata.namespace", $"is missing: a {kind} lives in a namespace (a Cluster{kind} in none)"));
        if (kind is "ClusterPattern" or "ClusterPatternBinding" && @namespace is not null)
            problems.Add(Problem.At(metadata!.Location, "metadata.namespace", $"must be left out: a {kind} lives in no namespace"));
        return Kinds.Contains(kind)
            ? new(kind!, name ?? "unnamed", @namespace, metadata is null ? ImmutableDictionary<string, string>.Empty : ReadLabels(metadata), document.Location)
            : null;
    }

    // Nothing but lint looks at them, so what is wrong in them stops no catalog.
    private static ImmutableDictionary<string, string> ReadLabels(SourceFields metadata) =>
        (metadata.Node("labels") as SourceMapping)?.Entries.Where(label => label.Value is SourceScalar { Type: ScalarType.Text })
            .ToImmutableDictionary(label => label.Key, label => ((SourceScalar)label.Value).Text)
        ?? ImmutableDictionary<string, string>.Empty;
}
