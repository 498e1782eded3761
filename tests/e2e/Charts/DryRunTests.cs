using System.Text.Json.Nodes;
using Outrigger.Chart.Tests.Rendering;
using Outrigger.E2e.Clusters;

namespace Outrigger.E2e.Charts;

/// <summary>What the chart renders is what the API server takes.</summary>
public sealed class DryRunTests
{
    // Without anything that only a cluster with cert-manager knows.
    private const string Plain = """{"certificates": {"mode": "provided", "provided": {"secretName": "tls", "caBundle": "-----BEGIN CERTIFICATE-----"}}}""";

    private const string Everything = """
        {
          "certificates": {"mode": "provided", "provided": {"secretName": "tls", "caBundle": "-----BEGIN CERTIFICATE-----"}},
          "clientAuthentication": {"ca": "-----BEGIN CERTIFICATE-----", "names": ["kube-apiserver"]},
          "admission": {"autoInjection": {"enabled": true, "namespaceSelector": {"matchLabels": {"nobody": "has-this"}}}},
          "catalog": {"files": {"a.yaml": {"kind": "ClusterPatternBinding", "spec": {"namespaceSelector": {}}}}, "configMaps": ["team.a"]},
          "defaults": {"https": {"port": 9443}},
          "networkPolicy": {"enabled": true, "apiServer": [{"ipBlock": {"cidr": "10.0.0.0/8"}}]},
          "dashboard": {"enabled": true},
          "podAnnotations": {"a": "b"}, "podLabels": {"c": "d"}, "nodeSelector": {"e": "f"}, "tolerations": [{"operator": "Exists"}],
          "imagePullSecrets": [{"name": "registry"}], "extraEnv": [{"name": "A", "value": "b"}]
        }
        """;

    [HelmTheory]
    [InlineData("{}", 10)]
    [InlineData(Plain, 6)]
    [InlineData(Everything, 11)]
    public async Task EveryObject_IsTakenByTheApiServer(string values, int count)
    {
        await using var space = await TestNamespace.CreateAsync();
        var release = await RenderedRelease.RenderAsync("outrigger-e2e", space.Name, JsonNode.Parse(values)!.AsObject());
        var applied = await Kubectl.RunAsync(["apply", "--dry-run=server", "--output", "name", "--filename", "-"], release.Manifest.ToJsonString());
        applied.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().HaveCount(count);
        (await Kubectl.TryAsync(["apply", "--dry-run=server", "--filename", "-"], release.Test.ToJsonString())).ExitCode.Should().Be(0);
    }
}
