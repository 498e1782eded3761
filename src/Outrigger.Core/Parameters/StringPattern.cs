using System.Text.RegularExpressions;

namespace Outrigger.Core.Parameters;

/// <summary>
/// A schema's <c>pattern</c>: a regular expression in the syntax of RE2, which Kubernetes' own schemas use too, so without look-around and
/// back references. It is found anywhere in a value unless it is anchored, <c>$</c> is the very end, and matching takes time linear in the
/// value's length whatever a stranger writes.
/// </summary>
public sealed class StringPattern
{
    private readonly Lazy<Regex> _regex;
    private readonly Lazy<bool> _takesDollar;

    private StringPattern(string text, bool allowsLineBreak)
    {
        Text = text;
        AllowsLineBreak = allowsLineBreak;
        _takesDollar = new(() => HasDollar(text));
        // Made on first use: the engine that guarantees linear time takes milliseconds to build, and a start builds many schemas.
        _regex = new(() => new Regex(RegularExpression.ToDotNet(text), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant));
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>Whether some value with a line break could match: the expression is not anchored at both ends, or lets one in.</summary>
    public bool AllowsLineBreak { get; }

    /// <summary>Whether some part of it takes a dollar sign, so that a value may name a variable as <c>$(NAME)</c>; on the safe side.</summary>
    public bool TakesDollar => _takesDollar.Value;

    /// <summary>The pattern, or a clause that says what is wrong with it.</summary>
    public static StringPattern? Parse(string text, out string? mistake)
    {
        mistake = RegularExpression.Check(text, out var allowsLineBreak);
        return mistake is null ? new(text, allowsLineBreak) : null;
    }

    /// <summary>Whether a value matches.</summary>
    public bool IsMatch(string value) => _regex.Value.IsMatch(value);

    /// <inheritdoc />
    public override string ToString() => Text;

    private static bool HasDollar(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var start = i;
            if (text[i] == '.' || (text[i] == '\\' && ++i < text.Length && text[i] is '$' or 'S' or 'D' or 'W'))
                return true;
            if (text[start] != '[')
                continue;
            // A bracket at the start of a class is one of its characters.
            for (i += text.AsSpan(i + 1).StartsWith("^") ? 3 : 2; i < text.Length && text[i] != ']'; i++)
            {
                if (text[i] == '\\')
                    i++;
            }

            if (Regex.IsMatch("$", RegularExpression.ToDotNet(text[start..Math.Min(i + 1, text.Length)])))
                return true;
        }

        return false;
    }
}
