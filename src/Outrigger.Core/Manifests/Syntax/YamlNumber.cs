using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Outrigger.Core.Manifests.Syntax;

/// <summary>A number as YAML 1.1 writes it: <c>0x1F</c>, <c>0644</c> (octal), <c>1_000</c>, <c>.5</c>.</summary>
/// <param name="Type">Whole or not.</param>
/// <param name="Json">The same number as JSON writes it.</param>
internal readonly partial record struct YamlNumber(ScalarType Type, string Json)
{
    /// <summary>The number that a plain scalar is, or null.</summary>
    public static YamlNumber? Read(string plain)
    {
        if (plain.Length == 0 || !(char.IsAsciiDigit(plain[0]) || plain[0] is '+' or '-' or '.'))
            return null;
        var text = plain[0] == '.' ? plain : plain.Replace("_", "", StringComparison.Ordinal);
        return Whole(text) ?? Fraction(text);
    }

    private static YamlNumber? Whole(string text)
    {
        var sign = text.StartsWith('-') ? "-" : "";
        var digits = text is ['+' or '-', ..] ? text[1..] : text;
        var (numberBase, skipped) = digits switch
        {
            ['0', 'x' or 'X', ..] => (16, 2),
            ['0', 'o' or 'O', ..] => (8, 2),
            ['0', 'b' or 'B', ..] => (2, 2),
            ['0', _, ..] => (8, 1),
            _ => (10, 0),
        };
        digits = digits[skipped..];
        if (digits.Length == 0 || !digits.All(digit => char.IsAsciiHexDigit(digit) && Convert.ToInt32(digit.ToString(), 16) < numberBase))
            return null;
        if (numberBase == 10)
            return new YamlNumber(ScalarType.WholeNumber, digits == "0" ? "0" : sign + digits);

        // Like kubectl: what needs more than 64 bits is no whole number in another base than ten.
        digits = digits.TrimStart('0');
        if (digits.Length > 64)
            return null;
        var value = digits.Aggregate(BigInteger.Zero, (sum, digit) => (sum * numberBase) + Convert.ToInt32(digit.ToString(), 16));
        value = sign == "-" ? -value : value;
        if (value > ulong.MaxValue || value < long.MinValue)
            return null;
        return new YamlNumber(ScalarType.WholeNumber, value.ToString(CultureInfo.InvariantCulture));
    }

    private static YamlNumber? Fraction(string text)
    {
        var match = FractionFormat().Match(text);
        if (!match.Success || !double.IsFinite(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture)))
            return null;
        var whole = match.Groups["whole"].Value.TrimStart('0');
        var fraction = match.Groups["fraction"].Value;
        var json = (text[0] == '-' ? "-" : "") + (whole.Length == 0 ? "0" : whole)
            + (fraction.Length == 0 ? "" : "." + fraction) + match.Groups["exponent"].Value;
        return new YamlNumber(ScalarType.Number, json);
    }

    [GeneratedRegex(@"\A[-+]?((?<whole>[0-9]+)(\.(?<fraction>[0-9]*))?|\.(?<fraction>[0-9]+))(?<exponent>[eE][-+]?[0-9]+)?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex FractionFormat();
}
