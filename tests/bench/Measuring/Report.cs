using System.Globalization;
using System.Text;

namespace Outrigger.Bench.Measuring;

/// <summary>The figures as a Markdown table, which reads well in a terminal too.</summary>
internal static class Report
{
    public static string Of(IReadOnlyList<Figure> figures)
    {
        string[][] rows =
        [
            ["measured", "figure", "aim", ""],
            .. figures.Select(figure => new[]
            {
                figure.Name,
                Text(figure.Value, figure.Unit),
                figure.Aim is { } aim ? "at most " + Text(aim, figure.Unit) : "",
                figure.Aim is null ? "" : figure.Holds ? "holds" : "misses",
            }),
        ];
        var widths = Enumerable.Range(0, 4).Select(column => rows.Max(row => row[column].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            text.Append("| ").AppendJoin(" | ", row.Select((cell, column) => column == 1 ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).Append(" |\n");
            if (row == rows[0])
                text.Append("| ").AppendJoin(" | ", widths.Select((width, column) => column == 1 ? new string('-', width - 1) + ":" : new string('-', width))).Append(" |\n");
        }

        return text.ToString();
    }

    private static string Text(double value, string unit) =>
        value.ToString(value < 10 ? "0.00" : "0", CultureInfo.InvariantCulture) + (unit.Length > 0 ? " " + unit : "");
}
