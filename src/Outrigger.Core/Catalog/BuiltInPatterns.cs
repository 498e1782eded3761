namespace Outrigger.Core.Catalog;

/// <summary>The catalog that is embedded in the program: the folder <c>patterns/</c> at the time of the build.</summary>
public static class BuiltInPatterns
{
    private const string Prefix = "patterns/";

    /// <summary>All files, sorted by path. The paths are those of the project: <c>patterns/https/pattern.yaml</c>.</summary>
    public static IEnumerable<CatalogFile> Files
    {
        get
        {
            var assembly = typeof(BuiltInPatterns).Assembly;
            foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                yield return new(name, reader.ReadToEnd());
            }
        }
    }
}
