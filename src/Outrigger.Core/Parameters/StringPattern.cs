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

    private StringPattern(string text, bool allowsLineBreak)
    {
        Text = text;
        AllowsLineBreak = allowsLineBreak;
        // Made on first use: the engine that guarantees linear time takes milliseconds to build, and a start builds many schemas.
        _regex = new(() => new Regex(RegularExpression.ToDotNet(text), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant));
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>Whether some value with a line break could match: the expression is not anchored at both ends, or lets one in.</summary>
    public bool AllowsLineBreak { get; }

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
}
