using System.Text.Json.Nodes;
using Outrigger.E2e.Processes;

namespace Outrigger.E2e.Clusters;

/// <summary>kubectl on the cluster of KUBECONFIG.</summary>
internal static class Kubectl
{
    /// <summary>Runs it, whatever its exit code will be.</summary>
    public static Task<Command> TryAsync(string[] arguments, string input = "", TimeSpan? limit = null) =>
        Command.TryAsync("kubectl", arguments, input, limit: limit);

    /// <summary>Runs it; it must succeed.</summary>
    public static Task<Command> RunAsync(string[] arguments, string input = "") => Command.RunAsync("kubectl", arguments, input);

    /// <summary>Runs it; it must succeed and print JSON.</summary>
    public static async Task<JsonObject> JsonAsync(string[] arguments, string input = "") =>
        (await RunAsync([.. arguments, "--output", "json"], input)).Json;

    /// <summary>Creates or changes an object.</summary>
    public static Task<Command> ApplyAsync(JsonObject manifest) => RunAsync(["apply", "--filename", "-"], manifest.ToJsonString());
}
