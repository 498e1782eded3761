using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Outrigger.Core.Manifests;
using Xunit.Sdk;

namespace Outrigger.Chart.Tests.Rendering;

/// <summary>The objects that a release consists of.</summary>
internal sealed record RenderedChart(ImmutableArray<JsonObject> Objects)
{
    private static readonly ConcurrentDictionary<Release, RenderedChart> Known = new();

    /// <summary>Renders the chart, which must succeed.</summary>
    public static RenderedChart Of(Release release) => Known.GetOrAdd(release, _ =>
    {
        var (manifests, error) = Helm.Template(Helm.Chart, release);
        return new RenderedChart(Read(manifests ?? throw new XunitException($"{release} is refused: {error}"), "the rendered chart"));
    });

    /// <summary>Renders the chart with values that it must refuse, and gives what it said.</summary>
    public static string[] Refusal(Release release)
    {
        var (manifests, error) = Helm.Template(Helm.Chart, release);
        manifests.Should().BeNull("{0} must be refused", release);
        return error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>The documents of YAML, as Kubernetes reads it.</summary>
    public static ImmutableArray<JsonObject> Read(string yaml, string file) =>
        [.. ManifestReader.Read(yaml, file).Value.Select(document => document.Root?.ToJson()).OfType<JsonObject>()];

    /// <summary>The kinds and names of all objects: <c>Service/outrigger</c>.</summary>
    public IEnumerable<string> Names => Objects.Select(item => $"{item["kind"]}/{item["metadata"]!["name"]}");

    /// <summary>The only object of a kind, or the one of a name.</summary>
    public JsonObject Get(string kind, string? name = null) => Objects.Single(item => Is(item, kind, name));

    /// <summary>Whether there is any.</summary>
    public bool Has(string kind, string? name = null) => Objects.Any(item => Is(item, kind, name));

    private static bool Is(JsonObject item, string kind, string? name) =>
        (string)item["kind"]! == kind && (name is null || (string)item["metadata"]!["name"]! == name);
}
