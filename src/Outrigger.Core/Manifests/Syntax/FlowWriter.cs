using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Outrigger.Core.Manifests.Syntax;

/// <summary>How the values between braces and brackets are laid out around a place that is written into.</summary>
/// <param name="NewLine">The document's line break.</param>
/// <param name="Indent">What stands before the collection's items on their lines; null where they stand on one line.</param>
/// <param name="Step">By what the next deeper items are indented more.</param>
/// <param name="Spaced">Whether a blank follows colons and commas.</param>
internal sealed record FlowStyle(string NewLine, string? Indent, string Step, bool Spaced)
{
    /// <summary>What stands between two items.</summary>
    public string Separator => "," + (Indent is null ? Spaced ? " " : "" : NewLine + Indent);
}

/// <summary>Writes values as JSON, which is YAML's flow style too, in the layout of the text around.</summary>
internal static class FlowWriter
{
    /// <summary>A value that stands where the style's items do.</summary>
    public static string Value(JsonNode? value, FlowStyle style)
    {
        var text = new StringBuilder();
        Append(text, value, style);
        return text.ToString();
    }

    /// <summary>A member of an object: key and value.</summary>
    public static string Member(string key, JsonNode? value, FlowStyle style) =>
        ScalarText.DoubleQuoted(key) + (style.Spaced ? ": " : ":") + Value(value, style);

    private static void Append(StringBuilder text, JsonNode? value, FlowStyle style)
    {
        var inner = style.Indent is null ? style : style with { Indent = style.Indent + style.Step };
        switch (value)
        {
            case JsonObject { Count: > 0 } members:
                Append(text, '{', members.Select(member => Member(member.Key, member.Value, inner)), '}', style);
                break;
            case JsonArray { Count: > 0 } items:
                Append(text, '[', items.Select(item => Value(item, inner)), ']', style);
                break;
            case JsonValue when value.GetValueKind() == JsonValueKind.String:
                text.Append(ScalarText.DoubleQuoted(value.GetValue<string>()));
                break;
            default:
                text.Append(value?.ToJsonString() ?? "null");
                break;
        }
    }

    private static void Append(StringBuilder text, char open, IEnumerable<string> items, char close, FlowStyle style)
    {
        text.Append(open);
        if (style.Indent is null)
        {
            text.AppendJoin(style.Separator, items).Append(close);
            return;
        }

        var inner = style with { Indent = style.Indent + style.Step };
        text.Append(style.NewLine).Append(inner.Indent).AppendJoin(inner.Separator, items);
        text.Append(style.NewLine).Append(style.Indent).Append(close);
    }
}
