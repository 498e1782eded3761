using System.Diagnostics;
using System.Text.Json.Nodes;
using Outrigger.E2e.Clusters;
using Outrigger.E2e.Nodes;
using Outrigger.E2e.Processes;

namespace Outrigger.E2e.Charts;

/// <summary>
/// The webhook in Pods, installed from nothing by the chart, with the certificates that the chart chooses by itself. Its registration is limited
/// to namespaces that are labelled for it: nobody else who uses the cluster is touched.
/// </summary>
public class ChartInstallation : IAsyncLifetime
{
    private const string Image = "localhost/outrigger:chart-e2e";

    private readonly string _id = $"{Guid.NewGuid():N}"[..8];
    private JsonObject _values = [];
    private TestNamespace? _own;
    private RenderedRelease? _release;

    /// <summary>The namespace of the webhook itself.</summary>
    internal TestNamespace Own => _own!;

    internal RenderedRelease Release => _release!;

    /// <summary>From the start of <c>kubectl apply</c> until the first annotated Pod was injected.</summary>
    public TimeSpan UntilInjected { get; private set; }

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        await StandInImages.AddAsync(Image, ["/app/Outrigger.Webhook"], $"{Project.Image}:/app");
        _own = await TestNamespace.CreateAsync();
        _values = await ValuesAsync();
        _release = await RenderAsync([]);
        await using var space = await CreateNamespaceAsync();
        var began = Stopwatch.GetTimestamp();
        await Release.ApplyAsync();
        await Eventually.BeAsync("an annotated Pod to be injected", async () => await IsInjectedAsync(space), TimeSpan.FromMinutes(2));
        UntilInjected = Stopwatch.GetElapsedTime(began);
    }

    /// <summary>A namespace that the webhook is for.</summary>
    internal Task<TestNamespace> CreateNamespaceAsync() => TestNamespace.CreateAsync("outrigger.dev/injection=enabled", $"outrigger-e2e/installation={_id}");

    /// <summary>Installs other values over the ones in force, as an upgrade does.</summary>
    internal async Task UpgradeAsync(JsonObject values)
    {
        _release = await RenderAsync(values);
        await Release.ApplyAsync();
    }

    /// <summary>Sets the number of replicas, and waits until that many are ready.</summary>
    internal async Task ScaleAsync(int replicas)
    {
        await Kubectl.RunAsync(["--namespace", Own.Name, "scale", $"deployment/{Name}", $"--replicas={replicas}"]);
        await Eventually.BeAsync($"{replicas} replicas", async () => (await PodsAsync()).Length == replicas && await ReadyAsync() == replicas, TimeSpan.FromMinutes(2));
    }

    /// <summary>The webhook's Pods; those that end are still among them.</summary>
    internal Task<JsonObject[]> PodsAsync() => Own.ListAsync("pods", "--selector", "app.kubernetes.io/component=webhook");

    /// <summary>Whether a Pod that asks for a pattern would get it at this moment.</summary>
    internal static async Task<bool> IsInjectedAsync(TestNamespace space) =>
        (await space.TryCreateAsync(Asking("probe"), "--dry-run=server", "--output", "json")) is { ExitCode: 0, Output: var pod } && pod.Contains("outrigger.dev/status", StringComparison.Ordinal);

    /// <summary>A Pod that asks for a pattern.</summary>
    internal static string Asking(string name) => Manifests.Pod(name, [("outrigger.dev/sidecar", "topz"), ("topz.outrigger.dev/port", "8081")]);

    /// <summary>The name of all objects.</summary>
    internal string Name => $"outrigger-{_id}";

    /// <summary>What changes when a Pod is replaced or a container starts again.</summary>
    internal async Task<string[]> IdentitiesAsync() =>
    [
        .. (await PodsAsync())
            .Select(pod => $"{pod["metadata"]!["uid"]} {pod["status"]!["containerStatuses"]![0]!["containerID"]}")
            .Order(StringComparer.Ordinal),
    ];

    /// <inheritdoc />
    public async Task DisposeAsync()
    {
        if (_release is not null)
            await _release.DeleteAsync();
        if (_own is not null)
            await _own.DisposeAsync();
    }

    /// <summary>Values of this installation beside those that every test needs; the namespace exists already.</summary>
    protected virtual Task<JsonObject> ValuesAsync() => Task.FromResult(new JsonObject());

    private async Task<int> ReadyAsync() => (int?)(await Own.FindAsync("deployment", Name))!["status"]!["readyReplicas"] ?? 0;

    private async Task<RenderedRelease> RenderAsync(JsonObject more)
    {
        var values = new JsonObject
        {
            ["fullnameOverride"] = Name,
            ["image"] = new JsonObject { ["repository"] = Image.Split(':')[0], ["tag"] = Image.Split(':')[1] },
            ["admission"] = new JsonObject
            {
                ["namespaceSelector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["outrigger-e2e/installation"] = _id } },
            },
        };
        foreach (var (name, value) in _values.Concat(more))
            values[name] = value?.DeepClone();
        return await RenderedRelease.RenderAsync(Name, Own.Name, values);
    }
}
