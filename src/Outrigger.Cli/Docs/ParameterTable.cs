using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Outrigger.Cli.Patterns;
using Outrigger.Core.Catalog;
using Outrigger.Core.Parameters;

namespace Outrigger.Cli.Docs;

/// <summary>The parameters of a pattern, with the members of each.</summary>
internal static class ParameterTable
{
    /// <summary>The table, and the rules between parameters below it; empty for a pattern without parameters.</summary>
    public static string Of(Pattern pattern, PatternSource source) =>
        Table(pattern, source) + string.Concat(pattern.Parameters.Rules.Select(rule => $"\n{pattern.Name} {rule.Describe(Markdown.Code)}.\n"));

    private static string Table(Pattern pattern, PatternSource source) => Markdown.Table(
        ["parameter", "value", "default", "set by", "what it does"],
        [
            .. from property in pattern.Parameters.Properties
               let who = property.Value.IsSetByOperator ? "operator" : "Pod"
               let example = source.Examples.GetValueOrDefault(property.Key)
               from row in Rows(property.Key, property.Value, IsRequired(pattern.Parameters, property.Key), who, example)
               select row,
        ]);

    private static IEnumerable<string[]> Rows(string name, ParameterSchema schema, bool isRequired, string who, JsonNode? example)
    {
        var such = example is JsonValue ? $" Example: {Markdown.Code(Text(example))}." : "";
        yield return [Markdown.Code(name), Value(schema), Default(schema, isRequired), who, schema.Description.Trim() + such];
        var (parent, path) = (schema, name);
        while (parent.Items is { } items)
            (parent, path) = (items, $"{path}[]");
        foreach (var (key, member) in parent.Properties)
        {
            foreach (var row in Rows($"{path}.{key}", member, IsRequired(parent, key), who, null))
                yield return row;
        }

        if (parent.AdditionalProperties is { } other)
        {
            foreach (var row in Rows($"{path}.*", other, false, who, null))
                yield return row;
        }
    }

    private static string Default(ParameterSchema schema, bool isRequired) =>
        schema.DefaultText is { } text ? Markdown.Code(Text(JsonNode.Parse(text)!)) : isRequired ? "**required**" : "";

    private static string Value(ParameterSchema schema)
    {
        if (!schema.Enum.IsEmpty)
            return "one of " + Markdown.Codes(schema.Enum.Select(Text));
        return schema.Type switch
        {
            SchemaType.Array => $"list{Range(schema.MinItems, schema.MaxItems, " of", "")}, each {Article(schema.Items!)}{Value(schema.Items!)}"
                + (schema.Contains is { } part ? $", at least one of them {part.AsPart}" : ""),
            SchemaType.Object => "object",
            SchemaType.String => $"string{Format(schema)}{Matching(schema)}{Range(schema.MinLength, schema.MaxLength, ",", " characters")}",
            _ => schema.Type.Name() + Format(schema) + Range(schema.Minimum, schema.Maximum, ",", ""),
        };
    }

    private static string Article(ParameterSchema schema) =>
        !schema.Enum.IsEmpty ? "" : schema.Type is SchemaType.Object or SchemaType.Integer ? "an " : "a ";

    private static string Format(ParameterSchema schema) => schema.Format is { } format ? $", {Markdown.Code(format.Name)}" : "";

    private static string Matching(ParameterSchema schema) => schema.Pattern is { } pattern ? $" that matches {Markdown.Code(pattern.Text)}" : "";

    private static string Range(decimal? least, decimal? most, string before, string unit) => (least, most) switch
    {
        (null, null) => "",
        ({ } from, { } to) => string.Create(CultureInfo.InvariantCulture, $"{before} {from} to {to}{unit}"),
        ({ } from, null) => string.Create(CultureInfo.InvariantCulture, $"{before} at least {from}{unit}"),
        (null, { } to) => string.Create(CultureInfo.InvariantCulture, $"{before} at most {to}{unit}"),
    };

    private static bool IsRequired(ParameterSchema parent, string name) => parent.Required.Contains(name) && parent[name]!.DefaultText is null;

    private static string Text(JsonNode node) =>
        node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : Output.Json.Line(writer => node.WriteTo(writer));
}
