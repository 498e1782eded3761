using System.Globalization;
using System.Text.Json.Nodes;
using Outrigger.Core.Manifests;
using Outrigger.Core.Results;

namespace Outrigger.Core.Parameters;

/// <summary>
/// Reads the text of an annotation as a value of its schema's type: scalars as they are, lists and objects as YAML or JSON, and lists of
/// scalars also as <c>a, b, c</c>.
/// </summary>
public static class AnnotationText
{
    /// <summary>The typed value; it still has to be held to the schema. Null with a clause where the text is not of the type at all.</summary>
    public static JsonNode? Read(string text, ParameterSchema schema, string name, out string? mistake)
    {
        mistake = null;
        var trimmed = text.Trim();
        switch (schema.Type)
        {
            case SchemaType.String:
                return JsonValue.Create(text);
            // .NET's numbers may end in any of these.
            case SchemaType.Integer or SchemaType.Number when trimmed.Contains('\0'):
                goto default;
            case SchemaType.Boolean when trimmed is "true" or "false":
                return JsonValue.Create(trimmed == "true");
            case SchemaType.Integer when long.TryParse(trimmed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer):
                return JsonValue.Create(integer);
            case SchemaType.Number when decimal.TryParse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture, out var number):
                return JsonValue.Create(number);
            case SchemaType.Array when IsCommaSeparated(trimmed, schema.Items!):
                return ReadList(trimmed, schema.Items!, name, out mistake);
            case SchemaType.Array or SchemaType.Object:
                return ReadDocument(text, schema, name, out mistake);
            default:
                mistake = $"{name} is {Shown.Quoted(text)}; allowed is {schema.Allowed}";
                return null;
        }
    }

    private static bool IsCommaSeparated(string text, ParameterSchema items) =>
        items.Type is not (SchemaType.Array or SchemaType.Object)
        && !text.StartsWith('[') && !text.StartsWith("- ", StringComparison.Ordinal) && !text.StartsWith("-\n", StringComparison.Ordinal);

    private static JsonArray? ReadList(string text, ParameterSchema items, string name, out string? mistake)
    {
        var list = new JsonArray();
        mistake = null;
        if (text.Length == 0)
            return list;
        foreach (var part in text.Split(','))
        {
            var element = Read(part.Trim(), items, string.Create(CultureInfo.InvariantCulture, $"{name}[{list.Count}]"), out mistake);
            if (mistake is not null)
                return null;
            list.Add(element);
        }

        return list;
    }

    private static JsonNode? ReadDocument(string text, ParameterSchema schema, string name, out string? mistake)
    {
        // Aliases may say again what is written, and no more: a Pod may have many annotations.
        var read = ManifestReader.Read(text, name, maxAliasedNodes: 100 + text.Length);
        mistake = null;
        if (!read.TryGet(out var documents))
        {
            var problem = read.Problems[0];
            mistake = string.Create(CultureInfo.InvariantCulture,
                $"{name} is neither YAML nor JSON: {problem.Message} (its line {problem.Location?.Line ?? 1}); allowed is {schema.Allowed}");
            return null;
        }

        var roots = documents.Where(document => document.Root is not null).ToList();
        if (roots.Count == 1)
            return roots[0].Root!.ToJson();
        mistake = roots.Count == 0
            ? $"{name} is empty; allowed is {schema.Allowed}"
            : $"{name} holds several YAML documents; allowed is {schema.Allowed}";
        return null;
    }
}
