using System.Globalization;
using System.Text;

namespace Outrigger.Core.Results;

/// <summary>How a message shows a value that somebody else wrote: on one line, in quotes, and not at any length.</summary>
public static class Shown
{
    private const int Most = 60;

    /// <summary>The text in double quotes, control characters escaped, cut after 60 characters.</summary>
    public static string Quoted(string text)
    {
        var shown = new StringBuilder("\"");
        foreach (var character in text.AsSpan(0, Math.Min(text.Length, Most)))
        {
            _ = character switch
            {
                '\n' => shown.Append("\\n"),
                '\r' => shown.Append("\\r"),
                '\t' => shown.Append("\\t"),
                '"' => shown.Append("\\\""),
                // Format characters (zero width, right-to-left override) would make a message show something else than is there.
                _ when char.IsControl(character) || char.GetUnicodeCategory(character) == UnicodeCategory.Format =>
                    shown.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture)),
                _ => shown.Append(character),
            };
        }

        return shown.Append(text.Length > Most ? "...\"" : "\"").ToString();
    }

    /// <summary><c>a, b, c</c>, or <c>(none)</c>; at most 20 names.</summary>
    public static string List(IEnumerable<string> names)
    {
        var all = names.ToList();
        if (all.Count == 0)
            return "(none)";
        return string.Join(", ", all.Take(20)) + (all.Count > 20 ? string.Create(CultureInfo.InvariantCulture, $", and {all.Count - 20} more") : "");
    }
}
