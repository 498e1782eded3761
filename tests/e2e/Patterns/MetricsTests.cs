using System.Globalization;
using System.Text.Json.Nodes;
using Outrigger.E2e.Clusters;
using Outrigger.E2e.Nodes;
using Outrigger.E2e.Processes;

namespace Outrigger.E2e.Patterns;

[Collection(SharedInstallation.Name)]
public sealed class MetricsTests(Installation installation)
{
    private const int Visits = 25;

    /// <summary>An nginx with a status page of its own.</summary>
    private const string WithPage = """
        echo 'events {} http { server { listen 80; location = /stub_status { stub_status; allow 127.0.0.1; deny all; } } }' >/tmp/nginx.conf
        exec nginx -e stderr -c /tmp/nginx.conf -g 'daemon off;'
        """;

    /// <summary>The nginx of the image, as it comes: it reads /etc/nginx/conf.d.</summary>
    private const string AsItComes = "exec nginx -g 'daemon off;'";

    [NodeFact]
    public async Task Configure_GivesAnNginxWithoutStatusPageItsMetrics()
    {
        await using var space = await CreateNamespaceAsync();
        var pod = await CreateAsync(space, AsItComes, ("metrics.outrigger.dev/configure", "true"));

        var grown = await GrowthAsync(pod);

        var conf = await pod.RunAsync("web", "ls", "/etc/nginx/conf.d");
        conf.Should().Contain("outrigger-metrics.conf");
        (await Command.TryAsync("curl", ["--silent", "--max-time", "5", $"http://{pod.Address}:19113/stub_status"])).ExitCode.Should().NotBe(0, "the page is for the Pod alone");
        Show.Line($"metrics: with configure, an nginx without a status page is given one; {Visits} connections later nginx_connections_accepted is greater by {grown}");
    }

    [NodeFact]
    public async Task StatusPageOfTheApplication_IsReadAsItIs()
    {
        await using var space = await CreateNamespaceAsync();
        var pod = await CreateAsync(space, WithPage);

        var grown = await GrowthAsync(pod);

        var annotations = (await pod.ReadAsync())["metadata"]!["annotations"]!;
        ((string?)annotations["prometheus.io/port"]).Should().Be("9113");
        Show.Line($"metrics: an nginx with a status page of its own; {Visits} connections later nginx_connections_accepted is greater by {grown}");
    }

    [NodeFact]
    public async Task NginxWithoutStatusPage_IsShownAsDown()
    {
        await using var space = await CreateNamespaceAsync();
        var pod = await CreateAsync(space, WithPage);
        (await ValueAsync(pod, "nginx_up")).Should().Be(1);

        await pod.RunAsync("web", "sh", "-c", "echo 'events {} http { server { listen 80; } }' >/tmp/nginx.conf; kill -HUP 1");
        await Eventually.BeAsync("the page to be missed", async () => await ValueAsync(pod, "nginx_up") == 0);

        Show.Line("metrics: nginx_up is 1, and 0 once the status page is gone; the exporter goes on");
        (await pod.RestartsAsync()).Should().Be(0);
    }

    private async Task<TestNamespace> CreateNamespaceAsync()
    {
        await NginxImages.AddExporterAsync();
        return await installation.CreateNamespaceAsync();
    }

    private static async Task<RunningPod> CreateAsync(TestNamespace space, string script, params (string Key, string Value)[] annotations)
    {
        var manifest = JsonNode.Parse(Manifests.Pod("web", [("outrigger.dev/adapter", "metrics"), .. annotations]))!;
        manifest["spec"]!["containers"] = new JsonArray(new JsonObject
        {
            ["name"] = "web",
            ["image"] = "nginx:1.29",
            ["command"] = new JsonArray("sh", "-c", script),
            ["ports"] = new JsonArray(new JsonObject { ["containerPort"] = 80 }),
        });
        await space.CreateObjectAsync(manifest.ToJsonString());
        return await RunningPod.WaitAsync(space, "web");
    }

    /// <summary>By how much the counter of accepted connections grows with some of them. Each scrape is one more, at least.</summary>
    private static async Task<double> GrowthAsync(RunningPod pod)
    {
        (await ValueAsync(pod, "nginx_up")).Should().Be(1);
        var before = await ValueAsync(pod, "nginx_connections_accepted");
        for (var i = 0; i < Visits; i++)
            await Command.TryAsync("curl", ["--silent", "--output", "/dev/null", "--max-time", "5", $"http://{pod.Address}/"]);
        var grown = await ValueAsync(pod, "nginx_connections_accepted") - before;
        grown.Should().BeInRange(Visits, Visits + 3);
        return grown;
    }

    private static async Task<double> ValueAsync(RunningPod pod, string metric)
    {
        var page = (await Command.RunAsync("curl", ["--silent", "--fail", "--max-time", "10", $"http://{pod.Address}:9113/metrics"])).Output;
        var line = page.Split('\n').Single(line => line.StartsWith($"{metric} ", StringComparison.Ordinal));
        return double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
    }
}
