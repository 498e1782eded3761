using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Outrigger.Core.Manifests;
using Outrigger.Core.Results;
using Outrigger.Core.Templating;

namespace Outrigger.Core.Tests.Templating;

/// <summary>Templates and scopes written as JSON, which says exactly which type each scalar has.</summary>
internal static class Source
{
    public static readonly SourceLocation Start = new("pattern.yaml", 10, 5);

    public static SourceNode Node(JsonNode? json) => json switch
    {
        null => new SourceScalar(Start, "null", ScalarType.Null),
        JsonObject members =>
            new SourceMapping(Start, [.. members.Select(member => new SourceEntry(Start, member.Key, Node(member.Value)))]),
        JsonArray items => new SourceSequence(Start, [.. items.Select(Node)]),
        _ => Scalar(json),
    };

    public static Result<Template> Parse(string json) => Template.Parse(Node(JsonNode.Parse(json)), "spec");

    public static Scope Scope(string json) =>
        new(JsonNode.Parse(json)!.AsObject().ToDictionary(member => member.Key, member => member.Value));

    /// <summary>The rendered tree as compact JSON.</summary>
    public static string Render(string template, string scope) => Render(Node(JsonNode.Parse(template)), scope);

    public static string Render(SourceNode template, string scope) =>
        TemplateRenderer.Render(Template.Parse(template, "spec").Value, Scope(scope))?.ToJsonString(Relaxed) ?? "null";

    public static string RenderText(string text, string scope) =>
        TemplateRenderer.Render(TextTemplate.Parse(text, Start, "spec").Value, Scope(scope));

    /// <summary>Compact JSON with quotes and non-ASCII letters as they are.</summary>
    public static JsonSerializerOptions Relaxed { get; } =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static SourceScalar Number(string text) =>
        new(Start, text, text.AsSpan().ContainsAny('.', 'e', 'E') ? ScalarType.Number : ScalarType.WholeNumber);

    private static SourceScalar Scalar(JsonNode json) => json.GetValueKind() switch
    {
        JsonValueKind.String => new SourceScalar(Start, json.GetValue<string>(), ScalarType.Text),
        JsonValueKind.True or JsonValueKind.False =>
            new SourceScalar(Start, json.ToJsonString(), ScalarType.Boolean),
        _ => Number(json.ToJsonString()),
    };
}
