using System.Text.Json.Nodes;
using Outrigger.Cli.Output;
using Outrigger.Core.Templating;

namespace Outrigger.Cli.Docs;

/// <summary>An entry of a list in a pattern, as it is written: expressions are not evaluated.</summary>
/// <param name="Fields">Its fields.</param>
/// <param name="Condition">When it is there, as Markdown that follows it; empty for always.</param>
internal sealed record WrittenEntry(JsonObject Fields, string Condition)
{
    /// <summary>A field as text; empty where there is none.</summary>
    public string this[string field] => Text(Fields[field]);

    /// <summary>All entries of a list; none where there is none.</summary>
    public static IEnumerable<WrittenEntry> Of(Template? list) => Of(list is null ? null : TemplateSource.Of(list));

    /// <summary>All entries of a list that is written already.</summary>
    public static IEnumerable<WrittenEntry> Of(JsonNode? list) =>
        from entry in (Plain(list) as JsonArray ?? []).OfType<JsonObject>()
        select new WrittenEntry(Plain(entry) as JsonObject ?? [], When(entry));

    /// <summary>All members of a mapping, each as an entry with <c>key</c> and <c>value</c>.</summary>
    public static IEnumerable<WrittenEntry> OfMembers(Template? mapping) =>
        from member in (mapping is null ? null : TemplateSource.Of(mapping)) as JsonObject ?? []
        let fields = new JsonObject { ["key"] = member.Key, ["value"] = Plain(member.Value)?.DeepClone() }
        select new WrittenEntry(fields, member.Value is JsonObject entry ? When(entry) : "");

    /// <summary>A value as text: a string as it is, anything else as JSON.</summary>
    public static string Text(JsonNode? node) => node switch
    {
        null => "",
        JsonValue value when value.TryGetValue(out string? text) => text,
        _ => Json.Line(writer => node.WriteTo(writer)),
    };

    private static string When(JsonObject entry) =>
        (entry["$each"] is { } list ? $", for each of {Name(list)}" : "") + (entry["$when"] is { } flag ? $", where {Name(flag)} is set" : "");

    private static string Name(JsonNode tag) => Markdown.Code(tag.ToString().Trim('{', '}', ' '));

    // Without the directives.
    private static JsonNode? Plain(JsonNode? node)
    {
        if (node is not JsonObject entry || !entry.Any(member => member.Key.StartsWith('$')))
            return node;
        if (entry.ContainsKey("$value"))
            return entry["$value"];
        var fields = entry.Where(member => !member.Key.StartsWith('$'));
        return new JsonObject(fields.Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
    }
}
