using System.Globalization;
using Outrigger.E2e.Clusters;
using Outrigger.E2e.Nodes;
using Outrigger.E2e.Processes;

namespace Outrigger.E2e.Patterns;

[Collection(SharedInstallation.Name)]
public sealed class BrokerTests(Installation installation)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [NodeFact]
    public async Task MoreInstances_AllGetRequests_WithoutARestart()
    {
        await using var space = await StartAsync();
        var caller = await CreateCallerAsync(space);
        (await AskAsync(caller, 100)).InstanceCounts.Should().HaveCount(1);

        await ScaleAsync(space, 3);
        await Eventually.BeAsync("three instances to answer", async () => (await AskAsync(caller, 30)).InstanceCounts.Count == 3, Patience);
        var answers = await AskAsync(caller, 300);

        answers.Failed.Should().Be(0);
        answers.InstanceCounts.Values.Should().OnlyContain(count => count >= 99 && count <= 101, "they take turns");
        (await caller.RestartsAsync()).Should().Be(0);
        (await caller.RunAsync("shop", "curl", "--silent", "--fail", $"http://{caller.Address}:18091/metrics")).Should().Contain("haproxy_backend_active_servers{proxy=\"instances\"} 3");
        Show.Line($"broker: from 1 to 3 instances, 300 requests: {string.Join(", ", answers.InstanceCounts.Values)}, no restart");
    }

    [NodeFact]
    public async Task InstanceThatIsKilled_CostsAtMostTheRequestsInFlight()
    {
        await using var space = await StartAsync();
        var caller = await CreateCallerAsync(space);
        await ScaleAsync(space, 3);
        await Eventually.BeAsync("three instances to answer", async () => (await AskAsync(caller, 30)).InstanceCounts.Count == 3, Patience);
        var victim = (await AskAsync(caller, 30)).InstanceCounts.Keys.First();

        // Two clients of each kind, each with one request at a time.
        var gets = Enumerable.Range(0, 2).Select(_ => AskAsync(caller, 1000, rate: 50)).ToArray();
        var posts = Enumerable.Range(0, 2).Select(_ => AskAsync(caller, 1000, rate: 50, method: "POST")).ToArray();
        await Task.Delay(TimeSpan.FromSeconds(5));
        await Kubectl.RunAsync(["--namespace", space.Name, "delete", "pod", victim, "--grace-period", "0", "--force"]);
        var (got, posted) = (await Task.WhenAll(gets), await Task.WhenAll(posts));

        got.Sum(answers => answers.Failed).Should().Be(0, "a GET is repeated on another instance");
        posted.Sum(answers => answers.Failed).Should().BeLessThanOrEqualTo(posts.Length, "each client has one POST in flight, which is not repeated");
        Show.Line($"broker: one of three instances killed under load: {got.Sum(answers => answers.Failed)} of {got.Sum(answers => answers.All)} GET "
            + $"and {posted.Sum(answers => answers.Failed)} of {posted.Sum(answers => answers.All)} POST failed");
    }

    [NodeFact]
    public async Task ChangedParameter_ReloadsWithoutAFailedRequest()
    {
        await using var space = await StartAsync();
        var caller = await CreateCallerAsync(space, ("broker.outrigger.dev/accessLog", "false"));
        await ScaleAsync(space, 2);
        await Eventually.BeAsync("both instances to answer", async () => (await AskAsync(caller, 20)).InstanceCounts.Count == 2, Patience);

        var changed = await caller.AnnotateAsync("broker.outrigger.dev/algorithm", "leastconn");
        changed.ExitCode.Should().Be(0, changed.Error);
        // The kubelet brings it into the container in its own time; the clients go on until then.
        var reloaded = Eventually.BeAsync("HAProxy to reload", async () => (await caller.LogAsync("broker")).Contains("HAProxy reloads", StringComparison.Ordinal), Patience);
        var answers = (await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => AskUntilAsync(caller, reloaded)))).SelectMany(rounds => rounds).ToList();
        await reloaded;

        answers.Sum(answer => answer.Failed).Should().Be(0);
        answers.Should().OnlyContain(answer => answer.InstanceCounts.Count == 2);
        (await caller.RunAsync("broker", "cat", "/tmp/haproxy.cfg")).Should().Contain("balance leastconn");
        (await caller.RestartsAsync()).Should().Be(0);
        Show.Line($"broker: reloaded by an annotation under load: {answers.Sum(answer => answer.Failed)} of {answers.Sum(answer => answer.All)} requests failed");
    }

    /// <summary>Sends requests until something has happened, and some more.</summary>
    private static async Task<List<Answers>> AskUntilAsync(RunningPod pod, Task happened)
    {
        var rounds = new List<Answers>();
        for (var isLast = false; !isLast;)
        {
            isLast = happened.IsCompleted;
            rounds.Add(await AskAsync(pod, 500, rate: 50));
        }

        return rounds;
    }

    private async Task<TestNamespace> StartAsync()
    {
        await StandInImages.AddAsync("haproxy:3.2", ["haproxy"]);
        var space = await installation.CreateNamespaceAsync();
        await Kubectl.RunAsync(["--namespace", space.Name, "apply", "--filename", Path.Combine(Project.Root, "examples", "broker", "manifests.yaml")]);
        await RollOutAsync(space, "quotes");
        await RollOutAsync(space, "caller");
        return space;
    }

    private static async Task<RunningPod> CreateCallerAsync(TestNamespace space, params (string Key, string Value)[] parameters)
    {
        await space.CreateObjectAsync(Manifests.Pod("client",
        [
            ("outrigger.dev/ambassador", "broker"),
            ("broker.outrigger.dev/service", "quotes"),
            ("broker.outrigger.dev/targetPort", "8080"),
            .. parameters,
        ]));
        return await RunningPod.WaitAsync(space, "client");
    }

    private static async Task ScaleAsync(TestNamespace space, int instances)
    {
        await Kubectl.RunAsync(["--namespace", space.Name, "scale", "deployment", "quotes", "--replicas", instances.ToString(CultureInfo.InvariantCulture)]);
        await RollOutAsync(space, "quotes");
    }

    private static async Task RollOutAsync(TestNamespace space, string deployment) =>
        (await Kubectl.TryAsync(["--namespace", space.Name, "rollout", "status", $"deployment/{deployment}", "--timeout=120s"], limit: Patience * 1.5))
            .ExitCode.Should().Be(0, "{0} comes up", deployment);

    /// <summary>Sends requests one after another, over connections that are kept.</summary>
    private static async Task<Answers> AskAsync(RunningPod pod, int count, int? rate = null, string method = "GET")
    {
        string[] pace = rate is { } perSecond ? ["--rate", string.Create(CultureInfo.InvariantCulture, $"{perSecond}/s")] : [];
        var done = await pod.TryAsync("shop", ["curl", "--silent", "--request", method, "--max-time", "20", .. pace, "--write-out", "answered %{http_code}\\n", $"http://127.0.0.1:18090/?[1-{count}]"]);
        return Answers.Read(done.Output, method);
    }

    /// <summary>What came back; the instances answer a GET with their names, and a POST by refusing it.</summary>
    private sealed record Answers(int All, int Failed, IReadOnlyDictionary<string, int> InstanceCounts)
    {
        public static Answers Read(string output, string method)
        {
            var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            var codes = lines.Select(line => line.Split("answered ")).Where(parts => parts.Length == 2).Select(parts => parts[1]).ToList();
            var names = lines.Where(line => line.StartsWith("quotes-", StringComparison.Ordinal)).GroupBy(line => line).ToDictionary(group => group.Key, group => group.Count());
            return new(codes.Count, codes.Count(code => code != (method == "GET" ? "200" : "501")), names);
        }
    }
}
