using System.Collections.Frozen;

namespace Outrigger.Core.Catalog.Lint;

/// <summary>
/// Words that say what a number counts. The list is generous, for a finding about a good description costs more trust than a bad one that
/// passes: it is there for the <c>Timeout.</c> of which nobody knows whether 5 is five seconds.
/// </summary>
internal static class UnitWords
{
    private static readonly FrozenSet<string> Known = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        [
            "nanosecond", "microsecond", "millisecond", "ms", "second", "minute", "hour", "day", "week",
            "byte", "bit", "kb", "mb", "gb", "kib", "mib", "gib", "character", "line",
            "percent", "%", "permille", "share", "ratio", "fraction", "factor", "weight", "proportion",
            "number", "count", "many", "times", "core", "millicore", "id", "uid", "gid", "port", "level", "index",
            "request", "connection", "replica", "worker", "process", "thread", "file", "entry", "entries", "message", "retry", "retries",
        ]);

    /// <summary>Whether a text has one of them, in the singular or the plural.</summary>
    public static bool AreIn(string text) => text
        .Split([' ', '\n', '\r', '\t', ',', '.', ';', ':', '(', ')', '/', '`', '-'], StringSplitOptions.RemoveEmptyEntries)
        .Any(word => Known.Contains(word) || Known.Contains(Without("s", word)) || Known.Contains(Without("es", word)));

    private static string Without(string ending, string word) =>
        word.EndsWith(ending, StringComparison.OrdinalIgnoreCase) ? word[..^ending.Length] : word;
}
