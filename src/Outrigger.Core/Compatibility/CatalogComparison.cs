using System.Collections.Immutable;
using System.Globalization;
using Outrigger.Core.Catalog;
using Outrigger.Core.Results;

namespace Outrigger.Core.Compatibility;

/// <summary>What a new state of a catalog means for those who use the old one.</summary>
/// <param name="Patterns">Each version that changed, came or went, by name and version. What stayed as it was is not among them.</param>
/// <param name="Unchanged">How many versions stayed as they were.</param>
/// <param name="Notes">What no version number can say, and no rule forbids: another default version.</param>
public sealed record CatalogComparison(ImmutableArray<PatternComparison> Patterns, int Unchanged, ImmutableArray<Problem> Notes)
{
    /// <summary>Compares all patterns of two states.</summary>
    public static CatalogComparison Compare(IEnumerable<Pattern> old, IEnumerable<Pattern> now)
    {
        var patterns = ImmutableArray.CreateBuilder<PatternComparison>();
        var notes = ImmutableArray.CreateBuilder<Problem>();
        var unchanged = 0;
        var before = old.ToLookup(pattern => (pattern.Namespace, pattern.Name));
        var after = now.ToLookup(pattern => (pattern.Namespace, pattern.Name));
        foreach (var name in before.Select(group => group.Key).Union(after.Select(group => group.Key))
            .OrderBy(key => key.Name, StringComparer.Ordinal).ThenBy(key => key.Namespace, StringComparer.Ordinal))
        {
            Pattern[] olds = [.. before[name].OrderBy(pattern => pattern.Version)];
            Pattern[] news = [.. after[name].OrderBy(pattern => pattern.Version)];
            var compared = Compare(olds, news);
            unchanged += compared.Count(one => one.IsUnchanged);
            patterns.AddRange(compared.Where(one => !one.IsUnchanged));
            if (NoteOfDefault(olds, news) is { } note)
                notes.Add(note);
        }

        return new(patterns.ToImmutable(), unchanged, notes.ToImmutable());
    }

    /// <summary>
    /// Each version of the new state is compared with the one of the old state that it follows: itself, else the greatest below it. A version
    /// that is gone and that none follows, neither of its own major version nor directly, is told by itself.
    /// </summary>
    private static List<PatternComparison> Compare(Pattern[] olds, Pattern[] news)
    {
        var pairs = news.Select(pattern => (New: pattern, Old: Base(pattern, olds, news))).ToList();
        return
        [
            .. pairs.Select(pair => new PatternComparison(pair.Old, pair.New, pair.Old is null ? [] : Changes(pair.Old, pair.New, news))),
            .. from line in olds.GroupBy(pattern => pattern.Version.Major)
               let newest = line.Last()
               where news.All(pattern => pattern.Version.Major != line.Key) && pairs.All(pair => pair.Old != newest)
               select new PatternComparison(newest, null, [LineGone(newest)]),
        ];
    }

    private static Pattern? Base(Pattern pattern, Pattern[] olds, Pattern[] news)
    {
        if (olds.LastOrDefault(old => old.Version <= pattern.Version) is { } followed)
            return followed;
        // Below all that there were: it stands in the place of the first one, if that is gone, or was added for those who want it.
        return olds.FirstOrDefault() is { } first && news.All(other => other.Version != first.Version) ? first : null;
    }

    private static ImmutableArray<Change> Changes(Pattern old, Pattern now, Pattern[] news)
    {
        var changes = PatternChanges.Between(old, now);
        return news.Any(pattern => pattern.Version.Major == old.Version.Major) ? changes : changes.Insert(0, LineGone(old));
    }

    private static Change LineGone(Pattern pattern) =>
        new(ChangeClass.Major, "version", pattern.Version.Text, null, string.Create(
            CultureInfo.InvariantCulture, $"a use of {pattern.Name}@{pattern.Version.Major} finds nothing; it can stay beside the new one"));

    // Where the new version stands in the place of the old one, their comparison says it already.
    private static Problem? NoteOfDefault(Pattern[] olds, Pattern[] news)
    {
        if (olds.Length == 0 || news.Length == 0)
            return null;
        var usual = new PatternReference(olds[0].Name, null);
        var (before, after) = (usual.Choose(olds)!, usual.Choose(news)!);
        var stand = olds.Any(pattern => pattern.Version == after.Version) || news.Any(pattern => pattern.Version == before.Version);
        return before.Version != after.Version && stand && PatternChanges.Between(before, after).Any(change => change.Class == ChangeClass.Major)
            ? Problem.At(after.Location, after.Name, $"a use without a version got {before.Version} and now gets {after.Version}, which breaks it")
            : null;
    }
}
