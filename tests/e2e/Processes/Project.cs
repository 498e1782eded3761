namespace Outrigger.E2e.Processes;

/// <summary>Where the project's folders and published programs are.</summary>
internal static class Project
{
    /// <summary>The top of the project.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The published command line.</summary>
    public static string CommandLine { get; } = Published("artifacts/outrigger");

    /// <summary>The published server.</summary>
    public static string Webhook { get; } = Published("artifacts/webhook/Outrigger.Webhook");

    /// <summary>The folder that becomes <c>/app</c> in an image.</summary>
    public static string Image => Path.GetDirectoryName(Published("artifacts/image/app/Outrigger.Webhook"))!;

    private static string Published(string path)
    {
        var full = Path.Combine(Root, path);
        return File.Exists(full) ? full : throw new FileNotFoundException($"There is no {path}; `make e2e` makes it before it starts the tests.");
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Webhook.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("The tests are outside of the project.");
        return folder;
    }
}
