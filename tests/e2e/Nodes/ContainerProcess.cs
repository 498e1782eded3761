using System.Globalization;
using System.Text.Json.Nodes;
using Outrigger.E2e.Processes;

namespace Outrigger.E2e.Nodes;

/// <summary>The first process of a container, as this machine sees it: the node is this machine.</summary>
internal sealed record ContainerProcess(int Id)
{
    /// <summary>The process of a Pod's only container.</summary>
    public static ContainerProcess Of(JsonObject pod)
    {
        var container = ((string)pod["status"]!["containerStatuses"]![0]!["containerID"]!).Split("//")[1];
        var ids = Directory.GetDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0 && Read($"/proc/{id}/cgroup").Contains(container, StringComparison.Ordinal));
        return new ContainerProcess(ids.Order().First());
    }

    /// <summary>Ends it without a word of warning.</summary>
    public Task<Command> KillAsync() => Command.RunAsync("kill", ["-9", $"{Id}"]);

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return "";
        }
    }
}
