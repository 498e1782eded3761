using System.Text.Json.Nodes;
using Outrigger.Cli.Output;
using Outrigger.Core.Catalog;
using Outrigger.Core.Parameters;

namespace Outrigger.Cli.Patterns;

/// <summary>Shows patterns to a program.</summary>
internal static class PatternJson
{
    /// <summary>An array with an object for each pattern.</summary>
    public static void WriteAll(TextWriter output, IEnumerable<Pattern> patterns, IReadOnlyList<CatalogFile> files) =>
        Write(output, new JsonArray([.. patterns.Select(pattern => Describe(pattern, PatternSource.Of(pattern, files)))]));

    /// <summary>One pattern.</summary>
    public static void Write(TextWriter output, Pattern pattern, PatternSource source) => Write(output, Describe(pattern, source));

    private static void Write(TextWriter output, JsonNode node) => output.Write(Json.Pretty(writer => node.WriteTo(writer)) + "\n");

    private static JsonObject Describe(Pattern pattern, PatternSource source) => new()
    {
        ["name"] = pattern.Name,
        ["namespace"] = pattern.Namespace,
        ["version"] = pattern.Version.ToString(),
        ["revision"] = pattern.Revision,
        ["role"] = pattern.Role.Name(),
        ["default"] = pattern.IsDefault,
        ["summary"] = pattern.Summary,
        ["description"] = pattern.Description,
        ["parameters"] = new JsonArray([.. pattern.Parameters.Properties.Select(one => Parameter(pattern, one.Key, one.Value))]),
        ["rules"] = new JsonArray([.. pattern.Parameters.Rules.Select(rule => (JsonNode)rule.Describe(name => name))]),
        ["containers"] = new JsonArray([.. source.Containers.Select(Container)]),
        ["example"] = new JsonObject(
            PatternExample.Annotations(pattern, source).Select(one => KeyValuePair.Create(one.Key, (JsonNode?)one.Value))),
    };

    private static JsonObject Parameter(Pattern pattern, string name, ParameterSchema schema) => new()
    {
        ["name"] = name,
        ["type"] = schema.Type.Name(),
        ["format"] = schema.Format?.Name,
        ["allowed"] = schema.Allowed,
        ["default"] = schema.DefaultText,
        ["required"] = pattern.Parameters.Required.Contains(name) && schema.DefaultText is null,
        ["setByOperator"] = schema.IsSetByOperator,
        ["description"] = schema.Description.Trim(),
    };

    private static JsonObject Container(PatternContainer container) => new()
    {
        ["name"] = container.Name,
        ["image"] = container.Image,
        ["init"] = container.IsInit,
        ["ports"] = new JsonArray([.. container.Ports.Select(port => (JsonNode)port)]),
    };
}
