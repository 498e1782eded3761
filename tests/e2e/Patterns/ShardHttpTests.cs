using System.Globalization;
using Outrigger.E2e.Clusters;
using Outrigger.E2e.Nodes;
using Outrigger.E2e.Processes;

namespace Outrigger.E2e.Patterns;

[Collection(SharedInstallation.Name)]
public sealed class ShardHttpTests(Installation installation)
{
    private static readonly string[] Names = ["cache-0", "cache-1", "cache-2"];

    /// <summary>How to send the key <c>KEY-NUMBER</c>, by the kind of key.</summary>
    private static readonly (string Key, string Url, string Header)[] Kinds =
    [
        ("path", "/users/NUMBER?x", "Accept: */*"),
        ("argument", "/?x=y&id=NUMBER", "Accept: */*"),
        ("header", "/", "X-User-Id: NUMBER"),
        ("cookie", "/", "Cookie: a=b; session=NUMBER"),
    ];

    [NodeFact]
    public async Task ThousandKeys_OverThreeBackends_StayAndOnlyTheKeysOfALostOneMove()
    {
        await using var space = await CreateBackendsAsync(Names);
        var three = await CreateCallerAsync(space, "three", Names);
        var two = await CreateCallerAsync(space, "two", ["cache-2", "cache-0"]);

        var before = await AskAsync(three, 18180, Kinds[2]);
        var again = await AskAsync(three, 18180, Kinds[2]);
        var after = await AskAsync(two, 18180, Kinds[2]);

        again.Should().Equal(before, "the same key reaches the same backend");
        var shares = Names.Select(name => before.Count(answer => answer == name)).ToArray();
        shares.Should().OnlyContain(share => share > 200 && share < 470, "a third of the keys, within what 160 points of the ring for each allow");
        var moved = Enumerable.Range(0, before.Length).Where(key => before[key] != after[key]).ToList();
        moved.Should().OnlyContain(key => before[key] == "cache-1").And.HaveCount(shares[1]);
        Show.Line($"shard-http: 1000 keys over three backends are {string.Join(", ", shares)}, twice the same; without cache-1 its {moved.Count} move, "
            + $"{moved.Count(key => after[key] == "cache-0")} and {moved.Count(key => after[key] == "cache-2")}, and no other, seen from another Pod");
    }

    /// <summary>Four uses of the pattern in one Pod, each with a key of its own kind.</summary>
    [NodeFact]
    public async Task EachKindOfKey_DecidesAndIsRequired()
    {
        await using var space = await CreateBackendsAsync(Names);
        var pod = await CreateCallerAsync(space, "caller", string.Join(',', Kinds.Select(kind => $"by-{kind.Key}=shard-http")), [.. Kinds.SelectMany((kind, index) => new[]
        {
            ($"by-{kind.Key}.outrigger.dev/key", kind.Key),
            ($"by-{kind.Key}.outrigger.dev/backends", Backends.Of(Names)),
            ($"by-{kind.Key}.outrigger.dev/port", (18180 + index).ToString(CultureInfo.InvariantCulture)),
            ($"by-{kind.Key}.outrigger.dev/urlVariable", $"{kind.Key.ToUpperInvariant()}_URL"),
        })]);

        foreach (var (kind, index) in Kinds.Select((kind, index) => (kind, index)))
        {
            var answers = await AskAsync(pod, 18180 + index, kind, 50);
            answers.Distinct().Should().BeEquivalentTo(Names, "keys of kind {0} spread over all backends", kind.Key);
            (await AskAsync(pod, 18180 + index, kind, 50)).Should().Equal(answers);
        }

        var without = await pod.RunAsync("shop", "curl", "--silent", "--write-out", "%{http_code}", "http://127.0.0.1:18182/");
        without.Should().Be("by-header: no backend can be chosen for a request without its key (header)\n400");
        Show.Line("shard-http: path, argument, header and cookie each decide the backend, and a request without its key is answered with 400");
    }

    [NodeFact]
    public async Task DeadBackend_LosesItsKeysToOthersAndNoRequestFails()
    {
        await using var space = await CreateBackendsAsync(Names);
        var pod = await CreateCallerAsync(space, "caller", "shard-http, strict=shard-http",
            ("shard-http.outrigger.dev/key", "header"), ("shard-http.outrigger.dev/backends", Backends.Of(Names)),
            ("strict.outrigger.dev/key", "header"), ("strict.outrigger.dev/backends", Backends.Of(Names)), ("strict.outrigger.dev/failover", "false"),
            ("strict.outrigger.dev/port", "18181"), ("strict.outrigger.dev/urlVariable", "STRICT_URL"));
        var before = await AskAsync(pod, 18180, Kinds[2]);

        // The Service stays, and refuses connections: at once the first few, others after a second, since the node limits how often it says so.
        await Kubectl.RunAsync(["--namespace", space.Name, "delete", "pod", "cache-1"]);
        await Eventually.BeAsync("the strict use to miss it", async () => (await AskAsync(pod, 18181, Kinds[2], 10)).Contains("502"));
        var after = await AskAsync(pod, 18180, Kinds[2]);
        var strict = await AskAsync(pod, 18181, Kinds[2], 30);

        after.Should().OnlyContain(answer => answer == "cache-0" || answer == "cache-2");
        Enumerable.Range(0, before.Length).Where(key => before[key] != "cache-1").Should().OnlyContain(key => after[key] == before[key]);
        strict.Should().Equal(before.Take(30).Select(answer => answer == "cache-1" ? "502" : answer), "without failover nobody else gets its keys");
        Show.Line($"shard-http: with one of three backends dead, its {before.Count(answer => answer == "cache-1")} of 1000 keys are answered by others, or by 502 with failover false; no other key moves");
    }

    [NodeFact]
    public async Task OneAnnotate_TakesABackendOutOfARunningPod()
    {
        await using var space = await CreateBackendsAsync(Names);
        var pod = await CreateCallerAsync(space, "caller", Names);
        var before = await AskAsync(pod, 18180, Kinds[2]);

        (await pod.AnnotateAsync("shard-http.outrigger.dev/backends", Backends.Of("cache-0", "cache-1=0", "cache-2"))).ExitCode.Should().Be(0);
        await Eventually.BeAsync("its keys to be moved", async () => !(await AskAsync(pod, 18180, Kinds[2], 50)).Contains("cache-1"));
        var after = await AskAsync(pod, 18180, Kinds[2]);

        Enumerable.Range(0, before.Length).Where(key => before[key] != after[key]).Should().OnlyContain(key => before[key] == "cache-1");
        (await pod.RestartsAsync()).Should().Be(0);
        Show.Line($"shard-http: weight 0 for one of three backends by one kubectl annotate moves {before.Count(answer => answer == "cache-1")} of 1000 keys, all of them its own");
    }

    private async Task<TestNamespace> CreateBackendsAsync(string[] names)
    {
        await NginxImages.AddNginxAsync();
        var space = await installation.CreateNamespaceAsync();
        await Backends.CreateAsync(space, names);
        return space;
    }

    private static Task<RunningPod> CreateCallerAsync(TestNamespace space, string name, string[] backends) =>
        CreateCallerAsync(space, name, "shard-http", ("shard-http.outrigger.dev/key", "header"), ("shard-http.outrigger.dev/backends", Backends.Of(backends)));

    private static async Task<RunningPod> CreateCallerAsync(TestNamespace space, string name, string uses, params (string Key, string Value)[] annotations)
    {
        await space.CreateObjectAsync(Manifests.Pod(name, [("outrigger.dev/ambassador", uses), .. annotations]));
        return await RunningPod.WaitAsync(space, name);
    }

    /// <summary>Who answers for each of some keys, asked in one run of curl; the status where it is not 200.</summary>
    private static async Task<string[]> AskAsync(RunningPod pod, int port, (string Key, string Url, string Header) kind, int count = 1000)
    {
        var script = $$"""
            for number in $(seq {{count}}); do
              if [ $number -gt 1 ]; then echo next; fi
              sed "s/NUMBER/$number/" <<'END'
            url = "http://127.0.0.1:{{port}}{{kind.Url}}"
            header = "{{kind.Header}}"
            write-out = "%{http_code}\n"
            silent
            show-error
            END
            done | curl --config -
            """;
        var answers = new List<string>();
        var body = "";
        foreach (var line in (await pod.RunAsync("shop", "sh", "-c", script)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line is [>= '1' and <= '5', _, _])
                answers.Add(line == "200" ? body : line);
            body = line;
        }

        answers.Should().HaveCount(count);
        return [.. answers];
    }
}
