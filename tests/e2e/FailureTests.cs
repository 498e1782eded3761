using Outrigger.E2e.Clusters;
using Outrigger.E2e.Processes;

namespace Outrigger.E2e;

/// <summary>With a webhook of their own, which they stop.</summary>
public sealed class FailureTests(Installation installation) : IClassFixture<Installation>
{
    [Fact]
    public async Task StoppedWebhook_LeavesTheDecisionToTheFailurePolicy()
    {
        await using var space = await installation.CreateNamespaceAsync();
        await installation.Webhook.StopAsync();

        var refused = await space.TryCreateAsync(Manifests.Injected("shop"));
        refused.ExitCode.Should().Be(1);
        refused.Error.Should().Contain($"failed calling webhook \"{installation.Configuration.WebhookName}\"").And.NotContain("denied the request");

        await installation.Configuration.SetFailurePolicyAsync("Ignore");
        var admitted = await Eventually.GetAsync("the API server to ignore the webhook", async () =>
            await space.TryCreateAsync(Manifests.Injected("shop"), "--output", "json") is { ExitCode: 0 } created ? created : null);
        new StoredPod(admitted.Json).Containers.Should().Equal("shop");
        Show.Line("with the webhook stopped, failurePolicy Fail says \"failed calling webhook\" and Ignore stores the Pod as it is; neither is a denial of ours");
    }
}
