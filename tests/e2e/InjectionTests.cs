using Outrigger.E2e.Clusters;
using Outrigger.E2e.Processes;

namespace Outrigger.E2e;

[Collection(SharedInstallation.Name)]
public sealed class InjectionTests(Installation installation)
{
    [Fact]
    public async Task AnnotatedPod_IsStoredWithEveryPattern()
    {
        await using var space = await installation.CreateNamespaceAsync();
        var pod = new StoredPod(await space.CreateObjectAsync(Manifests.Injected("shop")));

        pod.Containers.Should().Equal("shop", "https", "topz", "split", "metrics");
        pod.Variables("shop").Should().Equal("GREETING", "SPLIT_URL");
        pod.Status!["uses"]!.AsArray().Should().HaveCount(4);
        ((bool)pod.Json["spec"]!["shareProcessNamespace"]!).Should().BeTrue();
        ((string?)pod.Annotations["files.outrigger.dev/https.nginx.conf"]).Should().Contain("proxy_pass http://127.0.0.1:8080;");
        Show.Line($"a Pod that asks for four patterns is stored with {string.Join(", ", pod.Containers)}, and SPLIT_URL in the application");
    }

    [Fact]
    public async Task DryRun_GivesTheSamePodAsTheRealCreation()
    {
        await using var space = await installation.CreateNamespaceAsync();
        var dry = new StoredPod(await space.CreateObjectAsync(Manifests.Injected("shop"), "--dry-run=server"));
        (await space.FindAsync("pod", "shop")).Should().BeNull();
        var real = new StoredPod(await space.CreateObjectAsync(Manifests.Injected("shop")));

        dry.Comparable().Should().Be(real.Comparable());
        dry.Status.Should().NotBeNull();
        Show.Line($"--dry-run=server gives the same Pod as the real creation: {StoredPod.CountValues(real.Comparable())} values");
    }

    [Fact]
    public async Task DeploymentsPod_IsInjected()
    {
        await using var space = await installation.CreateNamespaceAsync();
        await space.CreateObjectAsync(Manifests.Deployment("shop", Manifests.Everything));
        var pods = await Eventually.GetAsync("the Deployment's Pod", async () => await space.ListAsync("pods") is { Length: > 0 } found ? found : null);

        var pod = new StoredPod(pods.Single());
        pod.Containers.Should().Equal("shop", "https", "topz", "split", "metrics");
        var deployment = await space.FindAsync("deployment", "shop");
        deployment!["spec"]!["template"]!["spec"]!["containers"]!.AsArray().Should().ContainSingle("the Deployment itself stays as it is");
        Show.Line($"the Pod {pod.Name} of a Deployment gets {pod.Containers.Length - 1} containers, and the Deployment stays as it is");
    }

    [Fact]
    public async Task PodWithoutAnnotations_IsStoredUntouched()
    {
        await using var outside = await TestNamespace.CreateAsync();
        await using var space = await installation.CreateNamespaceAsync();
        var expected = new StoredPod(await outside.CreateObjectAsync(Manifests.Plain("untouched")));
        var pod = new StoredPod(await space.CreateObjectAsync(Manifests.Plain("untouched")));

        pod.Comparable().Should().Be(expected.Comparable());
        var review = (await installation.Webhook.ReviewsAsync("untouched", 1))[0];
        review.GetProperty("outcome").GetString().Should().Be("skip");
        Show.Line($"a Pod without annotations was reviewed ({review.GetProperty("reason").GetString()}) and is stored as in a namespace without the webhook");
    }

    [Fact]
    public async Task PodThatOptsOut_IsStoredUntouched()
    {
        await using var outside = await TestNamespace.CreateAsync();
        await using var space = await installation.CreateNamespaceAsync();
        var manifest = Manifests.Pod("opted-out", [.. Manifests.Everything, ("outrigger.dev/inject", "false")], "notes=yes");
        var expected = new StoredPod(await outside.CreateObjectAsync(manifest));
        var pod = new StoredPod(await space.CreateObjectAsync(manifest));

        pod.Comparable().Should().Be(expected.Comparable());
        (await installation.Webhook.ReviewsAsync("opted-out", 1))[0].GetProperty("reason").GetString().Should().Be("opted_out");
        Show.Line("outrigger.dev/inject: \"false\" keeps out what annotations and bindings ask for");
    }
}
