using System.Diagnostics;
using System.Globalization;
using Outrigger.E2e.Clusters;
using Outrigger.E2e.Nodes;
using Outrigger.E2e.Processes;

namespace Outrigger.E2e.Patterns;

[Collection(SharedInstallation.Name)]
public sealed class SplitTests(Installation installation)
{
    private const string Production = "svc-prod";
    private const string Experiment = "svc-exp";

    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(15);

    [NodeFact]
    public async Task Requests_AtNineToOne_AreDealtOutAsTheWeightsSay()
    {
        await using var space = await CreateBackendsAsync();
        var pod = await CreateCallerAsync(space, "split", ("split.outrigger.dev/backends", Backends.Of($"{Production}=9", $"{Experiment}=1")));

        var answers = await AskAsync(pod, 18080, "[1-1000]");

        var experiment = answers.Count(answer => answer == Experiment);
        answers.Should().HaveCount(1000).And.OnlyContain(answer => answer == Production || answer == Experiment);
        // Three standard deviations of what chance would do; it is dealt out in turn, and better.
        experiment.Should().BeInRange(100 - 28, 100 + 28);
        Show.Line($"split: of 1000 requests at 9:1, {1000 - experiment} reach {Production} and {experiment} reach {Experiment}");
    }

    /// <summary>Four uses of the pattern in one Pod, each sticky in its own way.</summary>
    [NodeFact]
    public async Task Requests_WithTheSameKey_ReachTheSameVersion()
    {
        await using var space = await CreateBackendsAsync();
        string[] uses = ["none", "header", "cookie", "client"];
        var pod = await CreateCallerAsync(space, string.Join(',', uses.Select(use => $"{use}=split")), [.. uses.SelectMany((use, index) => new[]
        {
            ($"{use}.outrigger.dev/sticky", use),
            ($"{use}.outrigger.dev/backends", Backends.Of($"{Production}=1", $"{Experiment}=1")),
            ($"{use}.outrigger.dev/port", (18080 + index).ToString(CultureInfo.InvariantCulture)),
            ($"{use}.outrigger.dev/urlVariable", $"{use.ToUpperInvariant()}_URL"),
        })]);

        var both = new Dictionary<string, int>();
        foreach (var (use, index) in uses.Select((use, index) => (use, index)))
        {
            var seen = await SeenByUsersAsync(pod, 18080 + index, KeyOf(use));
            both[use] = seen.Count(versions => versions.Length > 1);
            seen.SelectMany(versions => versions).Distinct().Should().HaveCount(2, "users of {0} are spread over both versions", use);
        }

        both["none"].Should().Be(30, "without a key, each user's six requests are dealt out in turn");
        both.Where(use => use.Key != "none").Should().OnlyContain(use => use.Value == 0);
        Show.Line($"split: of 30 users with 6 requests each, those that see both versions are {string.Join(", ", both.Select(use => $"{use.Value} with sticky {use.Key}"))}");
    }

    [NodeFact]
    public async Task OneAnnotate_MovesTheSharesOfARunningPodAndNoRequestFails()
    {
        await using var space = await CreateBackendsAsync();
        // A page of processes shares those of all containers: nginx is not process 1 then, and there are two of them.
        var pod = await CreateCallerAsync(space, "split, other=split",
            ("outrigger.dev/sidecar", "topz"), ("topz.outrigger.dev/port", "8081"),
            ("split.outrigger.dev/backends", Backends.Of($"{Production}=9", $"{Experiment}=1")),
            ("other.outrigger.dev/backends", Backends.Of($"{Production}=9", $"{Experiment}=1")),
            ("other.outrigger.dev/port", "18081"), ("other.outrigger.dev/urlVariable", "OTHER_URL"));
        var load = await Load.StartAsync(pod, "http://127.0.0.1:18080/");

        (await pod.AnnotateAsync("split.outrigger.dev/backends", Backends.Of($"{Production}=1", $"{Experiment}=1"))).ExitCode.Should().Be(0);
        var took = await UntilEvenAsync(pod);
        var answered = await load.StopAsync();

        took.Should().BeLessThan(Promised);
        (await AskAsync(pod, 18081, "[1-100]")).Count(answer => answer == Experiment).Should().Be(10, "the other use was not asked to change");
        (await pod.RestartsAsync()).Should().Be(0);
        Show.Line($"split: from 9:1 to 1:1 by one kubectl annotate, in effect after {took.TotalSeconds:0.0} s; {answered} requests meanwhile, none failed, no container restarted");
    }

    [NodeFact]
    public async Task NameThatNobodyKnows_IsRefusedUntilItIsKnown()
    {
        await using var space = await CreateBackendsAsync();
        var pod = await CreateCallerAsync(space, "split", ("split.outrigger.dev/backends", Backends.Of(Production)));
        var load = await Load.StartAsync(pod, "http://127.0.0.1:18080/");

        await pod.AnnotateAsync("split.outrigger.dev/backends", Backends.Of($"{Production}=1", "svc-new=1"));
        await Eventually.BeAsync("nginx to refuse it", async () => (await pod.LogAsync("split")).Contains("host not found in upstream", StringComparison.Ordinal));
        (await AskAsync(pod, 18080, "[1-20]")).Should().OnlyContain(answer => answer == Production);
        await Backends.CreateAsync(space, "svc-new");
        await Eventually.BeAsync("it to be tried again", async () => (await AskAsync(pod, 18080, "[1-20]")).Contains("svc-new"), TimeSpan.FromMinutes(1));

        var answered = await load.StopAsync();
        (await pod.LogAsync("split")).Split("are refused").Should().HaveCount(2, "one line for one change");
        (await pod.RestartsAsync()).Should().Be(0);
        Show.Line($"split: a backend that nobody knows is refused, the earlier shares stay, and once its Service is there it is taken; {answered} requests meanwhile, none failed");
    }

    [NodeFact]
    public async Task BackendsThatNoRequestCouldReach_AreRefused()
    {
        await using var space = await installation.CreateNamespaceAsync();

        foreach (var backends in new[] { "[]", Backends.Of($"{Production}=0", $"{Experiment}=0") })
        {
            var refused = await space.TryCreateAsync(Manifests.Pod("caller", [("outrigger.dev/ambassador", "split"), ("split.outrigger.dev/backends", backends)]));
            refused.ExitCode.Should().NotBe(0);
            refused.Error.Should().Contain("at least one of them with weight an integer of at least 1");
        }

        Show.Line("split: no backend at all, and a weight of 0 for all, are refused when the Pod is created");
    }

    private async Task<TestNamespace> CreateBackendsAsync()
    {
        await NginxImages.AddNginxAsync();
        var space = await installation.CreateNamespaceAsync();
        await Backends.CreateAsync(space, Production, Experiment);
        return space;
    }

    private static async Task<RunningPod> CreateCallerAsync(TestNamespace space, string uses, params (string Key, string Value)[] annotations)
    {
        await space.CreateObjectAsync(Manifests.Pod("caller", [("outrigger.dev/ambassador", uses), .. annotations]));
        return await RunningPod.WaitAsync(space, "caller");
    }

    private static async Task<string[]> AskAsync(RunningPod pod, int port, string numbers, params string[] flags) =>
        (await pod.RunAsync("shop", ["curl", "--silent", "--show-error", "--fail", .. flags, $"http://127.0.0.1:{port}/?{numbers}"])).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string KeyOf(string use) => use switch
    {
        "cookie" => "Cookie: a=b; session=$user",
        "client" => "X-Forwarded-For: 10.0.0.$user, 192.0.2.1",
        _ => "X-User-Id: $user",
    };

    /// <summary>Which versions each of 30 users sees in six requests.</summary>
    private static async Task<string[][]> SeenByUsersAsync(RunningPod pod, int port, string header)
    {
        var script = $"for user in $(seq 30); do curl -sS --fail -H \"{header}\" 'http://127.0.0.1:{port}/?[1-6]' | sort -u | tr '\\n' ' '; echo; done";
        var lines = (await pod.RunAsync("shop", "sh", "-c", script)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Should().HaveCount(30);
        return [.. lines.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
    }

    /// <summary>How long it takes until of 100 requests about half reach the experiment, where it were ten before.</summary>
    private static async Task<TimeSpan> UntilEvenAsync(RunningPod pod)
    {
        var began = Stopwatch.GetTimestamp();
        await Eventually.BeAsync("the new shares", async () => (await AskAsync(pod, 18080, "[1-100]")).Count(answer => answer == Experiment) >= 35);
        return Stopwatch.GetElapsedTime(began);
    }
}
