using System.Text.Json;
using System.Text.Json.Nodes;
using Outrigger.Core.Admission;
using Outrigger.Core.Catalog;
using Outrigger.Core.Composition;

namespace Outrigger.Core.Tests.Catalog;

/// <summary>What the built-in patterns around nginx have in common, and where two of them meet in one Pod.</summary>
public sealed class NginxPatternsTests
{
    private const string Script = "nginx.sh";

    private static readonly CatalogSnapshot BuiltIn = CatalogReader.Read(BuiltInPatterns.Files, Installation.Plain).Value;

    [Fact]
    public void Patterns_ThatReloadNginx_DoItByTheSameScript()
    {
        var live = BuiltIn.Patterns.Where(pattern => pattern.Templates.Files.Any(file => file.Name == Script)).ToList();

        live.Select(pattern => pattern.Name).Should().BeEquivalentTo("https", "split", "shard-http");
        live.Should().OnlyContain(pattern => pattern.IsLive);
        Files(Inject("outrigger.dev/sidecar", "https", ("https.outrigger.dev/secret", "tls")), Script)
            .Concat(Files(Inject("outrigger.dev/ambassador", "split, shard-http", Backends("split"), Backends("shard-http")), Script))
            .Should().HaveCount(3).And.Subject.Distinct().Should().ContainSingle("a fault that is mended in one is mended in all");
    }

    [Fact]
    public void Review_TwoShardsAndTwoConfiguredAdapters_OnlyNeedPortsOfTheirOwn()
    {
        Inject("outrigger.dev/ambassador", "shard-http, pages=shard-http", Backends("shard-http"), Backends("pages"), ("pages.outrigger.dev/port", "18181"), ("pages.outrigger.dev/urlVariable", "PAGES_URL"))
            .Explanation.Uses.Should().HaveCount(2);
        Inject("outrigger.dev/adapter", "metrics, more=metrics", ("metrics.outrigger.dev/configure", "true"), ("more.outrigger.dev/configure", "true"), ("more.outrigger.dev/port", "9114"), ("more.outrigger.dev/configurePort", "19114"), ("more.outrigger.dev/annotate", "false"))
            .Explanation.Uses.Should().HaveCount(2);
    }

    [Fact]
    public void Review_TwoStatusPagesOnOnePort_IsToldWhichParameterHelps() =>
        Review("outrigger.dev/adapter", "metrics, more=metrics", ("metrics.outrigger.dev/configure", "true"), ("more.outrigger.dev/configure", "true"), ("more.outrigger.dev/port", "9114"), ("more.outrigger.dev/annotate", "false"))
            .Should().BeOfType<Decision.Reject>().Which.Message.Should().Contain("port 19113/TCP").And.Contain("set another more.outrigger.dev/configurePort");

    [Fact]
    public void Review_MetricsWithoutConfigure_LeavesTheApplicationAlone() =>
        Inject("outrigger.dev/adapter", "metrics").Plan.Additions.OfType<Addition.Entry>().Should().NotContain(entry => entry.List == PodList.ApplicationMounts);

    private static (string Key, string Value) Backends(string instance) => ($"{instance}.outrigger.dev/backends", "[{host: a, port: 80}, {host: b, port: 80}]");

    private static IEnumerable<string> Files(Decision.Inject inject, string name) =>
        inject.Plan.Additions.OfType<Addition.Annotation>().Where(annotation => annotation.Key.EndsWith($".{name}", StringComparison.Ordinal)).Select(annotation => annotation.Value);

    private static Decision.Inject Inject(string role, string uses, params (string Key, string Value)[] parameters)
    {
        var decision = Review(role, uses, parameters);
        return decision.Should().BeOfType<Decision.Inject>((decision as Decision.Reject)?.Message).Subject;
    }

    private static Decision Review(string role, string uses, params (string Key, string Value)[] parameters)
    {
        var pod = JsonNode.Parse("""{"metadata": {}, "spec": {"containers": [{"name": "app", "image": "app:1", "ports": [{"containerPort": 80}]}]}}""")!;
        pod["metadata"]!["annotations"] = new JsonObject(
            parameters.Prepend((Key: role, Value: uses)).Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
        return PodAdmission.Review(AdmissionRequest.CreatePod(JsonSerializer.SerializeToElement(pod), "default"), BuiltIn);
    }
}
