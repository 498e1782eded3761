using System.Collections.Immutable;
using Outrigger.Core.Catalog;
using Outrigger.Core.Results;

namespace Outrigger.Webhook.Catalogs;

/// <summary>
/// A folder of catalog files, its subfolders included. Names that begin with a dot are passed over: in a volume of a ConfigMap the files are
/// links into the hidden folder <c>..data</c>, itself a link to <c>..TIMESTAMP</c>, which is replaced to change them all at once
/// (https://kubernetes.io/docs/concepts/configuration/configmap/#mounted-configmaps-are-updated-automatically).
/// </summary>
internal static class CatalogFolder
{
    // Far more than a person would nest; what is deeper is a loop of links.
    private const int MaxDepth = 16;

    /// <summary>All files, in the order of their paths, or every reason why they cannot be read.</summary>
    public static ImmutableArray<CatalogFile> Read(string folder, List<Problem> problems)
    {
        if (!Directory.Exists(folder))
        {
            problems.Add(Problem.Of("--catalog", $"\"{folder}\" is not there; it must be a folder"));
            return [];
        }

        var paths = new List<string>();
        Collect(folder, 0, paths, problems);
        return [.. paths.Order(StringComparer.Ordinal).Select(path => ReadFile(path, problems)).OfType<CatalogFile>()];
    }

    private static void Collect(string folder, int depth, List<string> paths, List<Problem> problems)
    {
        if (depth > MaxDepth)
        {
            problems.Add(Problem.Of("--catalog", $"{folder} is nested more than {MaxDepth} folders deep"));
            return;
        }

        try
        {
            foreach (var path in Directory.EnumerateFileSystemEntries(folder))
            {
                if (Path.GetFileName(path).StartsWith('.'))
                    continue;
                if (Directory.Exists(path))
                    Collect(path, depth + 1, paths, problems);
                else if (Path.GetExtension(path) is ".yaml" or ".yml" or ".json")
                    paths.Add(path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(Problem.Of("--catalog", $"{folder} cannot be read: {e.Message}"));
        }
    }

    private static CatalogFile? ReadFile(string path, List<Problem> problems)
    {
        try
        {
            return new CatalogFile(path, File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(Problem.Of("--catalog", $"{path} cannot be read: {e.Message}"));
            return null;
        }
    }
}
