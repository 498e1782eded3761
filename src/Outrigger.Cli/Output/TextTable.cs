namespace Outrigger.Cli.Output;

/// <summary>Columns of text, as wide as their widest cell; the last one is as long as it likes, and no line ends in spaces.</summary>
internal static class TextTable
{
    private const int Gap = 3;

    /// <summary>Writes rows of equally many cells, each line indented; line breaks in cells become spaces.</summary>
    public static void Write(TextWriter output, IReadOnlyList<string[]> rows, int indent = 0)
    {
        if (rows.Count == 0)
            return;
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
        {
            var cells = row.Select((cell, column) => cell.ReplaceLineEndings(" ").PadRight(widths[column] + Gap));
            output.Write($"{new string(' ', indent)}{string.Concat(cells)}".TrimEnd() + "\n");
        }
    }
}
