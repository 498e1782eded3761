using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Outrigger.Core.Manifests.Syntax;

/// <summary>Writes values in block style, from any column on.</summary>
/// <param name="newLine">The line break of the document that is written into.</param>
/// <param name="indentSequences">Whether a sequence under a key is indented further than the key.</param>
/// <param name="mayEndInBlock">
/// Whether a text with a line break at its end may become a literal block: not so in a document whose last line has none.
/// </param>
internal sealed class BlockWriter(string newLine, bool indentSequences, bool mayEndInBlock = true)
{
    private const int Step = 2;

    private readonly StringBuilder _text = new();

    /// <summary>What was written.</summary>
    public override string ToString() => _text.ToString();

    /// <summary>A whole document.</summary>
    public BlockWriter Document(JsonNode? root)
    {
        switch (root)
        {
            case JsonObject { Count: > 0 } members:
                Members(0, members);
                break;
            case JsonArray { Count: > 0 } items:
                Items(0, items);
                break;
            default:
                Line(Inline(root));
                break;
        }

        return this;
    }

    /// <summary>An entry of a mapping, without the indentation of its first line.</summary>
    public BlockWriter Entry(int column, string key, JsonNode? value)
    {
        _text.Append(ScalarText.Inline(key)).Append(':');
        return AfterKey(column, value);
    }

    /// <summary>An item of a sequence, without the indentation of its first line.</summary>
    public BlockWriter Item(int column, JsonNode? value)
    {
        _text.Append('-');
        return AfterDash(column, value);
    }

    /// <summary>What follows the colon of a key at a column.</summary>
    public BlockWriter AfterKey(int column, JsonNode? value)
    {
        switch (value)
        {
            case JsonObject { Count: > 0 } members:
                Line("").Pad(column + Step).Members(column + Step, members);
                break;
            case JsonArray { Count: > 0 } items:
                var inner = indentSequences ? column + Step : column;
                Line("").Pad(inner).Items(inner, items);
                break;
            default:
                Scalar(column, value);
                break;
        }

        return this;
    }

    /// <summary>What follows the dash at a column.</summary>
    public BlockWriter AfterDash(int column, JsonNode? value)
    {
        switch (value)
        {
            case JsonObject { Count: > 0 } members:
                Pad(Step - 1).Members(column + Step, members);
                break;
            case JsonArray { Count: > 0 } items:
                Pad(Step - 1).Items(column + Step, items);
                break;
            default:
                Scalar(column, value);
                break;
        }

        return this;
    }

    /// <summary>Indentation.</summary>
    public BlockWriter Pad(int column)
    {
        _text.Append(' ', column);
        return this;
    }

    /// <summary>A scalar or an empty collection on one line.</summary>
    public static string Inline(JsonNode? value) =>
        IsString(value, out var text) ? ScalarText.Inline(text) : value?.ToJsonString() ?? "null";

    private void Members(int column, JsonObject members)
    {
        var isFirst = true;
        foreach (var (key, value) in members)
        {
            if (!isFirst)
                Pad(column);
            Entry(column, key, value);
            isFirst = false;
        }
    }

    private void Items(int column, JsonArray items)
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
                Pad(column);
            Item(column, items[i]);
        }
    }

    private void Scalar(int column, JsonNode? value)
    {
        if (!IsString(value, out var text) || !ScalarText.FitsLiteral(text) || !(mayEndInBlock || text[^1] != '\n'))
        {
            Line(" " + Inline(value));
            return;
        }

        Line(" " + ScalarText.LiteralHeader(text, Step));
        var body = text.EndsWith('\n') ? text[..^1] : text;
        foreach (var line in body.Split('\n'))
            Pad(line.Length == 0 ? 0 : column + Step).Line(line);
    }

    private BlockWriter Line(string end)
    {
        _text.Append(end).Append(newLine);
        return this;
    }

    private static bool IsString(JsonNode? node, out string text)
    {
        var isString = node is JsonValue value && value.GetValueKind() == JsonValueKind.String;
        text = isString ? node!.GetValue<string>() : "";
        return isString;
    }
}
