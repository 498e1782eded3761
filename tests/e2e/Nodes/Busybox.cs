namespace Outrigger.E2e.Nodes;

/// <summary>
/// busybox under the names of its commands, as images that are made from Alpine have it, ahead of Debian's own. Without a busybox on this
/// machine a stand-in has Debian's alone.
/// </summary>
internal static class Busybox
{
    private const string Program = "/bin/busybox";

    /// <summary>Files for <see cref="StandInImages"/>.</summary>
    public static string[] As(params string[] commands) =>
        File.Exists(Program) ? [.. commands.Select(command => $"{Program}:/usr/local/bin/{command}")] : [];
}
