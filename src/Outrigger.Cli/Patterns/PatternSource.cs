using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Outrigger.Core.Catalog;
using Outrigger.Core.Manifests;

namespace Outrigger.Cli.Patterns;

/// <summary>What a pattern's document says for people, as it is written there: expressions are not evaluated.</summary>
/// <param name="Containers">All containers, init containers too.</param>
/// <param name="Examples">The <c>example</c> of each parameter that has one.</param>
internal sealed record PatternSource(ImmutableArray<PatternContainer> Containers, ImmutableDictionary<string, JsonNode> Examples)
{
    /// <summary>Finds the document of a pattern among the files of its catalog.</summary>
    public static PatternSource Of(Pattern pattern, IEnumerable<CatalogFile> files)
    {
        var spec = files.Where(file => file.Path == pattern.Location.File)
            .SelectMany(file => ManifestReader.Read(file.Text, file.Path).Value)
            .LastOrDefault(document => document.Start.Line <= pattern.Location.Line)?.Root.AsMapping()?["spec"];
        return new([.. Read(spec, "containers", isInit: false), .. Read(spec, "initContainers", isInit: true)], ReadExamples(spec));
    }

    private static IEnumerable<PatternContainer> Read(SourceNode? spec, string list, bool isInit) =>
        from node in spec.AsMapping()?[list].AsItems() ?? []
        let container = node.AsMapping()
        where container is not null
        select new PatternContainer(
            Text(container["name"]) ?? "", Text(container["image"]) ?? "", isInit,
            [
                .. from entry in container["ports"].AsItems()
                   let port = entry.AsMapping()
                   let number = Text(port?["containerPort"])
                   where number is not null
                   select Text(port?["name"]) is { } name ? $"{name} {number}" : number,
            ]);

    private static ImmutableDictionary<string, JsonNode> ReadExamples(SourceNode? spec) =>
        (spec.AsMapping()?["parameters"].AsMapping()?["properties"].AsMapping()?.Entries ?? [])
            .Select(entry => (entry.Key, Example: entry.Value.AsMapping()?["example"]?.ToJson()))
            .Where(parameter => parameter.Example is not null)
            .ToImmutableDictionary(parameter => parameter.Key, parameter => parameter.Example!);

    private static string? Text(SourceNode? node) => (node as SourceScalar)?.Text;
}

/// <summary>One container of a pattern; each of its ports is written <c>NAME NUMBER</c>, or the number alone.</summary>
internal sealed record PatternContainer(string Name, string Image, bool IsInit, ImmutableArray<string> Ports);

file static class Nodes
{
    public static SourceMapping? AsMapping(this SourceNode? node) => node as SourceMapping;

    public static ImmutableArray<SourceNode> AsItems(this SourceNode? node) => (node as SourceSequence)?.Items ?? [];
}
