using Outrigger.E2e.Clusters;
using Outrigger.E2e.Nodes;
using Outrigger.E2e.Processes;

namespace Outrigger.E2e.Patterns;

[Collection(SharedInstallation.Name)]
public sealed class RedisMetricsTests(Installation installation)
{
    [NodeFact]
    public async Task Page_SaysThatRedisIsUp_AndThatItIsNotWithoutThePassword()
    {
        await StandInImages.AddAsync("oliver006/redis_exporter:v1.80.1", ["/redis_exporter"]);
        await using var space = await installation.CreateNamespaceAsync();
        await Kubectl.RunAsync(["--namespace", space.Name, "apply", "--filename", Path.Combine(Project.Root, "examples", "redis-metrics", "manifests.yaml")]);
        var name = await Eventually.GetAsync("the Pod of the example", async () => (await space.ListAsync("pods")).Select(pod => (string)pod["metadata"]!["name"]!).SingleOrDefault());
        var pod = await RunningPod.WaitAsync(space, name);
        await pod.RunAsync("redis", "sh", "-c", "redis-cli --no-auth-warning -a \"$PASSWORD\" set greeting hello");

        var page = await PageAsync(pod);

        page.Should().Contain("redis_up 1").And.Contain("redis_db_keys{db=\"db0\"} 1");
        var annotations = (await pod.ReadAsync())["metadata"]!["annotations"]!;
        ((string)annotations["prometheus.io/port"]!).Should().Be("9121");
        await pod.RunAsync("redis", "sh", "-c", "redis-cli --no-auth-warning -a \"$PASSWORD\" config set requirepass other");
        var refused = await PageAsync(pod);
        refused.Should().Contain("redis_up 0");
        (await pod.RestartsAsync()).Should().Be(0);
        Show.Line($"redis-metrics: redis_up 1 with {page.Split('\n').Count(line => line.StartsWith("redis_", StringComparison.Ordinal))} values, by a password from a Secret; redis_up 0 once Redis has another");
    }

    private static async Task<string> PageAsync(RunningPod pod) =>
        (await Command.RunAsync("curl", ["--silent", "--fail", "--max-time", "10", $"http://{pod.Address}:9121/metrics"])).Output;
}
