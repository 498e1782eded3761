namespace Outrigger.Cli;

/// <summary>How the user called this program.</summary>
internal static class ProgramNames
{
    /// <summary>
    /// The name to show for the path that the program was started by. kubectl runs an executable <c>kubectl-NAME</c> of the PATH as
    /// <c>kubectl NAME</c> (https://kubernetes.io/docs/tasks/extend-kubectl/kubectl-plugins/).
    /// </summary>
    public static string Of(string? path)
    {
        var name = Path.GetFileNameWithoutExtension(path ?? "");
        return name.StartsWith("kubectl-", StringComparison.Ordinal) ? "kubectl outrigger" : "outrigger";
    }

    /// <summary>
    /// The name by which this process was started. The runtime resolves links before it tells its own path, so a link named
    /// <c>kubectl-outrigger</c> shows only in what the kernel was given.
    /// </summary>
    public static string OfProcess()
    {
        const string commandLine = "/proc/self/cmdline";
        try
        {
            return Of(File.Exists(commandLine) ? File.ReadAllText(commandLine).Split('\0')[0] : Environment.ProcessPath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Of(Environment.ProcessPath);
        }
    }
}
