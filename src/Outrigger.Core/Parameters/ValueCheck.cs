using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Outrigger.Core.Results;

namespace Outrigger.Core.Parameters;

/// <summary>Holds a value to its schema. Nothing is converted: <c>"8080"</c> is a text, wherever it was written in YAML or JSON.</summary>
public static class ValueCheck
{
    // What some programs take for the end of a line, and what nobody writes on one.
    private static readonly SearchValues<char> OffTheLine =
        SearchValues.Create([.. Enumerable.Range(0, 0xA0).Select(code => (char)code).Where(character => char.IsControl(character) && character != '\t'), '\u2028', '\u2029']);

    /// <summary>Every way in which the value breaks the schema, each a clause that names the place inside the value and what is allowed.</summary>
    /// <param name="value">The value; null is no value of any type.</param>
    /// <param name="schema">What it must be.</param>
    /// <param name="name">How messages name it: the parameter.</param>
    /// <param name="mistakes">Where clauses are added.</param>
    public static void Collect(JsonNode? value, ParameterSchema schema, string name, ICollection<string> mistakes)
    {
        var fits = value is not null && schema.Type switch
        {
            SchemaType.Object => value is JsonObject,
            SchemaType.Array => value is JsonArray,
            SchemaType.String => value.GetValueKind() == JsonValueKind.String,
            SchemaType.Boolean => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
            SchemaType.Integer => Integer(value) is not null,
            SchemaType.Number => Number(value) is not null,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        fits = fits && (schema.Enum.IsEmpty || schema.Enum.Any(allowed => JsonNode.DeepEquals(allowed, value)));
        fits = fits && schema.Type switch
        {
            SchemaType.String => IsAllowed(value!.GetValue<string>(), schema),
            SchemaType.Integer or SchemaType.Number => IsAllowed(Number(value!)!.Value, schema),
            SchemaType.Array => value is JsonArray { Count: var count } && count >= (schema.MinItems ?? 0) && count <= (schema.MaxItems ?? int.MaxValue),
            _ => true,
        };
        var before = mistakes.Count;
        if (!fits)
            mistakes.Add(IsTold(mistakes) ? $"{name} is {Show(value)}; allowed is {schema.Allowed}{(LeavesItsLine(value, schema) ? ", on one line without control characters" : "")}" : "");
        if (value is JsonArray list && schema.Type == SchemaType.Array)
        {
            CollectElements(list, schema, name, mistakes);
            // Where elements are wrong in themselves, that none of them is what one must be says nothing more.
            if (mistakes.Count == before && schema.Contains is { } part && !list.Any(element => IsLike(element, part)))
                mistakes.Add(IsTold(mistakes) ? $"{name} is {Show(value)}; allowed is {schema.Allowed}" : "");
        }
        else if (value is JsonObject members && schema.Type == SchemaType.Object)
            CollectMembers(members, schema, name, mistakes);
    }

    /// <summary>A copy of the value in which the defaults of absent members are filled in. What does not fit the schema stays as it is.</summary>
    public static JsonNode? WithDefaults(JsonNode? value, ParameterSchema schema)
    {
        switch (value)
        {
            case JsonArray list when schema.Type == SchemaType.Array:
                return new JsonArray([.. list.Select(element => WithDefaults(element, schema.Items!))]);
            case JsonObject members when schema.Type == SchemaType.Object:
                var filled = new JsonObject();
                foreach (var (key, member) in members)
                    filled.Add(key, (schema[key] ?? schema.AdditionalProperties) is { } known ? WithDefaults(member, known) : member?.DeepClone());
                foreach (var (key, property) in schema.Properties)
                {
                    if (!filled.ContainsKey(key) && property.ConstantDefault is { } preset)
                        filled.Add(key, preset.DeepClone());
                }

                return filled;
            default:
                return value?.DeepClone();
        }
    }

    /// <summary>The whole number that a node holds, or null.</summary>
    public static long? Integer(JsonNode value) =>
        value is JsonValue number && number.GetValueKind() == JsonValueKind.Number
        && long.TryParse(number.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var result)
            ? result
            : null;

    private static decimal? Number(JsonNode value) =>
        value is JsonValue number && number.GetValueKind() == JsonValueKind.Number
        && decimal.TryParse(number.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var result)
            ? result
            : null;

    private static bool IsAllowed(string text, ParameterSchema schema) =>
        text.Length >= (schema.MinLength ?? 0) && text.Length <= (schema.MaxLength ?? int.MaxValue)
        && (schema.Format?.Holds(text) ?? true) && (schema.Pattern?.IsMatch(text) ?? true) && !LeavesItsLine(text, schema);

    /// <summary>
    /// Whether a text breaks what a pattern that allows no line break promises to files and commands: <c>.</c> and <c>[^a\n\r]</c> take
    /// the line separators of Unicode, too.
    /// </summary>
    private static bool LeavesItsLine(string text, ParameterSchema schema) =>
        schema is { Pattern.AllowsLineBreak: false, Enum.IsEmpty: true } && text.AsSpan().ContainsAny(OffTheLine);

    private static bool LeavesItsLine(JsonNode? value, ParameterSchema schema) =>
        value?.GetValueKind() == JsonValueKind.String && LeavesItsLine(value.GetValue<string>(), schema) && schema.Pattern!.IsMatch(value.GetValue<string>());

    private static bool IsAllowed(decimal number, ParameterSchema schema) =>
        number >= (schema.Minimum ?? decimal.MinValue) && number <= (schema.Maximum ?? decimal.MaxValue)
        && (schema.Format is not { Name: "port" } || number is >= 1 and <= 65535);

    private static void CollectElements(JsonArray list, ParameterSchema schema, string name, ICollection<string> mistakes)
    {
        for (var i = 0; i < list.Count; i++)
            Collect(list[i], schema.Items!, string.Create(CultureInfo.InvariantCulture, $"{name}[{i}]"), mistakes);
    }

    /// <summary>Whether a value has all that a part of its schema says. A member that it leaves out counts as fitting unless it is required.</summary>
    private static bool IsLike(JsonNode? value, ParameterSchema part)
    {
        if (value is JsonObject members && part.Type == SchemaType.Object)
            return part.Properties.All(member => members.TryGetPropertyValue(member.Key, out var own) ? IsLike(own, member.Value) : !part.Required.Contains(member.Key));
        var mistakes = new List<string>();
        Collect(value, part, "", mistakes);
        return mistakes.Count == 0;
    }

    private static void CollectMembers(JsonObject members, ParameterSchema schema, string name, ICollection<string> mistakes)
    {
        foreach (var (key, member) in members)
        {
            if ((schema[key] ?? schema.AdditionalProperties) is { } known)
                Collect(member, known, $"{name}.{Shown.Cut(key)}", mistakes);
            else
                mistakes.Add(!IsTold(mistakes) ? "" : $"{name} has no member {Shown.Quoted(key)}" + Nearest.Hint(key, schema.Properties.Select(p => p.Key))
                    + $"; allowed are {Shown.List(schema.Properties.Select(p => p.Key))}");
        }

        foreach (var required in schema.Required)
        {
            if (!members.ContainsKey(required) && schema[required] is { Default: null } missing)
                mistakes.Add(IsTold(mistakes) ? $"{name}.{required} is missing; it must be {missing.Allowed}" : "");
        }
    }

    /// <summary>Whether one more mistake is told; beyond that they are only counted.</summary>
    private static bool IsTold(ICollection<string> mistakes) => mistakes.Count < Problem.MostTold;

    private static string Show(JsonNode? value) => value switch
    {
        null => "empty",
        JsonValue text when text.GetValueKind() == JsonValueKind.String => Shown.Quoted(text.GetValue<string>()),
        JsonValue other => Shown.Cut(other.ToJsonString()),
        JsonArray { Count: var count } => string.Create(CultureInfo.InvariantCulture, $"a list of {count}"),
        _ => "an object",
    };
}
