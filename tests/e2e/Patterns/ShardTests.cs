using System.Globalization;
using Outrigger.E2e.Clusters;
using Outrigger.E2e.Nodes;
using Outrigger.E2e.Processes;

namespace Outrigger.E2e.Patterns;

[Collection(SharedInstallation.Name)]
public sealed class ShardTests(Installation installation)
{
    private const int Keys = 1000;

    private static readonly string Servers = string.Join(", ", Enumerable.Range(0, 3).Select(i => $"{{name: shard-{i}, host: redis-{i}.redis, port: 6379}}"));

    [NodeFact]
    public async Task Keys_AreSpreadByTheNamesOfTheServers_AndStayWhereTheyAre()
    {
        await using var space = await StartAsync();
        var shop = await CreateShopAsync(space, "shop", ("shard.outrigger.dev/hashTag", "{}"));
        Count(await SendAsync(shop, "SET key:$i value-$i"), "OK").Should().Be(Keys);

        var before = await KeysOfAsync(shop);

        before.Sum(shard => shard.Length).Should().Be(Keys);
        before.Should().OnlyContain(shard => shard.Length > Keys / 5, "each of three servers has about a third");
        Values(await SendAsync(shop, "GET key:$i")).Should().Equal(Enumerable.Range(1, Keys).Select(i => $"value-{i}"));

        await Kubectl.RunAsync(["--namespace", space.Name, "delete", "pod", "shop", "--grace-period=1"]);
        // The data of this one goes with its Pod, and what comes back has another address.
        await Kubectl.RunAsync(["--namespace", space.Name, "delete", "pod", "redis-1"]);
        var later = await CreateShopAsync(space, "another-shop", ("shard.outrigger.dev/hashTag", "{}"));
        await RunningPod.WaitAsync(space, "redis-1");
        var found = Values(await SendAsync(later, "GET key:$i")).Count(value => value.StartsWith("value-", StringComparison.Ordinal));
        found.Should().Be(Keys - before[1].Length, "what the other two hold is found from another Pod");
        Count(await SendAsync(later, "SET key:$i value-$i"), "OK").Should().Be(Keys);

        (await KeysOfAsync(later)).Should().BeEquivalentTo(before, "no key belongs elsewhere now");
        Count(await SendAsync(later, "SET {user7}:$i yes"), "OK").Should().Be(Keys);
        (await KeysOfAsync(later)).Select(shard => shard.Count(key => key.StartsWith("{user7}", StringComparison.Ordinal)))
            .Should().BeEquivalentTo([Keys, 0, 0], "a hash tag keeps them together");
        (await later.RestartsAsync()).Should().Be(0);
        Show.Line($"shard: {Keys} keys on three Redis servers: {string.Join(", ", before.Select(shard => shard.Length))}; from another Pod, and with a shard on another address, each where it was");
    }

    [NodeFact]
    public async Task DeadShard_CostsItsKeys_OrAFewErrorsWithEjection()
    {
        await using var space = await StartAsync();
        var plain = await CreateShopAsync(space, "plain", ("shard.outrigger.dev/timeout", "500"));
        var ejecting = await CreateShopAsync(space, "ejecting", ("shard.outrigger.dev/timeout", "500"), ("shard.outrigger.dev/eject", "true"),
            ("shard.outrigger.dev/failureLimit", "2"), ("shard.outrigger.dev/retryTimeout", "600000"), ("shard.outrigger.dev/verbosity", "6"));
        Count(await SendAsync(plain, "SET key:$i value-$i"), "OK").Should().Be(Keys);
        var lost = (await KeysOfAsync(plain))[2].Length;
        await Kubectl.RunAsync(["--namespace", space.Name, "scale", "statefulset", "redis", "--replicas", "2"]);
        await Eventually.BeAsync("redis-2 to be gone", async () => await space.FindAsync("pod", "redis-2") is null, TimeSpan.FromMinutes(1));

        var without = Count(await SendAsync(plain, "SET key:$i again-$i", one: true), "OK");
        var with = Count(await SendAsync(ejecting, "SET key:$i again-$i", one: true), "OK");

        without.Should().Be(Keys - lost, "the keys of the dead server alone fail");
        with.Should().BeInRange(Keys - 5, Keys - 1, "two errors in a row leave the server out");
        Count(await SendAsync(ejecting, "GET key:$i", one: true), "again-").Should().BeGreaterThanOrEqualTo(with, "its keys are written and read elsewhere");
        Show.Line($"shard: one of three servers dead: {Keys - without} of {Keys} requests failed without ejection (its keys), {Keys - with} with it");
    }

    [NodeFact]
    public async Task Password_ComesFromASecret_AndIsAskedOfTheApplicationToo()
    {
        await StandInImages.AddAsync("malexer/twemproxy:0.5.0", ["nutcracker"]);
        await using var space = await installation.CreateNamespaceAsync();
        const string Password = """it's "secret" \n: #%""";
        await Kubectl.RunAsync(["--namespace", space.Name, "create", "secret", "generic", "redis", $"--from-literal=password={Password}"]);
        await space.CreateObjectAsync(Manifests.Pod("shop",
        [
            ("outrigger.dev/ambassador", "shard"),
            ("shard.outrigger.dev/servers", "[{name: only, host: 127.0.0.1, port: 7000}]"),
            ("shard.outrigger.dev/passwordSecret", "redis"),
        ]));
        var pod = await RunningPod.WaitAsync(space, "shop");
        await pod.RunAsync("shop", "sh", "-c", "redis-server --port 7000 --save '' --requirepass \"$0\" --daemonize yes >/dev/null; until redis-cli -p 7000 ping >/dev/null; do sleep 0.1; done", Password);

        (await pod.RunAsync("shop", "redis-cli", "--no-auth-warning", "-a", Password, "set", "key", "value")).Trim().Should().Be("OK");
        (await pod.RunAsync("shop", "redis-cli", "set", "key", "value")).Should().Contain("NOAUTH", "twemproxy asks for it too");
        (await pod.ReadAsync())["metadata"]!.ToJsonString().Should().NotContain("secret\\", "no annotation holds it");
        Show.Line("shard: with a password from a Secret: SET answered OK with it, NOAUTH without it");
    }

    private async Task<TestNamespace> StartAsync()
    {
        await StandInImages.AddAsync("malexer/twemproxy:0.5.0", ["nutcracker"]);
        var space = await installation.CreateNamespaceAsync();
        await Kubectl.RunAsync(["--namespace", space.Name, "apply", "--filename", Path.Combine(Project.Root, "examples", "shard", "manifests.yaml")]);
        foreach (var workload in (string[])["statefulset/redis", "deployment/shop"])
            (await Kubectl.TryAsync(["--namespace", space.Name, "rollout", "status", workload, "--timeout=120s"], limit: TimeSpan.FromMinutes(3))).ExitCode.Should().Be(0, "{0} comes up", workload);
        return space;
    }

    private static async Task<RunningPod> CreateShopAsync(TestNamespace space, string name, params (string Key, string Value)[] parameters)
    {
        await space.CreateObjectAsync(Manifests.Pod(name, [("outrigger.dev/ambassador", "shard"), ("shard.outrigger.dev/servers", $"[{Servers}]"), .. parameters]));
        return await RunningPod.WaitAsync(space, name);
    }

    /// <summary>One request for each key, through the ambassador; all at once, or each after the answer to the one before.</summary>
    private static Task<string> SendAsync(RunningPod pod, string request, bool one = false)
    {
        var client = "redis-cli -h \"$SHARD_HOST\" -p \"$SHARD_PORT\"";
        var loop = string.Create(CultureInfo.InvariantCulture, $"for i in $(seq {Keys}); do");
        return pod.RunAsync("shop", "sh", "-c", one ? $"{loop} {client} {request}; done 2>&1" : $"{loop} echo \"{request}\"; done | {client} 2>&1");
    }

    private static async Task<string[][]> KeysOfAsync(RunningPod pod)
    {
        var keys = new List<string[]>();
        for (var i = 0; i < 3; i++)
            keys.Add([.. Values(await pod.RunAsync("shop", "redis-cli", "-h", $"redis-{i}.redis", "keys", "*")).Order(StringComparer.Ordinal)]);
        return [.. keys];
    }

    private static string[] Values(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static int Count(string output, string start) => Values(output).Count(line => line.StartsWith(start, StringComparison.Ordinal));
}
