using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Outrigger.Chart.Tests.Rendering;

namespace Outrigger.Chart.Tests.Values;

/// <summary>The chart's <c>values.schema.json</c>, by which Helm checks values before it renders anything.</summary>
internal static class ValuesSchema
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Helm.Chart, "values.schema.json"));
    private static readonly Lazy<JsonSchema> Schema = new(() => JsonSchema.FromText(Text));

    /// <summary>The schema itself.</summary>
    public static JsonObject Json { get; } = JsonNode.Parse(Text)!.AsObject();

    /// <summary>The chart's own values.</summary>
    public static JsonObject Defaults => RenderedChart.Read(File.ReadAllText(Path.Combine(Helm.Chart, "values.yaml")), "values.yaml").Single();

    /// <summary>The paths of values that are refused, as <c>/admission/failurePolicy</c>; none where all are allowed.</summary>
    public static string[] Refused(JsonObject values)
    {
        using var document = JsonDocument.Parse(values.ToJsonString());
        var results = Schema.Value.Evaluate(document.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        return results.IsValid ? [] : [.. results.Details!.Where(detail => detail.Errors is { Count: > 0 }).Select(detail => detail.InstanceLocation.ToString()).Distinct()];
    }

    /// <summary>The chart's values with others over them, as Helm lays them: mappings are merged, all else is replaced.</summary>
    public static JsonObject With(string yaml) => Merged(Defaults, RenderedChart.Read(yaml, "values").SingleOrDefault() ?? []);

    /// <summary>Every value that is no mapping of others, by its path: <c>image.tag</c>, with its schema and its default.</summary>
    public static IEnumerable<(string Path, JsonObject Schema, JsonNode? Default)> Leaves() => Leaves("", Json, Defaults);

    private static IEnumerable<(string Path, JsonObject Schema, JsonNode? Default)> Leaves(string prefix, JsonObject schema, JsonObject values)
    {
        foreach (var (name, value) in values)
        {
            var inner = schema["properties"]?[name]?.AsObject() ?? throw new InvalidOperationException($"the schema does not know {prefix}{name}");
            var leaves = inner["description"] is null && value is JsonObject map ? Leaves($"{prefix}{name}.", inner, map) : [($"{prefix}{name}", inner, value)];
            foreach (var leaf in leaves)
                yield return leaf;
        }
    }

    private static JsonObject Merged(JsonObject below, JsonObject above)
    {
        foreach (var (name, value) in above)
        {
            below[name] = below[name] is JsonObject inner && value is JsonObject over
                ? Merged(inner.DeepClone().AsObject(), over)
                : value?.DeepClone();
        }

        return below;
    }
}
