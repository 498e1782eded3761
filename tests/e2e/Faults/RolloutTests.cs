using System.Text.Json.Nodes;
using Outrigger.E2e.Charts;
using Outrigger.E2e.Clusters;
using Outrigger.E2e.Nodes;
using Outrigger.E2e.Processes;

namespace Outrigger.E2e.Faults;

/// <summary>Replicas that go and come while Pods are created, with <c>failurePolicy: Fail</c>.</summary>
public sealed class RolloutTests(ChartInstallation installation) : IClassFixture<ChartInstallation>
{
    private const int Restarts = 10;

    [ChartFact]
    public async Task TenRestartsUnderLoad_RefuseNoPod()
    {
        await using var space = await installation.CreateNamespaceAsync();
        await using var load = await PodLoad.StartAsync(space);
        for (var i = 0; i < Restarts; i++)
        {
            // Kubernetes tells restarts apart by the second in which they were asked for.
            await Task.Delay(TimeSpan.FromSeconds(1.1));
            await Kubectl.RunAsync(["--namespace", installation.Own.Name, "rollout", "restart", $"deployment/{installation.Name}"]);
            (await Kubectl.TryAsync(["--namespace", installation.Own.Name, "rollout", "status", $"deployment/{installation.Name}"], limit: TimeSpan.FromMinutes(3)))
                .ExitCode.Should().Be(0);
        }

        await Eventually.BeAsync("the last old Pods to be gone", async () => (await installation.PodsAsync()).Length == 2, TimeSpan.FromMinutes(2));
        var took = load.Elapsed;
        var result = await load.StopAsync();
        Show.Line($"fault: {Restarts} rolling restarts in {took.TotalSeconds:0} s while 20 Pods a second are created: {result}");
        result.Failed.Should().BeEmpty();
        result.All.Length.Should().BeGreaterThan((int)(took.TotalSeconds * 18));
    }

    [ChartFact]
    public async Task KilledReplicaUnderLoad_CostsAtMostTwoSeconds()
    {
        await using var space = await installation.CreateNamespaceAsync();
        await Eventually.BeAsync("two replicas", async () => (await installation.PodsAsync()).Length == 2, TimeSpan.FromMinutes(2));
        await using var load = await PodLoad.StartAsync(space);
        await Task.Delay(TimeSpan.FromSeconds(5));
        var process = ContainerProcess.Of(await BusiestAsync());

        var killedAt = load.Elapsed;
        await process.KillAsync();
        await Task.Delay(TimeSpan.FromSeconds(20));
        var result = await load.StopAsync();

        var inFlight = result.Failed.Count(one => one.SentAt <= killedAt);
        var last = result.Failed.Select(one => one.AnsweredAt - killedAt).DefaultIfEmpty(TimeSpan.Zero).Max();
        Show.Line($"fault: one of two replicas killed with -9 while 20 Pods a second are created: {result}; {inFlight} of the failed were in flight, the last failed {last.TotalSeconds:0.0} s after the kill");
        foreach (var message in result.Failed.Select(one => one.Problem).Distinct())
            Show.Line($"       {message}");
        result.Failed.Where(one => one.AnsweredAt < killedAt || one.SentAt > killedAt + TimeSpan.FromSeconds(2)).Should().BeEmpty();
        (await installation.PodsAsync()).Sum(pod => (int)pod["status"]!["containerStatuses"]![0]!["restartCount"]!).Should().Be(1, "it was really killed");
    }

    /// <summary>The replica that answers: an API server keeps its connections, so that the other one may have nothing to do.</summary>
    private async Task<JsonObject> BusiestAsync()
    {
        var reviews = new List<(JsonObject Pod, int Count)>();
        foreach (var pod in await installation.PodsAsync())
        {
            var log = (await Kubectl.RunAsync(["--namespace", installation.Own.Name, "logs", (string)pod["metadata"]!["name"]!, "--since", "3s"])).Output;
            reviews.Add((pod, log.Split("\"event\":\"Review\"").Length - 1));
        }

        reviews.Sum(one => one.Count).Should().BePositive();
        return reviews.MaxBy(one => one.Count).Pod;
    }
}
