using Outrigger.Core.Parameters;

namespace Outrigger.Core.Catalog.Lint;

/// <summary>A parameter, or a part of one.</summary>
/// <param name="Path">Its field: <c>spec.parameters.properties.backends.items.properties.host</c>.</param>
/// <param name="Schema">What it may be.</param>
/// <param name="Parent">The schema that it is a part of.</param>
/// <param name="IsNamed">Whether users write its name: false for the elements of a list, which their list describes.</param>
internal sealed record ParameterPart(string Path, ParameterSchema Schema, ParameterSchema Parent, bool IsNamed)
{
    /// <summary>The field of a parameter itself.</summary>
    public static string PathOf(string parameter) => $"spec.parameters.properties.{parameter}";

    /// <summary>All parameters of a pattern with all of their parts, in the order of the document.</summary>
    public static IEnumerable<ParameterPart> All(Pattern pattern) => Within(pattern.Parameters, "spec.parameters");

    private static IEnumerable<ParameterPart> Within(ParameterSchema schema, string path)
    {
        IEnumerable<ParameterPart> parts =
        [
            .. schema.Properties.Select(property => new ParameterPart($"{path}.properties.{property.Key}", property.Value, schema, IsNamed: true)),
            .. Unnamed(schema.Items, schema, $"{path}.items"),
            .. Unnamed(schema.AdditionalProperties, schema, $"{path}.additionalProperties"),
        ];
        return parts.SelectMany(part => Within(part.Schema, part.Path).Prepend(part));
    }

    private static IEnumerable<ParameterPart> Unnamed(ParameterSchema? part, ParameterSchema parent, string path) =>
        part is null ? [] : [new ParameterPart(path, part, parent, IsNamed: false)];
}
