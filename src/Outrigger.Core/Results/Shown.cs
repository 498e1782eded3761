using System.Globalization;
using System.Text;

namespace Outrigger.Core.Results;

/// <summary>How a message shows a value that somebody else wrote: on one line, in quotes, and not at any length.</summary>
public static class Shown
{
    private const int Most = 60;

    /// <summary>The text on one line: a line break becomes a space, any other control character its escape. Names in a message may be anything.</summary>
    public static string Line(string text)
    {
        if (!text.Any(IsHidden))
            return text;
        var line = new StringBuilder(text.Length);
        foreach (var character in text.ReplaceLineEndings(" "))
        {
            if (IsHidden(character))
                line.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture));
            else
                line.Append(character);
        }

        return line.ToString();
    }

    /// <summary>The text, or its first characters with dots behind them. Half of a character is left out.</summary>
    public static string Cut(string text, int most = Most) =>
        text.Length <= most ? text : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[most - 1]) ? most - 1 : most), "...");

    /// <summary>The text in double quotes, control characters escaped, cut after 60 characters.</summary>
    public static string Quoted(string text)
    {
        var shown = new StringBuilder("\"");
        var length = text.Length > Most && char.IsHighSurrogate(text[Most - 1]) ? Most - 1 : Math.Min(text.Length, Most);
        foreach (var character in text.AsSpan(0, length))
        {
            _ = character switch
            {
                '\n' => shown.Append("\\n"),
                '\r' => shown.Append("\\r"),
                '\t' => shown.Append("\\t"),
                '"' => shown.Append("\\\""),
                _ when IsHidden(character) =>
                    shown.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture)),
                _ => shown.Append(character),
            };
        }

        return shown.Append(text.Length > Most ? "...\"" : "\"").ToString();
    }

    // Format characters (zero width, right-to-left override) would make a message show something else than is there.
    private static bool IsHidden(char character) =>
        char.IsControl(character) || char.GetUnicodeCategory(character) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    /// <summary><c>a, b, c</c>, or <c>(none)</c>; at most 20 names.</summary>
    public static string List(IEnumerable<string> names)
    {
        var all = names.ToList();
        if (all.Count == 0)
            return "(none)";
        return string.Join(", ", all.Take(20)) + (all.Count > 20 ? string.Create(CultureInfo.InvariantCulture, $", and {all.Count - 20} more") : "");
    }
}
