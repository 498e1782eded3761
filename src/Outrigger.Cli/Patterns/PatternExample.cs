using System.Globalization;
using System.Text.Json.Nodes;
using Outrigger.Cli.Output;
using Outrigger.Core.Catalog;
using Outrigger.Core.Parameters;
using Outrigger.Core.Selection;

namespace Outrigger.Cli.Patterns;

/// <summary>The annotations that one has to write to use a pattern: the shortest ones that bind.</summary>
internal static class PatternExample
{
    /// <summary>The annotations by key: the one that asks for the pattern, then one for each parameter that must be given.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Annotations(Pattern pattern, PatternSource source)
    {
        var asked = pattern.IsDefault ? pattern.Name : $"{pattern.Name}@{pattern.Version}";
        yield return new(AnnotationKeys.OfRole(pattern.Role), asked);
        var chosen = Chosen(pattern.Parameters);
        foreach (var (name, schema) in pattern.Parameters.Properties)
        {
            if ((!pattern.Parameters.Required.Contains(name) && !chosen.Contains(name)) || schema.DefaultText is not null || schema.IsSetByOperator)
                continue;
            var value = source.Examples.GetValueOrDefault(name) ?? Value(name, schema);
            yield return new(AnnotationKeys.OfParameter(pattern.Name, name), Text(value));
        }
    }

    /// <summary>Of parameters of which one must be given, those of the first case.</summary>
    private static HashSet<string> Chosen(ParameterSchema parameters) =>
        [.. parameters.Rules.Where(rule => rule is not ParameterRule.Never && !rule.Holds(name => parameters[name]!.ConstantDefault)).SelectMany(rule => rule.Cases[0].Required)];

    private static string Text(JsonNode value) =>
        value is JsonValue text && text.TryGetValue(out string? plain) ? plain : Json.Line(writer => value.WriteTo(writer));

    private static JsonNode Value(string name, ParameterSchema schema)
    {
        if (!schema.Enum.IsEmpty)
            return schema.Enum[0].DeepClone();
        return schema.Type switch
        {
            SchemaType.Integer or SchemaType.Number => Number(schema),
            SchemaType.Boolean => true,
            SchemaType.Array => new JsonArray(schema.Items is { } items ? Value(name, items) : "value"),
            SchemaType.Object => new JsonObject(schema.Properties
                .Where(property => schema.Required.Contains(property.Key))
                .Select(property => KeyValuePair.Create(property.Key, (JsonNode?)Value(property.Key, property.Value)))),
            _ => String(name, schema),
        };
    }

    private static JsonValue Number(ParameterSchema schema) =>
        schema.Format?.Name == "port" ? JsonValue.Create(8080) : JsonValue.Create(schema.Minimum ?? 1);

    private static string String(string name, ParameterSchema schema) => schema.Format?.Name switch
    {
        "hostname" => "example.com",
        "endpoint" => "example.com:8080",
        "uri" => "https://example.com/",
        "absolute-path" => "/" + name.ToLower(CultureInfo.InvariantCulture),
        "duration" => "30s",
        "quantity" => "100Mi",
        "image" => "registry.example.com/image:1.0.0",
        "dns-label" or "dns-subdomain" => "my-" + name.ToLower(CultureInfo.InvariantCulture),
        _ => "...",
    };
}
