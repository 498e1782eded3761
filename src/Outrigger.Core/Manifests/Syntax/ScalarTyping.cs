using YamlDotNet.Core;

namespace Outrigger.Core.Manifests.Syntax;

/// <summary>
/// What a scalar stands for to kubectl: its library reads plain scalars as YAML 1.1 does, with these differences: timestamps and base-60
/// numbers are text.
/// </summary>
internal static class ScalarTyping
{
    private const string Core = "tag:yaml.org,2002:";

    /// <summary>The type of a scalar; null for one that has no JSON value, or whose tag does not fit it.</summary>
    public static ScalarType? TypeOf(SyntaxScalar scalar) => scalar.Tag switch
    {
        null => scalar.Style == ScalarStyle.Plain ? TypeOf(scalar.Text) : ScalarType.Text,
        Core + "int" => Expect(scalar.Text, ScalarType.WholeNumber),
        Core + "float" => Expect(scalar.Text, ScalarType.Number) ?? Expect(scalar.Text, ScalarType.WholeNumber),
        Core + "bool" => Expect(scalar.Text, ScalarType.Boolean),
        Core + "null" => Expect(scalar.Text, ScalarType.Null),

        // Other tags name types that JSON does not have; what is written counts as text, as kubectl takes it.
        _ => ScalarType.Text,
    };

    /// <summary>The type of a plain scalar without a tag; null for infinities and what is not a number.</summary>
    public static ScalarType? TypeOf(string plain)
    {
        switch (plain)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return ScalarType.Null;
            case ".nan" or ".NaN" or ".NAN":
            case ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF" or "-.inf" or "-.Inf" or "-.INF":
                return null;
            default:
                if (IsTrue(plain) || IsFalse(plain))
                    return ScalarType.Boolean;
                return YamlNumber.Read(plain)?.Type ?? ScalarType.Text;
        }
    }

    /// <summary>Whether a plain scalar is YAML 1.1's true.</summary>
    public static bool IsTrue(string plain) => plain is "y" or "Y" or "yes" or "Yes" or "YES" or "true" or "True" or "TRUE"
        or "on" or "On" or "ON";

    private static bool IsFalse(string plain) => plain is "n" or "N" or "no" or "No" or "NO" or "false" or "False" or "FALSE"
        or "off" or "Off" or "OFF";

    private static ScalarType? Expect(string text, ScalarType type) => TypeOf(text) == type ? type : null;
}
