using System.Diagnostics;
using Outrigger.E2e.Clusters;
using Outrigger.E2e.Nodes;
using Outrigger.E2e.Processes;
using Outrigger.E2e.Servers;

namespace Outrigger.E2e.Patterns;

[Collection(SharedInstallation.Name)]
public sealed class ConfigSyncTests(Installation installation)
{
    /// <summary>An application that writes a line when it begins, and one for each SIGHUP, with the file as it is then.</summary>
    private const string Application =
        """
        trap 'echo "told: $(cat /etc/shop/shop.conf)"' HUP
        echo "begins: $(cat /etc/shop/shop.conf)"
        while :; do sleep 1 & wait $!; done
        """;

    private const string Api = "mkdir /tmp/www && echo one >/tmp/www/shop.conf && exec busybox httpd -f -p 8080 -h /tmp/www";

    private static readonly (string Key, string Value)[] Annotations =
    [
        ("outrigger.dev/sidecar", "config-sync"),
        ("config-sync.outrigger.dev/path", "/etc/shop"),
        ("config-sync.outrigger.dev/file", "shop.conf"),
        // The pattern's own script runs in a process of that name too, as the same user.
        ("config-sync.outrigger.dev/process", "sh"),
        ("config-sync.outrigger.dev/period", "1s"),
    ];

    [NodeFact]
    public async Task Api_ChangesAndFails_TheApplicationIsToldOfEachChangeOnce()
    {
        await using var space = await CreateNamespaceAsync();
        await space.CreateObjectAsync(ScriptPod.Of("api", Api));
        var api = await RunningPod.WaitAsync(space, "api");
        await space.CreateObjectAsync(ScriptPod.Of("shop", Application, 1000, [.. Annotations, ("config-sync.outrigger.dev/url", $"http://{api.Address}:8080/shop.conf")]));
        var shop = await RunningPod.WaitAsync(space, "shop");
        await UntilAsync(shop, "shop", "begins: one");

        var began = Stopwatch.GetTimestamp();
        await AnswerAsync("echo two >/tmp/www/new && mv /tmp/www/new /tmp/www/shop.conf");
        await UntilAsync(shop, "shop", "told: two");
        var latency = Stopwatch.GetElapsedTime(began);

        await AnswerAsync("echo three >/tmp/www/other.conf");
        (await shop.AnnotateAsync("config-sync.outrigger.dev/url", $"http://{api.Address}:8080/other.conf")).ExitCode.Should().Be(0);
        await UntilAsync(shop, "shop", "told: three", TimeSpan.FromMinutes(2));

        await AnswerAsync("mv /tmp/www/other.conf /tmp/www/away");
        await UntilAsync(shop, "config-sync", "the answer was HTTP status 404");
        await AnswerAsync(": >/tmp/www/other.conf");
        await UntilAsync(shop, "config-sync", "the answer was empty");
        await AnswerAsync("mv /tmp/www/away /tmp/www/other.conf");
        await UntilAsync(shop, "config-sync", "is read again");
        await Kubectl.RunAsync(["--namespace", space.Name, "delete", "pod", "api", "--grace-period=1"]);
        await UntilAsync(shop, "config-sync", "not taken: curl: (");
        // Some periods more, in which nothing may happen.
        await Task.Delay(TimeSpan.FromSeconds(4));

        (await shop.RunAsync("shop", "cat", "/etc/shop/shop.conf")).Should().Be("three\n");
        Lines(await shop.LogAsync("shop")).Should().Equal("begins: one", "told: two", "told: three");
        Lines(await shop.LogAsync("config-sync")).Count(line => line.Contains("404", StringComparison.Ordinal)).Should().Be(1, "a fault that stays is told once");
        (await shop.RestartsAsync()).Should().Be(0);
        Show.Line($"config-sync: a change of the API was read and SIGHUP sent within {latency.TotalSeconds:0.0} s at a period of 1 s; one signal for one change, none while the API failed; one kubectl annotate moved the running Pod to another URL");

        Task<string> AnswerAsync(string script) => api.RunAsync("api", "sh", "-c", script);
    }

    [NodeFact]
    public async Task ConfigMap_Changes_TheApplicationIsTold()
    {
        await using var space = await CreateNamespaceAsync();
        await Kubectl.RunAsync(["--namespace", space.Name, "create", "configmap", "shop", "--from-literal=shop.conf=one"]);
        await space.CreateObjectAsync(ScriptPod.Of("shop", Application, 1000,
            [.. Annotations, ("config-sync.outrigger.dev/configMap", "shop"), ("config-sync.outrigger.dev/key", "shop.conf")]));
        var shop = await RunningPod.WaitAsync(space, "shop");
        await UntilAsync(shop, "shop", "begins: one");

        var began = Stopwatch.GetTimestamp();
        await Kubectl.RunAsync(["--namespace", space.Name, "patch", "configmap", "shop", "--patch", """{"data": {"shop.conf": "two"}}"""]);
        await UntilAsync(shop, "shop", "told: two", TimeSpan.FromMinutes(3));

        Show.Line($"config-sync: a change of a ConfigMap reached the application within {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s, most of it the kubelet's");
        Lines(await shop.LogAsync("shop")).Should().Equal("begins: one", "told: two");
        (await shop.RestartsAsync()).Should().Be(0);
    }

    [NodeFact]
    public async Task Api_GuardedByATokenAndAnAuthorityOfItsOwn_IsReadWithBothAndNotWithout()
    {
        await using var space = await CreateNamespaceAsync();
        await using var api = await GuardedApi.StartAsync(installation.Certificates);
        await Kubectl.RunAsync(["--namespace", space.Name, "create", "configmap", "authority", $"--from-file={Path.Combine(installation.Certificates.Path, "ca.crt")}"]);
        await Kubectl.RunAsync(["--namespace", space.Name, "create", "secret", "generic", "right", $"--from-literal=token={GuardedApi.Token}"]);
        await Kubectl.RunAsync(["--namespace", space.Name, "create", "secret", "generic", "wrong", "--from-literal=token=no"]);
        (string, string)[] annotations = [.. Annotations, ("config-sync.outrigger.dev/url", $"https://{CertificateFolder.Address}:{api.Port}/shop.conf")];
        (string, string) authority = ("config-sync.outrigger.dev/caConfigMap", "authority");
        const string Script = "while :; do sleep 1 & wait $!; done";

        await space.CreateObjectAsync(ScriptPod.Of("shop", Application, 1000, [.. annotations, authority, ("config-sync.outrigger.dev/tokenSecret", "right")]));
        await space.CreateObjectAsync(ScriptPod.Of("stranger", Script, 1000, [.. annotations, authority, ("config-sync.outrigger.dev/tokenSecret", "wrong")]));
        await space.CreateObjectAsync(ScriptPod.Of("believer", Script, 1000, [.. annotations, ("config-sync.outrigger.dev/tokenSecret", "right")]));

        var shop = await RunningPod.WaitAsync(space, "shop");
        (await shop.RunAsync("shop", "cat", "/etc/shop/shop.conf")).Should().Be("guarded\n");
        await Eventually.BeAsync("requests that know the answer", () => Task.FromResult(api.Known > 2));
        api.Whole.Should().Be(1);
        (await shop.LogAsync("config-sync-init") + await shop.LogAsync("config-sync")).Should().NotContain(GuardedApi.Token);
        await UntilAsync(space, "stranger", "config-sync-init", "HTTP status 401");
        await UntilAsync(space, "believer", "config-sync-init", "SSL certificate problem");
        Show.Line($"config-sync: HTTPS with a bearer token and an authority of its own; {api.Known} of {api.Known + api.Whole} requests answered by 304");
    }

    /// <summary>Puts the image on the node: curl from Debian, and busybox around it, which the upstream image has.</summary>
    internal static Task AddImageAsync() => StandInImages.AddAsync("curlimages/curl:8.17.0",
        files: Busybox.As("sh", "awk", "cat", "cmp", "cp", "grep", "head", "id", "mv", "rm", "sleep", "test", "tr", "wc"));

    private async Task<TestNamespace> CreateNamespaceAsync()
    {
        await AddImageAsync();
        return await installation.CreateNamespaceAsync();
    }

    private static Task UntilAsync(RunningPod pod, string container, string text, TimeSpan? limit = null) =>
        Eventually.BeAsync($"{container} to say \"{text}\"", async () => (await pod.LogAsync(container)).Contains(text, StringComparison.Ordinal), limit);

    private static Task UntilAsync(TestNamespace space, string pod, string container, string text) =>
        Eventually.BeAsync($"{container} of {pod} to say \"{text}\"", async () =>
            (await Kubectl.TryAsync(["--namespace", space.Name, "logs", pod, "--container", container])).Output.Contains(text, StringComparison.Ordinal));

    private static string[] Lines(string log) => log.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
