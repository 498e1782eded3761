namespace Outrigger.Webhook.Tests.Hosting;

/// <summary>Files of the repository that the tests run in.</summary>
internal static class RepositoryFile
{
    public static string Read(string path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Webhook.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("the tests do not run inside the repository");
        return File.ReadAllText(Path.Combine(folder.FullName, path));
    }
}
