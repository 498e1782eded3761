using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Outrigger.Core.Admission;
using Outrigger.Core.Composition;
using Outrigger.Core.Patching;

namespace Outrigger.Golden;

/// <summary>How expected files are written: JSON for people, each value that fits on a line on one line.</summary>
internal static class GoldenText
{
    private const int Width = 140;

    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary><c>decision.json</c>: all that a decision says but the patch.</summary>
    public static string Of(Decision decision)
    {
        var (outcome, reason) = decision switch
        {
            Decision.Inject => ("inject", null),
            Decision.Skip skip => ("skip", skip.Reason.Name()),
            Decision.Reject => ("reject", null),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        var problems = decision is Decision.Reject reject ? reject.Problems.Select(problem => problem.ToString()) : [];
        var explanation = decision.Explanation;
        var members = new JsonObject
        {
            ["outcome"] = outcome,
            ["reason"] = reason,
            ["problems"] = Texts(problems),
            ["warnings"] = Texts(decision.Warnings),
            ["application"] = explanation.Application,
            ["uses"] = new JsonArray([.. explanation.Uses.Select(Of)]),
            ["skipped"] = new JsonArray([.. explanation.Skipped.Select(skip => new JsonObject
            {
                ["instance"] = skip.Instance,
                ["askedBy"] = skip.AskedBy,
                ["reason"] = skip.Reason,
                ["isMistake"] = skip.IsMistake,
            })]),
        };
        foreach (var empty in members.Where(member => member.Value is null or JsonArray { Count: 0 }).Select(member => member.Key).ToList())
            members.Remove(empty);
        return Of(members);
    }

    /// <summary><c>patch.json</c>; null for a decision without one.</summary>
    public static string? PatchOf(Decision decision)
    {
        if (decision is not Decision.Inject inject)
            return null;
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            JsonPatch.Write(writer, inject.Patch);
        return Of(JsonNode.Parse(stream.ToArray()));
    }

    /// <summary>Any JSON.</summary>
    public static string Of(JsonNode? node)
    {
        var text = new StringBuilder();
        Write(text, node, "", 0);
        return text.Append('\n').ToString();
    }

    private static JsonNode Of(BoundUse bound) => new JsonObject
    {
        ["instance"] = bound.Use.Instance,
        ["pattern"] = bound.Use.Pattern.Title,
        ["askedBy"] = bound.Use.AskedByTitle,
        ["parameters"] = new JsonObject(bound.Parameters.Select(parameter => KeyValuePair.Create<string, JsonNode?>(
            parameter.Name, new JsonObject { ["value"] = parameter.Value?.DeepClone(), ["origin"] = parameter.Origin?.ToString() }))),
    };

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    private static void Write(StringBuilder text, JsonNode? node, string indent, int column)
    {
        var compact = node is null ? "null" : node.ToJsonString(Compact);
        if (column + compact.Length <= Width || node is not (JsonObject { Count: > 0 } or JsonArray { Count: > 0 }))
        {
            text.Append(compact);
            return;
        }

        var inner = indent + "  ";
        text.Append(node is JsonObject ? '{' : '[');
        var separator = "";
        foreach (var (key, value) in node is JsonObject members ? members.Select(member => (Key: (string?)member.Key, member.Value)) : node.AsArray().Select(item => (Key: (string?)null, Value: item)))
        {
            var label = key is null ? "" : $"{JsonSerializer.Serialize(key, Compact)}: ";
            text.Append(separator).Append('\n').Append(inner).Append(label);
            Write(text, value, inner, inner.Length + label.Length);
            separator = ",";
        }

        text.Append('\n').Append(indent).Append(node is JsonObject ? '}' : ']');
    }
}
