using Outrigger.Core.Results;

namespace Outrigger.Core.Catalog.Lint;

/// <summary>What a pattern tells about itself, and about others.</summary>
internal static class DocumentLint
{
    /// <summary>
    /// Labels by which tools group what belongs together
    /// (https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/).
    /// </summary>
    private static readonly (string Key, string Says)[] Labels =
        [("app.kubernetes.io/name", "the pattern's name"), ("app.kubernetes.io/part-of", "the catalog or product that it belongs to")];

    /// <summary>All findings.</summary>
    public static IEnumerable<Problem> Check(Pattern pattern, CatalogSnapshot snapshot)
    {
        if (string.IsNullOrWhiteSpace(pattern.Summary))
            yield return Problem.At(pattern.Location, "spec.summary", "is missing: one line that says what the pattern does");
        else if (pattern.Summary.TrimEnd().AsSpan().ContainsAny('\n', '\r'))
            yield return Problem.At(pattern.Location, "spec.summary", "has several lines; one is allowed, the rest belongs into spec.description");
        if (string.IsNullOrWhiteSpace(pattern.Description))
            yield return Problem.At(pattern.Location, "spec.description", "is missing: how it works and what one has to know to use it, in Markdown");
        foreach (var (key, says) in Labels)
        {
            if (string.IsNullOrWhiteSpace(pattern.DocumentLabels.GetValueOrDefault(key)))
                yield return Problem.At(pattern.Location, $"metadata.labels.{key}", $"is missing: {says}, as a string");
        }

        var names = snapshot.VisibleIn(pattern.Namespace).Select(other => other.Name).ToHashSet();
        foreach (var (field, others) in new[] { ("after", pattern.After), ("conflictsWith", pattern.ConflictsWith) })
        {
            foreach (var name in others.Where(name => !names.Contains(name)))
            {
                var hint = Nearest.Hint(name, names);
                yield return Problem.At(pattern.Location, $"spec.{field}", $"names {Shown.Quoted(name)}, which is no pattern of this catalog{hint}");
            }
        }
    }
}
