using System.Text;

namespace Outrigger.Cli.Docs;

/// <summary>Writes Markdown as GitHub reads it (https://github.github.com/gfm/).</summary>
internal static class Markdown
{
    /// <summary>Text as code inside of a line; empty for no text.</summary>
    public static string Code(string text)
    {
        if (text.Length == 0)
            return "";
        var fence = new string('`', Longest(text) + 1);
        var space = text[0] == '`' || text[^1] == '`' ? " " : "";
        return $"{fence}{space}{text.ReplaceLineEndings(" ")}{space}{fence}";
    }

    /// <summary>Texts as code, separated by commas.</summary>
    public static string Codes(IEnumerable<string> texts) => string.Join(", ", texts.Select(Code));

    /// <summary>A block of code.</summary>
    public static string Block(string language, string text)
    {
        var fence = new string('`', Math.Max(3, Longest(text) + 1));
        return $"{fence}{language}\n{text.TrimEnd('\n')}\n{fence}\n";
    }

    /// <summary>A table; nothing where it has no rows. Cells are Markdown of one line.</summary>
    public static string Table(string[] titles, IReadOnlyCollection<string[]> rows)
    {
        if (rows.Count == 0)
            return "";
        var table = new StringBuilder();
        foreach (var cells in (IEnumerable<string[]>)[titles, [.. titles.Select(_ => "---")], .. rows])
            table.Append("| ").AppendJoin(" | ", cells.Select(Cell)).Append(" |\n");
        return table.ToString();
    }

    // A bar ends the cell, in code too, unless it is escaped.
    private static string Cell(string text) => text.Trim().ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal);

    private static int Longest(string text)
    {
        var (longest, run) = (0, 0);
        foreach (var character in text)
        {
            run = character == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
