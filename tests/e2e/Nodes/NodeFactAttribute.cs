using System.Diagnostics;

namespace Outrigger.E2e.Nodes;

/// <summary>
/// A test that needs Pods to run, and images that no registry serves here. Skipped where the cluster has no node or nobody can make images for
/// it; where OUTRIGGER_NODE_TESTS is set, it is never skipped.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Reason = new(FindReason);

    public NodeFactAttribute()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("OUTRIGGER_NODE_TESTS")))
            Skip = Reason.Value!;
    }

    private static string? FindReason()
    {
        if (!File.Exists(StandInImages.Program))
            return $"there is no {StandInImages.Program}, which makes the images; {StandInImages.Variable} may name another";
        using var kubectl = Process.Start(new ProcessStartInfo("kubectl", ["get", "nodes", "--output", "name", "--request-timeout", "10s"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var nodes = kubectl.StandardOutput.ReadToEnd();
        kubectl.WaitForExit();
        return nodes.Length > 0 ? null : "the cluster has no node: Pods do not run there";
    }
}
