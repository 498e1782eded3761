namespace Outrigger.Core.Tests.Docs;

/// <summary>The repository around the tests.</summary>
internal static class Repository
{
    // What tools put there is no page of ours.
    private static readonly string[] NotOurs = ["bin", "obj", "artifacts", "TestResults"];

    /// <summary>The folder that holds <c>Webhook.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>All Markdown files by their paths from the root, with <c>/</c>.</summary>
    public static IEnumerable<string> Pages() => Pages(new DirectoryInfo(Root))
        .Select(file => Path.GetRelativePath(Root, file.FullName).Replace(Path.DirectorySeparatorChar, '/'))
        .Order(StringComparer.Ordinal);

    /// <summary>The text of a file.</summary>
    public static string Read(string page) => File.ReadAllText(Path.Combine(Root, page));

    private static IEnumerable<FileInfo> Pages(DirectoryInfo folder) => folder.EnumerateFiles("*.md").Concat(
        folder.EnumerateDirectories()
            .Where(inner => !inner.Name.StartsWith('.') && !NotOurs.Contains(inner.Name))
            .SelectMany(Pages));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Webhook.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"there is no Webhook.sln above {AppContext.BaseDirectory}");
    }
}
