using System.Text.Json.Nodes;
using Outrigger.Chart.Tests.Rendering;
using Outrigger.Core.Catalog;

namespace Outrigger.Chart.Tests.Workload;

/// <summary>Patterns and bindings in values reach the webhook's folder.</summary>
public sealed class CatalogTests
{
    private const string Pattern = """
        apiVersion: outrigger.dev/v1alpha1
        kind: ClusterPattern
        metadata: {name: hello}
        spec:
          role: sidecar
          version: 0.1.0
          summary: Says hello.
          parameters:
            type: object
            properties:
              pause: {type: integer, minimum: 1, default: 1000000, description: Seconds between two greetings.}
          containers:
            - name: "{{instance}}"
              image: busybox:1.36
              command: [sh, -c, "while sleep {{pause}}; do echo Hello; done"]

        """;

    private const string Binding = """
        apiVersion: outrigger.dev/v1alpha1
        kind: ClusterPatternBinding
        metadata: {name: hello-everywhere}
        spec: {uses: [{pattern: hello, parameters: {pause: 3}}]}

        """;

    [HelmFact]
    public void TextAndDocuments_AreReadAsTheyWereWritten()
    {
        var text = new JsonObject { ["hello.yaml"] = Pattern, ["binding.yaml"] = Binding };
        var documents = new JsonObject
        {
            ["hello.yaml"] = RenderedChart.Read(Pattern, "hello.yaml")[0],
            ["binding.json"] = RenderedChart.Read(Binding, "binding.yaml")[0],
        };
        Data(text)["hello.yaml"].Should().Be(Pattern);
        foreach (var files in new[] { text, documents })
        {
            var catalog = CatalogReader.Read(Data(files).Select(file => new CatalogFile(file.Key, file.Value)), Installation.Plain);
            catalog.Problems.Should().BeEmpty();
            catalog.Value.Patterns.Should().ContainSingle(pattern => pattern.Name == "hello");
            catalog.Value.Bindings.Should().ContainSingle();
        }

        JsonNode.Parse(Data(documents)["binding.json"])!.At("spec.uses.0.parameters.pause")!.ToJsonString().Should().Be("3");
        Data(documents)["hello.yaml"].Should().Contain("default: 1000000", "a number keeps its digits");
    }

    [HelmFact]
    public void ChangedFiles_ChangeTheConfigMapAlone()
    {
        var (before, after) = (RenderedChart.Of(new()), RenderedChart.Of(new("catalog: {files: {a.yaml: 'kind: ClusterPatternBinding'}}")));
        before.Has("ConfigMap", "outrigger-catalog").Should().BeTrue("the first file must need no new Pods either");
        after.Objects.Zip(before.Objects).Where(pair => pair.First.ToJsonString() != pair.Second.ToJsonString())
            .Should().ContainSingle().Which.First.At("kind")!.ToJsonString().Should().Be("\"ConfigMap\"");
    }

    [HelmFact]
    public void Folders_AreMountedWhole()
    {
        var pod = RenderedChart.Of(new("catalog: {configMaps: [team-a, team.b]}")).Get("Deployment").At("spec.template.spec");
        var folders = pod.Texts("containers.0.args").Where(argument => argument.StartsWith("--catalog=")).Select(argument => argument[10..]);
        folders.Should().Equal("/catalog/values", "/catalog/team-a", "/catalog/team.b");
        var mounts = pod.Items("containers.0.volumeMounts");
        mounts.Should().OnlyContain(mount => mount["subPath"] == null && (bool)mount["readOnly"]!);
        mounts.ToDictionary(mount => (string)mount["mountPath"]!, mount => (string)pod.Named("volumes", (string)mount["name"]!).At("configMap.name")!)
            .Should().Equal(new Dictionary<string, string>
            {
                ["/catalog/values"] = "outrigger-catalog",
                ["/catalog/team-a"] = "team-a",
                ["/catalog/team.b"] = "team.b",
            });
    }

    private static Dictionary<string, string> Data(JsonObject files)
    {
        var values = new JsonObject { ["catalog"] = new JsonObject { ["files"] = files.DeepClone() } };
        return RenderedChart.Of(new(values.ToJsonString())).Get("ConfigMap", "outrigger-catalog").Map("data");
    }
}
