using System.Collections.Immutable;
using System.Text.Json;
using Outrigger.Golden;
using Outrigger.Webhook.Tests.Hosting;

namespace Outrigger.Webhook.Tests.Golden;

/// <summary>A server for each catalog and settings that golden cases name, shared by the cases that name the same.</summary>
public sealed class GoldenServers : IAsyncLifetime
{
    private readonly Dictionary<string, TestServer> _servers = new(StringComparer.Ordinal);
    private readonly List<IAsyncDisposable> _clusters = [];
    private readonly List<TemporaryFolder> _folders = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var one in _servers.Values.Concat(_clusters))
            await one.DisposeAsync();
        _folders.ForEach(folder => folder.Dispose());
    }

    /// <summary>The server for a case, told of its settings by flags.</summary>
    /// <param name="golden">The case.</param>
    /// <param name="later">Whether <c>later.yaml</c> stands in the place of <c>catalog.yaml</c>.</param>
    internal async Task<TestServer> ForAsync(GoldenCase golden, bool later)
    {
        ImmutableArray<string> texts = [.. golden.CatalogPaths.Select(path => File.ReadAllText(Later(path, later)))];
        var settings = golden.Settings;
        string[] flags =
        [
            $"--native-sidecars={(settings.NativeSidecars ? "always" : "never")}",
            $"--builtin-patterns={(golden.HasBuiltIns ? "true" : "false")}",
            .. settings.ImageRegistry is { } registry ? [$"--image-registry={registry}"] : Array.Empty<string>(),
            .. settings.Defaults.Select(text => $"--default={text}"),
        ];
        var namespaces = JsonSerializer.Serialize(settings.Namespaces);
        var key = string.Join('\n', [.. flags, namespaces, .. texts]);
        if (!_servers.TryGetValue(key, out var server))
            _servers[key] = server = await StartAsync(texts, flags, settings.Namespaces.IsEmpty ? null : namespaces);
        return server;
    }

    private async Task<TestServer> StartAsync(ImmutableArray<string> texts, string[] flags, string? namespaces)
    {
        var folder = new TemporaryFolder();
        _folders.Add(folder);
        foreach (var (index, text) in texts.Index())
            folder.Write($"{index}.yaml", text);
        var tuning = TestServer.NoCluster;
        if (namespaces is not null)
        {
            var cluster = await FakeApiServer.StartAsync(36, namespaces);
            _clusters.Add(cluster);
            cluster.Answers.SetResult();
            tuning = new HostTuning { Cluster = cluster.Environment };
        }

        return await TestServer.StartAsync(tuning, [.. flags, $"--catalog={folder.Path}"]);
    }

    private static string Later(string path, bool later) =>
        later && Path.Combine(Path.GetDirectoryName(path)!, "later.yaml") is var file && Path.GetFileName(path) == "catalog.yaml" && File.Exists(file) ? file : path;
}
