using Outrigger.E2e.Clusters;
using Outrigger.E2e.Processes;
using Outrigger.E2e.Servers;

namespace Outrigger.E2e;

[Collection(SharedInstallation.Name)]
public sealed class ReinvocationTests(Installation installation)
{
    // The API server calls webhooks in the order of their configurations' names; ours is called outrigger.
    [Theory]
    [InlineData("another", "before")]
    [InlineData("stranger", "after")]
    public async Task OtherWebhookThatAddsAContainer_LeavesEachThingInThePodOnce(string name, string place)
    {
        var certificates = new CertificateFolder(installation.PathOf(name));
        await certificates.MakeAsync();
        await using var adder = await ContainerAdder.StartAsync(certificates);
        await using var space = await installation.CreateNamespaceAsync();
        await using var configuration = await installation.RegisterAsync(name, adder.Port, certificates);
        await Eventually.BeAsync("the API server to call the other webhook", async () =>
            new StoredPod(await space.CreateObjectAsync(Manifests.Plain("probe"), "--dry-run=server")).Containers.Contains(ContainerAdder.Container));

        // Only a Pod that says so keeps its application where somebody else came first with a container in front.
        var pod = new StoredPod(await space.CreateObjectAsync(Manifests.Pod($"shop-{place}", [.. Manifests.Everything, ("outrigger.dev/container", "shop")])));

        pod.Containers.Should().Equal(ContainerAdder.Container, "shop", "https", "topz", "split", "metrics");
        pod.Variables("shop").Should().Equal("GREETING", "SPLIT_URL");
        pod.Owned().Should().HaveCountGreaterThan(10);
        var reviews = await installation.Webhook.ReviewsAsync(pod.Name, place == "after" ? 2 : 1);
        reviews[0].GetProperty("outcome").GetString().Should().Be("inject");
        reviews.Skip(1).Select(review => review.GetProperty("reason").GetString()).Should().AllBe("already_injected");
        Show.Line($"beside a webhook that adds a container, called {place} ours: {string.Join(", ", pod.Containers)}; {reviews.Length} reviews, of which the first injects");
    }
}
