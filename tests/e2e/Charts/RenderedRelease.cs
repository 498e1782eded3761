using System.Text.Json.Nodes;
using Outrigger.Chart.Tests.Rendering;
using Outrigger.E2e.Clusters;
using Outrigger.E2e.Processes;

namespace Outrigger.E2e.Charts;

/// <summary>The chart, rendered for the cluster of KUBECONFIG. kubectl stands in for Helm: it applies the same objects.</summary>
internal sealed record RenderedRelease(string Name, string Namespace, JsonArray Objects)
{
    /// <summary>Renders the chart with values.</summary>
    public static async Task<RenderedRelease> RenderAsync(string name, string @namespace, JsonObject values)
    {
        var version = (string)(await Kubectl.JsonAsync(["version"]))["serverVersion"]!["gitVersion"]!;
        var (manifests, error) = Helm.Template(Helm.Chart, new Release(values.ToJsonString()) { Name = name, Namespace = @namespace, Kubernetes = version });
        manifests.Should().NotBeNull("helm said: {0}", error);
        // kubectl reads YAML for us, and asks nobody.
        var objects = new JsonArray();
        foreach (var document in manifests!.Split("\n---\n", StringSplitOptions.RemoveEmptyEntries))
            objects.Add(await Kubectl.JsonAsync(["create", "--dry-run=client", "--validate=false", "--filename", "-"], document));
        return new(name, @namespace, objects);
    }

    /// <summary>What is applied at an installation, in one list.</summary>
    public JsonObject Manifest => List(item => !IsHook(item));

    /// <summary>The Pod of <c>helm test</c>.</summary>
    public JsonObject Test => List(IsHook);

    /// <summary>The only object of a kind.</summary>
    public JsonObject Get(string kind) => Objects.Single(item => (string)item!["kind"]! == kind)!.AsObject();

    /// <summary>Applies it.</summary>
    public Task<Command> ApplyAsync() => Kubectl.ApplyAsync(Manifest);

    /// <summary>Takes everything away again, at once.</summary>
    public Task<Command> DeleteAsync() =>
        Kubectl.TryAsync(["delete", "--ignore-not-found", "--wait=false", "--filename", "-"], Manifest.ToJsonString());

    private JsonObject List(Func<JsonNode, bool> choose) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "List",
        ["items"] = new JsonArray([.. Objects.Where(item => choose(item!)).Select(item => item!.DeepClone())]),
    };

    private static bool IsHook(JsonNode item) => item["metadata"]!["annotations"]?["helm.sh/hook"] is not null;
}
