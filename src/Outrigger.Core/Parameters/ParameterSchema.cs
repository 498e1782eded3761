using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Outrigger.Core.Results;
using Outrigger.Core.Templating;

namespace Outrigger.Core.Parameters;

/// <summary>
/// What a value may be: the part of an OpenAPI v3 schema that parameters use, as custom resource definitions write it
/// (https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation).
/// </summary>
public sealed record ParameterSchema
{
    /// <summary>The value's type.</summary>
    public required SchemaType Type { get; init; }

    /// <summary>A stricter grammar for a string (<c>endpoint</c>), or the range of an integer (<c>port</c>); null for none.</summary>
    public ValueFormat? Format { get; init; }

    /// <summary>For people; with the unit.</summary>
    public string Description { get; init; } = "";

    /// <summary>Whether only the catalog, the installation and cluster bindings may set it (<c>x-set-by: operator</c>).</summary>
    public bool IsSetByOperator { get; init; }

    /// <summary>
    /// Whether a port of this value belongs to somebody else (<c>x-remote: true</c>), so that no container has to declare it.
    /// </summary>
    public bool IsRemote { get; init; }

    /// <summary>An object's known members, in the order of the document.</summary>
    public ImmutableArray<KeyValuePair<string, ParameterSchema>> Properties { get; init; } = [];

    /// <summary>Members that must be there.</summary>
    public ImmutableArray<string> Required { get; init; } = [];

    /// <summary>Which parameters have values together; of the parameters themselves only.</summary>
    public ImmutableArray<ParameterRule> Rules { get; init; } = [];

    /// <summary>What an object's other members must be; null where it may have no others.</summary>
    public ParameterSchema? AdditionalProperties { get; init; }

    /// <summary>What each element of a list must be; not null for a list.</summary>
    public ParameterSchema? Items { get; init; }

    /// <summary>What at least one element of a list must be besides; of objects, only the members that it names. Null for no such limit.</summary>
    public ParameterSchema? Contains { get; init; }

    /// <summary>The only values that are allowed; empty for no such limit.</summary>
    public ImmutableArray<JsonNode> Enum { get; init; } = [];

    /// <summary>What a string must match.</summary>
    public StringPattern? Pattern { get; init; }

    /// <summary>The least number.</summary>
    public decimal? Minimum { get; init; }

    /// <summary>The greatest number.</summary>
    public decimal? Maximum { get; init; }

    /// <summary>The least length of a string, in UTF-16 code units.</summary>
    public int? MinLength { get; init; }

    /// <summary>The greatest length of a string.</summary>
    public int? MaxLength { get; init; }

    /// <summary>The least number of elements.</summary>
    public int? MinItems { get; init; }

    /// <summary>The greatest number of elements.</summary>
    public int? MaxItems { get; init; }

    /// <summary>The value where nobody gives one. Only that of a parameter itself may hold expressions, over <c>pod</c>, <c>app</c> and <c>instance</c>.</summary>
    public Template? Default { get; init; }

    /// <summary>
    /// The value of a default without expressions, checked when it was read, with the defaults inside it filled in; null where there is none.
    /// All reviews share it: it is copied where it is placed, and never changed.
    /// </summary>
    public JsonNode? ConstantDefault { get; init; }

    /// <summary>The default as it is written in the pattern, as JSON, for people; null where there is none.</summary>
    public string? DefaultText { get; init; }

    /// <summary>Where it was written.</summary>
    public SourceLocation Location { get; init; }

    /// <summary>The schema of a member, or null where it has no such member.</summary>
    public ParameterSchema? this[string property]
    {
        get
        {
            foreach (var (name, schema) in Properties)
            {
                if (name == property)
                    return schema;
            }

            return null;
        }
    }

    /// <summary>
    /// Whether every value keeps to one line of a known shape, so that it may stand in a file, a command or an argument: anything but a
    /// string, and a string that a format, an enum or a pattern binds.
    /// </summary>
    public bool IsBound => Type switch
    {
        SchemaType.String => Format is not null || !Enum.IsEmpty || Pattern is { AllowsLineBreak: false },
        SchemaType.Array => Items!.IsBound,
        SchemaType.Object => Properties.All(property => property.Value.IsBound) && AdditionalProperties is null or { IsBound: true },
        _ => true,
    };

    /// <summary>Whether a value may hold a dollar sign, and so the name of a variable, as Kubernetes writes it into a command: <c>$(NAME)</c>.</summary>
    public bool MayNameVariable => Type switch
    {
        SchemaType.String => Format is null && Enum.IsEmpty && (Pattern is null || Pattern.TakesDollar),
        SchemaType.Array => Items!.MayNameVariable,
        _ => false,
    };

    /// <summary>What is allowed, as a clause for messages and pages: <c>an integer from 1 to 65535</c>.</summary>
    public string Allowed
    {
        get
        {
            if (!Enum.IsEmpty)
                return "one of " + string.Join(", ", Enum.Select(value => value.ToJsonString()));
            return Type switch
            {
                SchemaType.Boolean => "true or false",
                SchemaType.Integer => Format is { Name: "port" }
                    ? "a port: an integer" + Range(Minimum ?? 1, Maximum ?? 65535, "")
                    : "an integer" + Range(Minimum, Maximum, ""),
                SchemaType.Number => "a number" + Range(Minimum, Maximum, ""),
                SchemaType.String => (Format is { } format ? format.Allowed : "a string")
                    + (Pattern is { } pattern ? $" that matches {pattern}{Hint}" : "") + Range(MinLength, MaxLength, " characters"),
                SchemaType.Array => $"a list{Range(MinItems, MaxItems, " elements")}, each {Items!.Allowed}" + (Contains is { } part ? $", at least one of them {part.AsPart}" : ""),
                SchemaType.Object => Properties.IsEmpty
                    ? "an object" + (AdditionalProperties is { } other ? $" whose members are each {other.Allowed}" : "")
                    : "an object {" + string.Join(", ", Properties.Select(p => p.Key + (Required.Contains(p.Key) ? "" : "?"))) + "}",
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        }
    }

    /// <summary>What is allowed, as a clause about a part of an element: <c>with weight an integer of at least 1</c>.</summary>
    public string AsPart => Type == SchemaType.Object
        ? "with " + string.Join(" and ", Properties.Select(property => $"{property.Key} {property.Value.AsPart}"))
        : Allowed;

    /// <summary>An expression alone tells few people what is wanted; the description's first sentence does.</summary>
    private string Hint => Description.Length == 0 ? "" : $" ({Description.Split(". ")[0].Trim().TrimEnd('.').ReplaceLineEndings(" ")})";

    private static string Range(decimal? least, decimal? most, string unit) => (least, most) switch
    {
        (null, null) => "",
        ({ } from, { } to) => string.Create(CultureInfo.InvariantCulture, $" from {from} to {to}{unit}"),
        ({ } from, null) => string.Create(CultureInfo.InvariantCulture, $" of at least {from}{unit}"),
        (null, { } to) => string.Create(CultureInfo.InvariantCulture, $" of at most {to}{unit}"),
    };
}
