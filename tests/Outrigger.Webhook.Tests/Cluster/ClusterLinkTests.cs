using System.Text;
using System.Text.Json.Nodes;
using Outrigger.Webhook.Tests.Hosting;

namespace Outrigger.Webhook.Tests.Cluster;

public sealed class ClusterLinkTests : IDisposable
{
    private const string Binding = """

        ---
        apiVersion: outrigger.dev/v1alpha1
        kind: ClusterPatternBinding
        metadata: {name: payments}
        spec:
          namespaceSelector: {matchLabels: {team: payments}}
          uses: [{pattern: one}]
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(28, "containers")]
    [InlineData(29, "initContainers")]
    public async Task Start_ApiServerThatAnswers_DecidesOnNativeSidecarsBeforeTheFirstReview(int minor, string list)
    {
        await using var cluster = await FakeApiServer.StartAsync(minor);
        cluster.Answers.SetResult();
        await using var server = await StartAsync(cluster, Patterns.Sidecar("one"));

        (await PatchOfAnnotatedPodAsync(server)).Should().Contain($"/spec/{list}");
    }

    [Fact]
    public async Task Start_ApiServerThatDoesNotAnswer_ServesWithoutNativeSidecarsUntilItDoes()
    {
        await using var cluster = await FakeApiServer.StartAsync(36);
        await using var server = await StartAsync(cluster, Patterns.Sidecar("one"));
        await server.Log.WaitAsync("ClusterNotWaitedFor");
        (await PatchOfAnnotatedPodAsync(server)).Should().NotContain("initContainers");

        var before = server.Log.All.Count;
        cluster.Answers.SetResult();
        await server.Log.WaitAsync("CatalogLoaded", skip: before);

        (await PatchOfAnnotatedPodAsync(server)).Should().Contain("initContainers");
    }

    [Fact]
    public async Task Start_NoApiServer_IsNotWaitedFor()
    {
        await using var server = await TestServer.StartAsync(TestServer.NoCluster, "--native-sidecars=auto");

        server.Log.All.Should().NotContain(line => line.GetProperty("level").GetString() == "warning");
        (await server.Ops.GetStringAsync("/readyz")).Should().Be("ready\n");
    }

    [Theory]
    [InlineData("""{"team": "payments"}""", true)]
    [InlineData("""{"team": "search"}""", false)]
    public async Task Review_BindingThatSelectsNamespaces_KnowsTheirLabels(string labels, bool injects)
    {
        await using var cluster = await FakeApiServer.StartAsync(36, $$"""{"shop": {{labels}}}""");
        cluster.Answers.SetResult();
        await using var server = await StartAsync(cluster, Patterns.Sidecar("one") + Binding);

        ((await PatchAsync(server, Reviews.CreatePod())) is not null).Should().Be(injects);
    }

    [Fact]
    public async Task Reload_FirstBindingThatSelectsNamespaces_HasTheirLabelsFetched()
    {
        await using var cluster = await FakeApiServer.StartAsync(36, """{"shop": {"team": "payments"}}""");
        cluster.Answers.SetResult();
        await using var server = await StartAsync(cluster, Patterns.Sidecar("one"));
        (await PatchAsync(server, Reviews.CreatePod())).Should().BeNull();

        _folder.Write("a.yaml", Patterns.Sidecar("one") + Binding);
        await server.Log.WaitAsync("NamespacesLoaded");

        (await PatchAsync(server, Reviews.CreatePod())).Should().NotBeNull();
    }

    [Fact]
    public async Task Review_RequiredBindingAndLabelsThatAreNotKnown_Is503UntilTheyAre()
    {
        await using var cluster = await FakeApiServer.StartAsync(36, """{"shop": {"team": "payments"}}""");
        await using var server = await StartAsync(cluster, Patterns.Sidecar("one") + Binding + "\n  required: true\n");

        using var early = await server.Client.ReviewAsync(Reviews.CreatePod().Json());
        using var ready = await server.Ops.GetAsync("/readyz?verbose");

        early.StatusCode.Should().Be(System.Net.HttpStatusCode.ServiceUnavailable);
        early.Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromSeconds(1));
        (await server.Log.WaitAsync("Refused")).GetProperty("reason").GetString().Should().Be("unknown_namespace");
        ready.StatusCode.Should().Be(System.Net.HttpStatusCode.ServiceUnavailable);
        (await ready.Content.ReadAsStringAsync()).Should().Contain("[-]namespaces ");
        cluster.Answers.SetResult();
        await server.Log.WaitAsync("NamespacesLoaded");
        (await PatchAsync(server, Reviews.CreatePod())).Should().NotBeNull();
        (await server.Ops.GetStringAsync("/readyz")).Should().Be("ready\n");
    }

    [Fact]
    public async Task Review_RequiredBindingAndNoApiServer_Is503AndTheServerReady()
    {
        _folder.Write("a.yaml", Patterns.Sidecar("one") + Binding + "\n  required: true\n");
        await using var server = await TestServer.StartAsync(TestServer.NoCluster, "--builtin-patterns=false", $"--catalog={_folder.Path}");

        using var response = await server.Client.ReviewAsync(Reviews.CreatePod().Json());

        response.StatusCode.Should().Be(System.Net.HttpStatusCode.ServiceUnavailable);
        (await server.Ops.GetStringAsync("/readyz")).Should().Be("ready\n");
    }

    private Task<TestServer> StartAsync(FakeApiServer cluster, string catalog)
    {
        _folder.Write("a.yaml", catalog);
        return TestServer.StartAsync(
            new HostTuning { Cluster = cluster.Environment }, "--native-sidecars=auto", "--builtin-patterns=false", $"--catalog={_folder.Path}");
    }

    private static Task<string?> PatchOfAnnotatedPodAsync(TestServer server) => PatchAsync(server, Reviews.CreatePod(review =>
        review["request"]!["object"]!["metadata"]!["annotations"] = new JsonObject { ["outrigger.dev/sidecar"] = "one" }));

    private static async Task<string?> PatchAsync(TestServer server, JsonObject review)
    {
        using var response = await server.Client.ReviewAsync(review.Json());
        return (await response.ReadReviewAsync()).GetProperty("response").TryGetProperty("patch", out var patch)
            ? Encoding.UTF8.GetString(patch.GetBytesFromBase64())
            : null;
    }
}
