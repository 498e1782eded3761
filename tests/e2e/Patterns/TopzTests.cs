using System.Text.Json.Nodes;
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

        var page = await GetAsync(pod, "");
        var processes = JsonNode.Parse(await GetAsync(pod, "?format=json&sort=pid"))!["processes"]!.AsArray();
        var table = await GetAsync(pod, "?format=html");

        page.Should().Contain("sleep infinity", "the application runs it, in another container");
        table.Should().Contain("<td>sleep infinity</td>");
        processes.Select(process => (int)process!["pid"]!).Should().BeInAscendingOrder();
        var application = processes.Single(process => (string)process!["command"]! == "sleep infinity")!;
        ((int)application["uid"]!).Should().Be(0, "it is another user's, and listed all the same");
        ((int)application["rssKiB"]!).Should().BePositive();
        (await pod.RestartsAsync()).Should().Be(0);
        Show.Line($"topz: {processes.Count} processes as text, JSON and HTML, among them the application's \"sleep infinity\" with {application["rssKiB"]} KiB");
    }

    private static async Task<string> GetAsync(RunningPod pod, string query) =>
        (await Command.RunAsync("curl", ["--silent", "--fail", "--max-time", "10", $"http://{pod.Address}:8081/{query}"])).Output;
}
