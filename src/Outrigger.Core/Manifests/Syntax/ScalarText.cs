using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Outrigger.Core.Manifests.Syntax;

/// <summary>How a string is written as a YAML scalar.</summary>
internal static partial class ScalarText
{
    private const int LongestNumber = 100;

    /// <summary>
    /// The string on one line: plain where every reader of YAML 1.1 and of 1.2 takes that for the same string, else in quotes.
    /// </summary>
    public static string Inline(string text)
    {
        if (text.Any(IsEscaped))
            return DoubleQuoted(text);
        if (text.Length == 0 || MeansSomethingElse(text))
            return $"\"{text}\"";
        return NeedsQuotes(text) ? $"'{text.Replace("'", "''", StringComparison.Ordinal)}'" : text;
    }

    /// <summary>In double quotes, which JSON reads too.</summary>
    public static string DoubleQuoted(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (char.IsHighSurrogate(character) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                quoted.Append(character).Append(text[++i]);
            else if (char.IsSurrogate(character))
                quoted.Append('\uFFFD');
            else
                AppendEscaped(quoted, character);
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>Whether a literal block (<c>|</c>) can hold the string: it has several lines, and nothing that must be escaped.</summary>
    public static bool FitsLiteral(string text)
    {
        if (!text.Contains('\n', StringComparison.Ordinal) || text.Any(character => IsEscaped(character) && character is not ('\n' or '\t')))
            return false;

        // Where the first line that is not empty starts with a tab or has only blanks, readers disagree on its indentation.
        var rest = text.AsSpan().TrimStart('\n');
        var end = rest.IndexOf('\n');
        var first = end < 0 ? rest : rest[..end];
        return !first.IsWhiteSpace() && first[0] != '\t';
    }

    /// <summary>The header of the literal block for a string: <c>|</c> with its indentation, where that cannot be seen, and its chomping.</summary>
    /// <param name="text">A string that <see cref="FitsLiteral"/>.</param>
    /// <param name="indentation">By how much its lines are indented more than the parent.</param>
    public static string LiteralHeader(string text, int indentation)
    {
        var indicator = text.AsSpan().TrimStart('\n')[0] == ' ' ? indentation.ToString(CultureInfo.InvariantCulture) : "";
        var chomping = !text.EndsWith('\n') ? "-" : text.EndsWith("\n\n", StringComparison.Ordinal) ? "+" : "";
        return $"|{indicator}{chomping}";
    }

    private static bool MeansSomethingElse(string text) =>
        ScalarTyping.TypeOf(text) != ScalarType.Text || text is "=" or "<<" || IsOfOtherReaders(text);

    // The expression tries again from many places: what is longer than any number or date is quoted where it only begins like one.
    private static bool IsOfOtherReaders(string text) =>
        text.Length <= LongestNumber ? OtherReaders().IsMatch(text) : char.IsAsciiDigit(text[0]) || text[0] is '+' or '-' or '.' or '_';

    private static bool NeedsQuotes(string text)
    {
        var next = text.Length > 1 ? text[1] : ' ';
        return ",[]{}#&*!|>'\"%@`".Contains(text[0], StringComparison.Ordinal)
            || (text[0] is '-' or '?' or ':' && next == ' ')
            || text.StartsWith("---", StringComparison.Ordinal) || text.StartsWith("...", StringComparison.Ordinal)
            || char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1]) || text[^1] == ':'
            || text.Contains(": ", StringComparison.Ordinal) || text.Contains(" #", StringComparison.Ordinal);
    }

    // YAML 1.1 takes NEL and the Unicode line and paragraph separators for line breaks; a byte order mark may be dropped anywhere.
    private static bool IsEscaped(char character) => character < ' ' || character is >= '\u007F' and <= '\u009F'
        || character is '\u2028' or '\u2029' or '\uFEFF' or '\uFFFE' or '\uFFFF';

    private static void AppendEscaped(StringBuilder quoted, char character)
    {
        switch (character)
        {
            case '"' or '\\':
                quoted.Append('\\').Append(character);
                break;
            case '\n':
                quoted.Append("\\n");
                break;
            case '\r':
                quoted.Append("\\r");
                break;
            case '\t':
                quoted.Append("\\t");
                break;
            case var other when IsEscaped(other):
                quoted.Append("\\u").Append(((int)other).ToString("x4", CultureInfo.InvariantCulture));
                break;
            default:
                quoted.Append(character);
                break;
        }
    }

    // What kubectl's library reads as text, but others as a number (of any size, of base 60) or as a date.
    [GeneratedRegex(@"\A([-+]?(?=[^0-9]{0,2}[0-9])[0-9_]*\.?[0-9_]*([eE][-+]?[0-9]+)?|[-+]?0[xXoObB][0-9a-fA-F_]+"
        + @"|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt \t].*)?)\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex OtherReaders();
}
