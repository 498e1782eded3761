using Outrigger.E2e.Clusters;
using Outrigger.E2e.Processes;

namespace Outrigger.E2e;

[Collection(SharedInstallation.Name)]
public sealed class DenialTests(Installation installation)
{
    /// <summary>What the answer to <see cref="Manifests.Mistakes"/> must say: each mistake with its annotation, its value, and what is right.</summary>
    private static readonly string[] Expected =
    [
        "\"htps\"", "did you mean \"https\"",
        "https.outrigger.dev/port", "\"eighty\"",
        "https.outrigger.dev/secrt", "did you mean \"secret\"",
        "outrigger.dev/adapter", "outrigger.dev/ambassador",
    ];

    [Fact]
    public async Task PodWithMistakes_IsDeniedWithAllOfThem()
    {
        await using var space = await installation.CreateNamespaceAsync();
        var command = await space.TryCreateAsync(Manifests.Pod("shop", Manifests.Mistakes));

        command.ExitCode.Should().Be(1);
        command.Error.Should().Contain($"admission webhook \"{installation.Configuration.WebhookName}\" denied the request").And.ContainAll(Expected);
        (await space.FindAsync("pod", "shop")).Should().BeNull();
        Show.Line("a Pod with mistakes is denied, and kubectl prints:");
        foreach (var line in command.Error.Trim().Split('\n'))
            Show.Line("    " + line);
    }

    [Fact]
    public async Task DeploymentWithMistakes_ShowsThemInEventAndCondition()
    {
        await using var space = await installation.CreateNamespaceAsync();
        await space.CreateObjectAsync(Manifests.Deployment("shop", Manifests.Mistakes));

        var failure = await Eventually.GetAsync("the event of the ReplicaSet", async () =>
            (await space.ListAsync("events", "--field-selector", "involvedObject.kind=ReplicaSet,reason=FailedCreate")).FirstOrDefault());
        ((string)failure["message"]!).Should().ContainAll(Expected);
        var condition = await Eventually.GetAsync("the condition of the Deployment", async () =>
            ((await space.FindAsync("deployment", "shop"))!["status"]?["conditions"]?.AsArray() ?? [])
                .FirstOrDefault(condition => (string)condition!["type"]! == "ReplicaFailure"));
        ((string)condition["message"]!).Should().ContainAll(Expected);
        Show.Line("a Deployment with the same mistakes names all of them in its ReplicaSet's FailedCreate event and in its ReplicaFailure condition");
    }
}
