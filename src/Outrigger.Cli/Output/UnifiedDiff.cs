using DiffPlex;
using DiffPlex.Model;

namespace Outrigger.Cli.Output;

/// <summary>
/// The unified format of POSIX diff (https://pubs.opengroup.org/onlinepubs/9799919799/utilities/diff.html), three lines of context,
/// which <c>patch</c> and editors read.
/// </summary>
internal static class UnifiedDiff
{
    private const int Context = 3;
    private const string NoNewline = "\\ No newline at end of file";

    /// <summary>Writes what changed between two texts; nothing at all where they are the same.</summary>
    public static void Write(TextWriter output, string oldName, string newName, string oldText, string newText, bool colors = false)
    {
        if (oldText == newText)
            return;
        var before = Lines(oldText);
        var after = Lines(newText);

        var blocks = new Differ().CreateCustomDiffs(oldText, newText, ignoreWhiteSpace: false, ignoreCase: false, Lines).DiffBlocks;
        Line(output, Style.Title, "--- " + oldName, colors);
        Line(output, Style.Title, "+++ " + newName, colors);
        foreach (var hunk in Hunks(blocks))
            WriteHunk(output, hunk, before, after, colors);
    }

    private static void WriteHunk(TextWriter output, List<DiffBlock> hunk, string[] before, string[] after, bool colors)
    {
        var (first, last) = (hunk[0], hunk[^1]);
        var lead = Math.Min(Context, first.DeleteStartA);
        var tail = Math.Min(Context, before.Length - last.DeleteStartA - last.DeleteCountA);
        var (oldStart, newStart) = (first.DeleteStartA - lead, first.InsertStartB - lead);
        var oldCount = last.DeleteStartA + last.DeleteCountA + tail - oldStart;
        var newCount = last.InsertStartB + last.InsertCountB + tail - newStart;
        Line(output, Style.Hunk, $"@@ -{Range(oldStart, oldCount)} +{Range(newStart, newCount)} @@", colors);
        var at = oldStart;
        foreach (var block in hunk)
        {
            Lines(output, null, ' ', before.AsSpan(at, block.DeleteStartA - at), colors);
            Lines(output, Style.Removed, '-', before.AsSpan(block.DeleteStartA, block.DeleteCountA), colors);
            Lines(output, Style.Added, '+', after.AsSpan(block.InsertStartB, block.InsertCountB), colors);
            at = block.DeleteStartA + block.DeleteCountA;
        }

        Lines(output, null, ' ', before.AsSpan(at, tail), colors);
    }

    // Changes whose contexts touch share a hunk.
    private static IEnumerable<List<DiffBlock>> Hunks(IEnumerable<DiffBlock> blocks)
    {
        List<DiffBlock> hunk = [];
        foreach (var block in blocks)
        {
            if (hunk.Count > 0 && block.DeleteStartA - (hunk[^1].DeleteStartA + hunk[^1].DeleteCountA) > 2 * Context)
            {
                yield return hunk;
                hunk = [];
            }

            hunk.Add(block);
        }

        if (hunk.Count > 0)
            yield return hunk;
    }

    // Lines count from 1, and an empty range names the line before it.
    private static string Range(int start, int count) => count switch
    {
        0 => $"{start},0",
        1 => $"{start + 1}",
        _ => $"{start + 1},{count}",
    };

    private static void Lines(TextWriter output, Style? style, char sign, ReadOnlySpan<string> lines, bool colors)
    {
        foreach (var line in lines)
        {
            Line(output, style, sign + line.TrimEnd('\n'), colors);
            if (!line.EndsWith('\n'))
                Line(output, null, NoNewline, colors);
        }
    }

    private static void Line(TextWriter output, Style? style, string text, bool colors) =>
        output.Write((style?.Apply(text, colors) ?? text) + "\n");

    private static string[] Lines(string text)
    {
        var lines = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end + 1;
            lines.Add(text[start..end]);
            start = end;
        }

        return [.. lines];
    }
}
