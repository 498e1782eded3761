using System.Text;
using Outrigger.Cli.Inputs;
using Outrigger.Cli.Patterns;
using Outrigger.Core.Catalog;
using Outrigger.Core.Results;

namespace Outrigger.Cli.Docs;

/// <summary>The pages of a catalog.</summary>
internal static class CatalogPages
{
    private const string Index = "README.md";

    /// <summary>
    /// A page for each pattern and the index, or every mistake in the examples. The same catalog gives the same pages, byte for byte.
    /// </summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="exampleBeside">The example that stands beside a file of patterns, or null.</param>
    public static Result<IReadOnlyList<Page>> Of(AuthoredCatalog catalog, Func<string, ManifestFile?> exampleBeside)
    {
        var problems = new List<Problem>();
        var examples = new Dictionary<string, ManifestFile?>();
        foreach (var file in catalog.Patterns.GroupBy(pattern => pattern.Location.File))
        {
            var example = examples[file.Key] = exampleBeside(file.Key);
            if (example is not null)
                problems.AddRange(ExampleInjection.Problems(example, catalog.Snapshot, file.First().Namespace));
        }

        if (problems.Count > 0)
            return Result.Fail<IReadOnlyList<Page>>(problems.Distinct());
        var byName = catalog.Patterns.GroupBy(pattern => (pattern.Name, pattern.Namespace))
            .OrderBy(name => name.Key.Name, StringComparer.Ordinal).ThenBy(name => name.Key.Namespace, StringComparer.Ordinal);
        var names = byName.Select(name => Ordered([.. name])).ToList();
        IEnumerable<Page> pages = names.Select(versions => PatternPage.Of([.. versions.Select(pattern => Documented(pattern, catalog, examples))]));
        return Result.Ok<IReadOnlyList<Page>>([IndexOf(names), .. pages]);
    }

    private static DocumentedPattern Documented(Pattern pattern, AuthoredCatalog catalog, Dictionary<string, ManifestFile?> examples)
    {
        var source = PatternSource.Of(pattern, catalog.Files);
        return new(pattern, source, ExampleInjection.Of(pattern, source, examples[pattern.Location.File], catalog.Snapshot));
    }

    // The one that a use without a version gets, then the others from the newest on.
    private static List<Pattern> Ordered(Pattern[] versions)
    {
        var usual = new PatternReference(versions[0].Name, null).Choose(versions);
        return [.. versions.OrderByDescending(pattern => ReferenceEquals(pattern, usual)).ThenByDescending(pattern => pattern.Version)];
    }

    private static Page IndexOf(List<List<Pattern>> names)
    {
        var page = new StringBuilder(Page.Mark).Append("\n\n# Patterns\n\n");
        page.Append("What each pattern does, its parameters, and what it adds to a Pod.\n\n");
        page.Append(Markdown.Table(["pattern", "role", "version", "does"], [.. names.Select(versions => (string[])
        [
            $"[{(versions[0].Namespace is { } space ? $"{space}/" : "")}{versions[0].Name}]({PatternPage.FileOf(versions[0])})",
            versions[0].Role.Name(), string.Join(", ", versions.Select(pattern => pattern.Version)), versions[0].Summary,
        ])]));
        return new(Index, page.ToString());
    }
}
