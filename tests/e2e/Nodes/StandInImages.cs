using System.Collections.Concurrent;
using System.Text.Json;
using Outrigger.E2e.Processes;

namespace Outrigger.E2e.Nodes;

/// <summary>
/// Images under the names of upstream ones, made on the node from the same programs of Debian: no registry is reached from there. What the
/// program behind a pattern does is thereby tested; how its upstream image is laid out is not.
/// </summary>
internal static class StandInImages
{
    /// <summary>Names another program than the shared cluster's.</summary>
    public const string Variable = "OUTRIGGER_NODE_IMAGES";

    private static readonly ConcurrentDictionary<string, Lazy<Task>> Made = new();

    /// <summary>What makes them: <c>PROGRAM add REFERENCE -e ENTRYPOINT -c COMMAND -u USER SOURCE:DESTINATION...</c></summary>
    public static string Program { get; } =
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : Path.Combine(Project.Root, "..", "shared", "cluster", "images");

    /// <summary>Puts an image on the node, once in a run.</summary>
    /// <param name="reference">Its name, as a Pod says it.</param>
    /// <param name="entrypoint">What it starts, or nothing.</param>
    /// <param name="files">Files and folders of this machine in it, each as <c>SOURCE:DESTINATION</c>.</param>
    public static Task AddAsync(string reference, string[]? entrypoint = null, params string[] files) =>
        Made.GetOrAdd(reference, _ => new(() => MakeAsync(reference, entrypoint ?? [], files))).Value;

    private static Task<Command> MakeAsync(string reference, string[] entrypoint, string[] files)
    {
        string[] start = entrypoint.Length == 0 ? [] : ["-e", JsonSerializer.Serialize(entrypoint)];
        return Command.RunAsync(Program, ["add", reference, .. start, .. files], limit: TimeSpan.FromMinutes(5));
    }
}
