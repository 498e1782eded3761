using Outrigger.E2e.Clusters;
using Outrigger.E2e.Nodes;
using Outrigger.E2e.Processes;

namespace Outrigger.E2e.Patterns;

/// <summary>Several uses in one Pod, each of which answers.</summary>
[Collection(SharedInstallation.Name)]
public sealed class TogetherTests(Installation installation)
{
    /// <summary>An nginx with a status page.</summary>
    private const string Application =
        """
        echo 'events {} http { access_log off; server { listen 80; location = /stub_status { stub_status; } } }' >/tmp/nginx.conf
        exec nginx -e stderr -c /tmp/nginx.conf -g 'daemon off;'
        """;

    [NodeFact]
    public async Task TwoAmbassadorsASidecarAndAnAdapter_AllAnswer()
    {
        await using var space = await CreateNamespaceAsync();
        var prod = await StartAsync(space, Site("prod"));
        var exp = await StartAsync(space, Site("exp"));
        var shop = await StartAsync(space, ScriptPod.Of("shop", Application, image: "nginx:1.29", annotations:
        [
            ("outrigger.dev/ambassador", "split, other=split"),
            ("split.outrigger.dev/backends", $"[{{host: {prod.Address}, port: 8080}}]"),
            ("other.outrigger.dev/backends", $"[{{host: {exp.Address}, port: 8080}}]"),
            ("other.outrigger.dev/port", "18081"),
            ("other.outrigger.dev/urlVariable", "OTHER_URL"),
            ("outrigger.dev/sidecar", "topz"),
            ("topz.outrigger.dev/port", "8081"),
            ("outrigger.dev/adapter", "metrics"),
            ("metrics.outrigger.dev/statusPort", "80"),
        ]));

        var answers = await shop.RunAsync("shop", "sh", "-c", "curl -sf \"$SPLIT_URL/name\"; curl -sf \"$OTHER_URL/name\"");
        var processes = await GetAsync(shop, 8081, "");
        var metrics = await GetAsync(shop, 9113, "metrics");

        answers.Should().Be("prod\nexp\n");
        processes.Should().Contain("nginx -e stderr -c /tmp/nginx.conf", "the application runs it").And.Contain("nginx-prometheus-exporter");
        metrics.Should().Contain("nginx_up 1");
        await ShowAsync(shop, "split, other=split, topz, metrics");
    }

    [NodeFact]
    public async Task TheSamePatternTwice_BothAnswer()
    {
        await using var space = await CreateNamespaceAsync();
        var api = await StartAsync(space, Site("api"));
        var git = await GitServers.StartAsync(space, GitServers.Open("git"), "committed");
        var shop = await StartAsync(space, ScriptPod.Of("shop", "while :; do sleep 1 & wait $!; done", user: 1000, annotations:
        [
            ("outrigger.dev/sidecar", "topz, more=topz, config-sync, texts=config-sync, git-sync, docs=git-sync"),
            ("topz.outrigger.dev/port", "8081"),
            ("more.outrigger.dev/port", "8082"),
            ("config-sync.outrigger.dev/url", $"http://{api.Address}:8080/name"),
            ("texts.outrigger.dev/url", $"http://{api.Address}:8080/text"),
            ("git-sync.outrigger.dev/repository", $"git://{git.Address}/site.git"),
            ("docs.outrigger.dev/repository", $"git://{git.Address}/site.git"),
            ("docs.outrigger.dev/folder", "files"),
        ]));

        (await GetAsync(shop, 8081, "?format=json")).Should().Contain("\"processes\"");
        (await GetAsync(shop, 8082, "?format=json")).Should().Contain("\"processes\"");
        (await shop.RunAsync("shop", "cat", "/etc/config-sync/config", "/etc/texts/config")).Should().Be("api\ntext of api\n");
        (await shop.RunAsync("shop", "cat", "/srv/git-sync/current/index.html", "/srv/docs/current/7")).Should().Be("committed\ncommitted\n");
        await ShowAsync(shop, "topz, config-sync and git-sync, each twice");
    }

    private async Task<TestNamespace> CreateNamespaceAsync()
    {
        await GitServers.AddImageAsync();
        await ConfigSyncTests.AddImageAsync();
        await StandInImages.AddAsync("nginxinc/nginx-unprivileged:1.29-alpine", ["nginx"], Busybox.As("sh"));
        await StandInImages.AddAsync("nginx/nginx-prometheus-exporter:1.5.1", ["/usr/bin/nginx-prometheus-exporter", "-nginx.retries=100", "-nginx.retry-interval=300ms"]);
        return await installation.CreateNamespaceAsync();
    }

    private static string Site(string name) => ScriptPod.Of(name,
        $"mkdir /tmp/www && echo {name} >/tmp/www/name && echo text of {name} >/tmp/www/text && exec busybox httpd -f -p 8080 -h /tmp/www");

    private static async Task<RunningPod> StartAsync(TestNamespace space, string manifest) =>
        await RunningPod.WaitAsync(space, (string)(await space.CreateObjectAsync(manifest))["metadata"]!["name"]!);

    private static async Task<string> GetAsync(RunningPod pod, int port, string path) =>
        (await Command.RunAsync("curl", ["--silent", "--fail", "--max-time", "10", $"http://{pod.Address}:{port}/{path}"])).Output;

    private static async Task ShowAsync(RunningPod pod, string uses)
    {
        var containers = (await pod.ReadAsync())["status"]!["containerStatuses"]!.AsArray();
        containers.Should().OnlyContain(container => (bool)container!["ready"]!);
        (await pod.RestartsAsync()).Should().Be(0);
        Show.Line($"together: {uses} in one Pod; all {containers.Count} containers are ready, each answers, no restart");
    }
}
