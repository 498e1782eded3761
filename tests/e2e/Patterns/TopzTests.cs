using Outrigger.E2e.Clusters;
using Outrigger.E2e.Nodes;
using Outrigger.E2e.Processes;

namespace Outrigger.E2e.Patterns;

[Collection(SharedInstallation.Name)]
public sealed class TopzTests(Installation installation)
{
    [NodeFact]
    public async Task Page_ListsTheApplicationsProcess()
    {
        await using var space = await installation.CreateNamespaceAsync();
        await space.CreateObjectAsync(Manifests.Pod("shop", [("outrigger.dev/sidecar", "topz"), ("topz.outrigger.dev/port", "8081")]));
        var pod = await RunningPod.WaitAsync(space, "shop");

        var page = (await Command.RunAsync("curl", ["--silent", "--fail", "--max-time", "10", $"http://{pod.Address}:8081/"])).Output;

        page.Should().Contain("sleep infinity", "the application runs it, in another container");
        (await pod.RestartsAsync()).Should().Be(0);
        Show.Line($"topz: {page.Split('\n').Length - 2} processes, among them the application's \"sleep infinity\"");
    }
}
