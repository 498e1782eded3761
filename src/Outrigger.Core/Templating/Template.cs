using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Outrigger.Core.Manifests;
using Outrigger.Core.Results;
using Outrigger.Core.Templating.Syntax;

namespace Outrigger.Core.Templating;

/// <summary>
/// A YAML tree whose scalars may hold <c>{{expressions}}</c>, compiled once and rendered for every Pod by <see cref="TemplateRenderer"/>.
/// The hierarchy is closed: a check of names or types walks it with one <c>switch</c>.
/// </summary>
/// <remarks>
/// A mapping that is a value or an item may carry directives: <c>$when: "{{flag}}"</c> drops it where the flag is falsy,
/// <c>$each: "{{list}}"</c> (items of a sequence only) repeats it, and <c>$value</c> beside them makes the entry something other than
/// a mapping. With both, <c>$each</c> is the outer one. Keys hold no expressions, so that what a template writes is known before it
/// is rendered.
/// </remarks>
public abstract record Template(SourceLocation Location)
{
    /// <summary>Compiles a tree, or finds everything that is wrong in it.</summary>
    /// <param name="node">The root; it carries no directives itself.</param>
    /// <param name="subject">The root's field path, the start of every problem's subject: <c>spec.containers</c>.</param>
    public static Result<Template> Parse(SourceNode node, string subject) => TemplateReader.Read(node, subject);
}

/// <summary>A subtree without expressions.</summary>
/// <param name="Location">Where it starts.</param>
/// <param name="Value">Its value, to look at: it is shared by all renderings, and never changed.</param>
public sealed record ConstantTemplate(SourceLocation Location, JsonNode? Value) : Template(Location)
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 2 * TemplateReader.MaxDepth };

    // A node over a parsed element costs one allocation, however large the subtree, until somebody looks into it.
    private readonly JsonElement _parsed = Value is JsonObject or JsonArray ? JsonElement.Parse(Value.ToJsonString(), Deep) : default;

    /// <summary>The value as a node of its own.</summary>
    internal JsonNode? Copy() => Value switch
    {
        JsonObject => JsonObject.Create(_parsed),
        JsonArray => JsonArray.Create(_parsed),
        _ => Value?.DeepClone(),
    };
}

/// <summary>A mapping. An entry whose value renders to nothing is left out.</summary>
public sealed record MappingTemplate(SourceLocation Location, ImmutableArray<TemplateEntry> Entries) : Template(Location);

/// <summary>One entry of a mapping; the key is constant.</summary>
public sealed record TemplateEntry(SourceLocation KeyLocation, string Key, Template Value);

/// <summary>A sequence. An item that renders to nothing is left out.</summary>
public sealed record SequenceTemplate(SourceLocation Location, ImmutableArray<Template> Items) : Template(Location);

/// <summary>
/// A scalar that is exactly one <c>{{path}}</c>: the value itself, with its own JSON type; nothing where the value is absent or null,
/// so that an optional parameter leaves its field out.
/// </summary>
public sealed record ValueTemplate(SourceLocation Location, PathExpression Path) : Template(Location);

/// <summary>Any other scalar with expressions: always a string.</summary>
public sealed record TextScalarTemplate(SourceLocation Location, TextTemplate Text) : Template(Location);

/// <summary><c>$when</c>: the body where the condition is truthy, else nothing.</summary>
public sealed record WhenTemplate(SourceLocation Location, PathExpression Condition, Template Body) : Template(Location);

/// <summary>
/// <c>$each</c>, only among the items of a sequence: the body once for each element of the list, in a frame of its own where
/// <c>item</c> and <c>index</c> are names (see <see cref="Scope"/>). No list is an empty list.
/// </summary>
public sealed record EachTemplate(SourceLocation Location, PathExpression List, Template Body) : Template(Location);
