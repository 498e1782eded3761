using Outrigger.E2e.Processes;

namespace Outrigger.E2e.Servers;

/// <summary>The published command line, run as a user would.</summary>
internal static class OutriggerCommand
{
    /// <summary>Runs it, whatever its exit code will be.</summary>
    public static Task<Command> TryAsync(string[] arguments, string input = "") => Command.TryAsync(Project.CommandLine, arguments, input);

    /// <summary>Runs it; it must succeed.</summary>
    public static Task<Command> RunAsync(string[] arguments, string input = "") => Command.RunAsync(Project.CommandLine, arguments, input);
}
