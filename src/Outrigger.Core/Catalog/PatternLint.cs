using System.Collections.Immutable;
using Outrigger.Core.Catalog.Lint;
using Outrigger.Core.Results;

namespace Outrigger.Core.Catalog;

/// <summary>
/// A pattern author's check, beyond what the reader refuses: what works and is still a trap for those who use the pattern.
/// </summary>
public static class PatternLint
{
    /// <summary>All findings of a catalog that could be read: pattern by pattern, each from its first line to its last.</summary>
    /// <param name="snapshot">The catalog, other patterns that its bindings refer to included.</param>
    /// <param name="isMine">Which patterns are looked at, by the file that they were read from.</param>
    public static ImmutableArray<Problem> Check(CatalogSnapshot snapshot, Func<string, bool> isMine) =>
        [.. snapshot.Patterns.Where(pattern => isMine(pattern.Location.File)).SelectMany(pattern => Check(pattern, snapshot))];

    private static IEnumerable<Problem> Check(Pattern pattern, CatalogSnapshot snapshot)
    {
        IEnumerable<Problem> findings =
        [
            .. DocumentLint.Check(pattern, snapshot),
            .. ParameterLint.Check(pattern),
            .. FileLint.Check(pattern),
            .. MountLint.Check(pattern),
            .. RepeatLint.Check(pattern),
            .. ImageLint.Check(pattern),
            .. ProbeLint.Check(pattern),
            .. PortLint.Check(pattern),
            .. ResourceLint.Check(pattern),
            .. SecurityLint.Check(pattern),
        ];
        // Two containers of one image say the same of its parameter.
        return findings.Distinct().OrderBy(finding => finding.Location?.Line);
    }
}
