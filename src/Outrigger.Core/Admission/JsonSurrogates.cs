using System.Globalization;

namespace Outrigger.Core.Admission;

/// <summary>
/// Finds escapes of halves of characters (<c>"\ud83d"</c> without what belongs behind it) in JSON. They are well-formed JSON and no text: reading
/// such a string throws, whoever comes upon it first.
/// </summary>
internal static class JsonSurrogates
{
    private const int EscapeLength = 6;

    /// <summary>Whether a string of the JSON text holds one.</summary>
    /// <param name="json">UTF-8. What is not JSON is for the parser to refuse; no answer here is wrong then.</param>
    public static bool HasLoneOne(ReadOnlySpan<byte> json)
    {
        for (var at = 0; ; at++)
        {
            var next = json[at..].IndexOf("\\u"u8);
            if (next < 0)
                return false;
            at += next;
            if (IsEscaped(json, at) || CodeAt(json[at..]) is not { } code || !char.IsSurrogate(code))
                continue;
            if (!char.IsHighSurrogate(code) || CodeAt(json[(at + EscapeLength)..]) is not { } low || !char.IsLowSurrogate(low))
                return true;
            at += EscapeLength;
        }
    }

    /// <summary>Whether the backslash there is itself escaped: an odd number of them stands before it.</summary>
    private static bool IsEscaped(ReadOnlySpan<byte> json, int at)
    {
        var start = at;
        while (start > 0 && json[start - 1] == '\\')
            start--;
        return (at - start) % 2 == 1;
    }

    private static char? CodeAt(ReadOnlySpan<byte> escape) =>
        escape.StartsWith("\\u"u8) && escape.Length >= EscapeLength
        && ushort.TryParse(escape[2..EscapeLength], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            ? (char)code
            : null;
}
