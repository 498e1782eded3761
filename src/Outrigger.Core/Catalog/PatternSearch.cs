using Outrigger.Core.Results;

namespace Outrigger.Core.Catalog;

/// <summary>Says why a reference finds nothing.</summary>
public static class PatternSearch
{
    /// <summary>A clause that names what was looked for, the nearest right name, and what there is.</summary>
    public static string NotFound(PatternReference reference, CatalogSnapshot snapshot, string? @namespace)
    {
        var visible = snapshot.VisibleIn(@namespace).ToList();
        var versions = visible.Where(pattern => pattern.Name == reference.Name).Select(pattern => pattern.Version.Text).ToList();
        if (versions.Count > 0)
            return $"pattern {reference.Name} has no version {Shown.Quoted(reference.Version ?? "")}; allowed are {Shown.List(versions)}, or the start of one, such as @1";
        var names = visible.Select(pattern => pattern.Name).Distinct().ToList();
        return $"there is no pattern {Shown.Quoted(reference.Name)}{Nearest.Hint(reference.Name, names)}; known are {Shown.List(names)}";
    }
}
