using System.Text.Json.Nodes;
using Outrigger.E2e.Processes;

namespace Outrigger.E2e.Clusters;

/// <summary>A namespace with a name of its own, deleted with all that is in it at the end.</summary>
internal sealed class TestNamespace : IAsyncDisposable
{
    private TestNamespace(string name) => Name = name;

    public string Name { get; }

    /// <summary>Makes a namespace that Pods can be created in.</summary>
    /// <param name="labels">Labels, as <c>KEY=VALUE</c>.</param>
    public static async Task<TestNamespace> CreateAsync(params string[] labels)
    {
        var space = new TestNamespace($"outrigger-e2e-{Guid.NewGuid():N}"[..24]);
        await Kubectl.RunAsync(["create", "namespace", space.Name]);
        // The cluster takes a moment to make the service account that every Pod names; not the webhook's business yet.
        await Eventually.BeAsync($"Pods to be accepted in {space.Name}", async () =>
            (await space.TryCreateAsync(Manifests.Plain("probe"), "--dry-run=server")).ExitCode == 0);
        foreach (var label in labels)
            await space.LabelAsync(label);
        return space;
    }

    /// <summary>Labels the namespace itself, with <c>KEY=VALUE</c> or, to remove it, <c>KEY-</c>.</summary>
    public Task<Command> LabelAsync(string label) => Kubectl.RunAsync(["label", "namespace", Name, label, "--overwrite"]);

    /// <summary>Creates what a manifest holds, and gives what the API server made of it.</summary>
    public Task<JsonObject> CreateObjectAsync(string manifest, params string[] flags) =>
        Kubectl.JsonAsync(["--namespace", Name, "create", "--filename", "-", .. flags], manifest);

    /// <summary>Tries to create what a manifest holds.</summary>
    public Task<Command> TryCreateAsync(string manifest, params string[] flags) =>
        Kubectl.TryAsync(["--namespace", Name, "create", "--filename", "-", .. flags], manifest);

    /// <summary>Reads an object, or null where there is none.</summary>
    public async Task<JsonObject?> FindAsync(string kind, string name)
    {
        var command = await Kubectl.RunAsync(["--namespace", Name, "get", kind, name, "--ignore-not-found", "--output", "json"]);
        return command.Output.Length > 0 ? command.Json : null;
    }

    /// <summary>The objects of a kind, filtered by further flags.</summary>
    public async Task<JsonObject[]> ListAsync(string kind, params string[] flags) =>
        [.. (await Kubectl.JsonAsync(["--namespace", Name, "get", kind, .. flags]))["items"]!.AsArray().Select(item => item!.AsObject())];

    /// <inheritdoc />
    public async ValueTask DisposeAsync() => await Kubectl.TryAsync(["delete", "namespace", Name, "--wait=false"]);
}
