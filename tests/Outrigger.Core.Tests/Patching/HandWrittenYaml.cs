using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Outrigger.Core.Manifests;

namespace Outrigger.Core.Tests.Patching;

/// <summary>
/// Writes JSON as people write YAML: with comments and blank lines wherever they may stand, odd indentation, quotes and flow style here
/// and there. The same seed gives the same text.
/// </summary>
internal sealed class HandWrittenYaml
{
    private readonly Random _random;
    private readonly StringBuilder _text = new();
    private readonly bool _usesFlow;

    private HandWrittenYaml(int seed, bool usesFlow) => (_random, _usesFlow) = (new Random(seed), usesFlow);

    public static string Write(JsonNode root, int seed, bool usesFlow = true)
    {
        var writer = new HandWrittenYaml(seed, usesFlow);
        return writer.Document(root);
    }

    private string Document(JsonNode root)
    {
        if (Chance(4))
            _text.Append("# licence\n");
        if (Chance(3))
            _text.Append("--- # document\n");
        Noise(0);
        if (root is JsonObject { Count: > 0 } members)
            Members(members, 0);
        else if (root is JsonArray { Count: > 0 } items)
            Items(items, 0);
        else
            _text.Append(root.ToJsonString()).Append('\n');
        if (Chance(2))
            _text.Append("# end\n\n");
        if (Chance(6))
            _text.Append("...\n# behind the end\n");
        var text = _text.ToString();
        if (Chance(4))
            text = text.Replace("\n", "\r\n", StringComparison.Ordinal);
        return Chance(4) && !EndsWithBlock(text) ? text.TrimEnd('\r', '\n') : text;
    }

    private void Members(JsonObject members, int column)
    {
        var isFirst = true;
        foreach (var (key, value) in members)
        {
            if (!isFirst)
                Noise(column).Pad(column);
            isFirst = false;
            _text.Append(Inline(key)).Append(':');
            switch (value)
            {
                case JsonObject { Count: > 0 } inner when !Flow(inner):
                    Below(column, column + 1 + _random.Next(4), at => Members(inner, at));
                    break;
                case JsonArray { Count: > 0 } inner when !Flow(inner):
                    Below(column, column + _random.Next(4), at => Items(inner, at));
                    break;
                default:
                    Scalar(value, column);
                    break;
            }
        }
    }

    private void Items(JsonArray items, int column)
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
                Noise(column).Pad(column);
            _text.Append('-');
            switch (items[i])
            {
                case JsonObject { Count: > 0 } inner when !Flow(inner):
                    Beside(column, at => Members(inner, at));
                    break;
                case JsonArray { Count: > 0 } inner when !Flow(inner):
                    Beside(column, at => Items(inner, at));
                    break;
                default:
                    Scalar(items[i], column);
                    break;
            }
        }
    }

    private void Below(int column, int at, Action<int> write)
    {
        Comment();
        _text.Append('\n');
        Noise(column + 1).Pad(at);
        write(at);
    }

    private void Beside(int column, Action<int> write)
    {
        if (Chance(6))
        {
            Below(column, column + 2, write);
            return;
        }

        var blanks = _random.Next(1, 4);
        Pad(blanks);
        write(column + 1 + blanks);
    }

    private void Scalar(JsonNode? value, int column)
    {
        if (value is JsonValue && value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() is var text
            && text.Contains('\n', StringComparison.Ordinal) && !text.Any(c => c < ' ' && c != '\n') && !string.IsNullOrWhiteSpace(text.Split('\n')[0])
            && text[0] != ' ' && Chance(2))
        {
            Pad(1)._text.Append(text.EndsWith("\n\n", StringComparison.Ordinal) ? "|+" : text.EndsWith('\n') ? "|" : "|-");
            Comment();
            _text.Append('\n');
            foreach (var line in (text.EndsWith('\n') ? text[..^1] : text).Split('\n'))
                Pad(line.Length == 0 ? 0 : column + 3)._text.Append(line).Append('\n');
            return;
        }

        // One blank before an empty collection: that is where removing the last member puts it back.
        if (value is not null || Chance(2))
            Pad(value is JsonValue ? _random.Next(1, 3) : 1)._text.Append(Inline(value));
        Comment();
        _text.Append('\n');
    }

    private string Inline(JsonNode? value) => value switch
    {
        JsonObject members => "{" + string.Join(Chance(2) ? ", " : ",  ", members.Select(m => $"{Inline(m.Key)}: {Inline(m.Value)}")) + "}",
        JsonArray items => "[" + string.Join(", ", items.Select(Inline)) + "]",
        JsonValue when value.GetValueKind() == JsonValueKind.String && Chance(3) => Quoted(value),
        JsonValue when value.GetValueKind() == JsonValueKind.String => OneLine(value),
        _ => value?.ToJsonString() ?? "null",
    };

    // As the writer does it, unless that takes several lines or a plain scalar that flow style would cut.
    private static string OneLine(JsonNode value)
    {
        var written = YamlWriter.Write(value.DeepClone()).TrimEnd('\n');
        return written.Contains('\n', StringComparison.Ordinal) || written.Any(",[]{}?:".Contains) ? Quoted(value) : written;
    }

    // A control character makes the writer use double quotes.
    private static string Quoted(JsonNode value) => YamlWriter.Write(value + "\u0001")[..^"\\u0001\"\n".Length] + "\"";

    private bool Flow(JsonNode value) => _usesFlow && Chance(5) && value is not JsonValue;

    private void Comment()
    {
        if (Chance(4))
            _text.Append(" # it's: \"so\" - {a");
    }

    private HandWrittenYaml Noise(int column)
    {
        // Behind a block that keeps its line breaks (|+), a blank line is content.
        if (Chance(6) && !_text.ToString().EndsWith("\n\n", StringComparison.Ordinal))
            _text.Append('\n');
        if (Chance(5))
            Pad(_random.Next(column + 1))._text.Append("# - a: comment\n");
        return this;
    }

    private HandWrittenYaml Pad(int column)
    {
        _text.Append(' ', column);
        return this;
    }

    private bool Chance(int oneIn) => _random.Next(oneIn) == 0;

    // Without a last line break, a literal block at the end would say something else.
    private static bool EndsWithBlock(string text) => text.Contains('|', StringComparison.Ordinal);
}
