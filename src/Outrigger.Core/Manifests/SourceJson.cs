using System.Text.Json;
using System.Text.Json.Nodes;
using Outrigger.Core.Manifests.Syntax;

namespace Outrigger.Core.Manifests;

/// <summary>What a YAML document says, as JSON.</summary>
public static class SourceJson
{
    /// <summary>
    /// The node as JSON, new on every call. Numbers keep all their digits, whatever the size, and can be read as any number type that
    /// holds them.
    /// </summary>
    public static JsonNode? ToJson(this SourceNode node)
    {
        switch (node)
        {
            case SourceMapping mapping:
                var members = new JsonObject();
                foreach (var entry in mapping.Entries)
                    members.Add(entry.Key, entry.Value.ToJson());
                return members;
            case SourceSequence sequence:
                return new JsonArray([.. sequence.Items.Select(item => item.ToJson())]);
            default:
                return ToJson((SourceScalar)node);
        }
    }

    private static JsonValue? ToJson(SourceScalar scalar) => scalar.Type switch
    {
        ScalarType.Null => null,
        ScalarType.Boolean => JsonValue.Create(ScalarTyping.IsTrue(scalar.Text)),
        ScalarType.Text => JsonValue.Create(scalar.Text),
        _ => Number(scalar.Text),
    };

    // A value that wraps a JSON element converts between number types; one that wraps a long is a long only.
    private static JsonValue Number(string plain)
    {
        var number = YamlNumber.Read(plain) ?? throw new ArgumentException($"\"{plain}\" is typed as a number, but is none", nameof(plain));
        return JsonValue.Create(JsonElement.Parse(number.Json))!;
    }
}
