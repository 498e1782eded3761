using System.Text.Json;
using System.Text.Json.Nodes;

namespace Outrigger.Core.Templating;

/// <summary>Writes a template back as its author wrote it, for people and for comparing two of them.</summary>
public static class TemplateSource
{
    /// <summary>The tree with its expressions as text: <c>{"name": "{{instance}}", "$when": "{{flag}}"}</c>. New on every call.</summary>
    public static JsonNode? Of(Template template) => template switch
    {
        ConstantTemplate constant => Constant(constant.Value),
        MappingTemplate mapping => new JsonObject(mapping.Entries.Select(entry => KeyValuePair.Create(entry.Key, Of(entry.Value)))),
        SequenceTemplate sequence => new JsonArray([.. sequence.Items.Select(Of)]),
        ValueTemplate value => Tag(value.Path),
        TextScalarTemplate text => Of(text.Text),
        WhenTemplate conditional => Directed("$when", conditional.Condition, Of(conditional.Body)),
        EachTemplate each => Directed("$each", each.List, Of(each.Body)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The text with its expressions. White space that a tag took away is gone.</summary>
    public static string Of(TextTemplate text) => string.Concat(text.Segments.Select(Of));

    /// <summary><c>{{port}}</c>.</summary>
    public static string Tag(PathExpression path) => $"{{{{{path.Text}}}}}";

    private static string Of(TextSegment segment) => segment switch
    {
        TextSegment.Literal literal => Escaped(literal.Text),
        TextSegment.Placeholder placeholder => Tag(placeholder.Path),
        TextSegment.Conditional conditional => Block("if", conditional.Condition, conditional.Then, conditional.Else),
        TextSegment.Repetition loop => Block("each", loop.List, loop.Body, loop.Else),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Block(string name, PathExpression path, TextTemplate body, TextTemplate otherwise) =>
        $"{{{{#{name} {path.Text}}}}}{Of(body)}{(otherwise.Segments.IsEmpty ? "" : "{{else}}" + Of(otherwise))}{{{{/{name}}}}}";

    private static JsonNode? Constant(JsonNode? value) => value switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Constant(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Constant)]),
        JsonValue text when text.GetValueKind() == JsonValueKind.String => Escaped(text.GetValue<string>()),
        _ => value?.DeepClone(),
    };

    // Braces that stand for themselves are written so.
    private static string Escaped(string text) => text.Replace("{{", "\\{{", StringComparison.Ordinal);

    private static JsonObject Directed(string directive, PathExpression path, JsonNode? body)
    {
        var entry = new JsonObject { [directive] = Tag(path) };
        if (body is not JsonObject members)
        {
            entry["$value"] = body;
            return entry;
        }

        foreach (var (key, member) in members)
            entry[key] = member?.DeepClone();
        return entry;
    }
}
