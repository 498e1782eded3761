using System.Net;
using System.Text.Json;
using Outrigger.Webhook.Tests.Hosting;

namespace Outrigger.Webhook.Tests.Catalogs;

public sealed class CatalogSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Reload_FileAdded_PutsItInForce()
    {
        _folder.Write("a.yaml", Patterns.Sidecar("one"));
        await using var server = await StartAsync();

        _folder.Write("b.yaml", Patterns.Sidecar("two"));

        await server.Log.WaitAsync("CatalogLoaded", Holds(2));
        (await server.Ops.GetStringAsync("/readyz?verbose")).Should().Contain("[+]catalog ok: 2 patterns, 0 bindings\n");
    }

    [Fact]
    public async Task Reload_ConfigMapReplaced_PutsItInForce()
    {
        ConfigMapVolume.Replace(_folder.Path, ("a.yaml", Patterns.Sidecar("one")), ("b.yaml", Patterns.Sidecar("two")));
        await using var server = await StartAsync();
        await server.Log.WaitAsync("CatalogLoaded", Holds(2));

        ConfigMapVolume.Replace(
            _folder.Path, ("a.yaml", Patterns.Sidecar("one")), ("b.yaml", Patterns.Sidecar("two")), ("c.yaml", Patterns.Sidecar("three")));

        await server.Log.WaitAsync("CatalogLoaded", Holds(3));
        server.Log.All.Should().NotContain(line => line.GetProperty("level").GetString() == "error");
    }

    [Fact]
    public async Task Reload_BrokenFile_KeepsTheLastGoodOneStaysReadyAndTellsOnce()
    {
        _folder.Write("a.yaml", Patterns.Sidecar("one"));
        await using var server = await StartAsync();

        _folder.Write("b.yaml", Patterns.Broken("two"));
        await server.Log.WaitAsync("CatalogRefused");
        var problem = await server.Log.WaitAsync("CatalogProblem");

        problem.GetProperty("problem").GetString().Should().StartWith(_folder["b.yaml"] + ":");
        (await server.Client.ReviewAsync()).StatusCode.Should().Be(HttpStatusCode.OK);
        using var ready = await server.Ops.GetAsync("/readyz?verbose");
        ready.StatusCode.Should().Be(HttpStatusCode.OK);
        (await ready.Content.ReadAsStringAsync()).Should().MatchRegex(@"\[\+\]catalog ok: 1 patterns, 0 bindings; the files as of .* were refused: .*b\.yaml:");
        // A file beside it that is no part of the catalog makes the folder be looked at again.
        _folder.Write("note.txt", "x");
        _folder.Write("b.yaml", Patterns.Sidecar("two"));
        await server.Log.WaitAsync("CatalogLoaded", Holds(2));
        server.Log.All.Count(line => line.GetProperty("event").GetString() == "CatalogRefused").Should().Be(1);
        (await server.Ops.GetStringAsync("/readyz?verbose")).Should().NotContain("refused");
    }

    [Fact]
    public async Task Reload_FolderGone_KeepsTheLastGoodOne()
    {
        Directory.CreateDirectory(_folder["in"]);
        _folder.Write("in/a.yaml", Patterns.Sidecar("one"));
        await using var server = await StartAsync("in");

        // A deletion is not done at once: a look in its midst would find a folder that is there and empty.
        Directory.Move(_folder["in"], _folder["out"]);
        await server.Log.WaitAsync("CatalogRefused");

        (await server.Ops.GetStringAsync("/readyz?verbose")).Should().Contain("[+]catalog ok: 1 patterns");
    }

    private Task<TestServer> StartAsync(string folder = "") =>
        TestServer.StartAsync(null, "--builtin-patterns=false", $"--catalog={_folder[folder]}");

    private static Func<JsonElement, bool> Holds(int patterns) => line => line.GetProperty("patterns").GetInt32() == patterns;
}
