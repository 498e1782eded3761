using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Outrigger.Core.Manifests;
using Outrigger.Core.Results;
using Outrigger.Core.Templating;

namespace Outrigger.Core.Parameters;

/// <summary>Reads a pattern's <c>parameters</c>: strictly, so that a misspelt limit is an error and not a limit that never holds.</summary>
public static class SchemaReader
{
    /// <summary>Names that expressions already give a meaning.</summary>
    private static readonly FrozenSet<string> Reserved = FrozenSet.Create("instance", "pod", "app", "item", "index", "this", "else");

    private static readonly string[] Unsupported =
        ["allOf", "$ref", "nullable", "uniqueItems", "multipleOf", "exclusiveMinimum", "exclusiveMaximum",
         "x-kubernetes-preserve-unknown-fields", "x-kubernetes-validations"];

    /// <summary>The schema of all parameters; what is wrong in it goes to <paramref name="problems"/>.</summary>
    /// <param name="node">The mapping under <c>parameters</c>; null where a pattern has none.</param>
    /// <param name="path">Its field path.</param>
    /// <param name="problems">Where mistakes are collected.</param>
    public static ParameterSchema Read(SourceNode? node, string path, ICollection<Problem> problems)
    {
        if (node is null)
            return new() { Type = SchemaType.Object };
        var schema = Read(node, path, problems, depth: 0);
        if (schema.Type != SchemaType.Object)
            problems.Add(Problem.At(node.Location, $"{path}.type", "must be object: the parameters by name"));
        if (schema.AdditionalProperties is not null)
            problems.Add(Problem.At(node.Location, $"{path}.additionalProperties", "is not allowed here: parameters are known by name"));
        return schema;
    }

    private static ParameterSchema Read(SourceNode node, string path, ICollection<Problem> problems, int depth)
    {
        if (node is not SourceMapping mapping)
        {
            problems.Add(Problem.At(node.Location, path, "must be a mapping: an OpenAPI v3 schema"));
            return new() { Type = SchemaType.String, Location = node.Location };
        }

        var fields = new SourceFields(mapping, path, problems);
        foreach (var key in Unsupported)
            fields.Refuse(key, "is not supported in parameters");
        foreach (var key in depth > 0 ? RuleReader.Keywords : [])
            fields.Refuse(key, "is not supported inside of a parameter: it belongs beside the properties, between parameters");
        var type = ReadType(fields, problems);
        var schema = new ParameterSchema
        {
            Type = type,
            Location = node.Location,
            Description = fields.Text("description") ?? "",
            Format = ReadFormat(fields, type, problems),
            IsSetByOperator = ReadSetBy(fields, depth, problems),
            IsRemote = fields.Flag("x-remote"),
            Enum = fields.Values("enum"),
        };
        _ = (fields.Node("title"), fields.Node("example"));
        schema = WithLimits(schema, fields, problems);
        schema = WithParts(schema, fields, problems, depth);
        schema = WithDefault(schema, fields, problems, depth);
        if (depth == 0 && schema.Type == SchemaType.Object)
            schema = schema with { Rules = RuleReader.Read(fields, schema, problems) };
        fields.RefuseOthers();
        foreach (var value in schema.Enum)
            Check(value, schema with { Enum = [] }, fields.PathOf("enum"), node.Location, problems);
        return schema;
    }

    private static SchemaType ReadType(SourceFields fields, ICollection<Problem> problems)
    {
        if (fields.Text("type", required: true) is not { } name)
            return SchemaType.String;
        if (SchemaTypes.Parse(name) is { } type)
            return type;
        problems.Add(Problem.At(fields.Location, fields.PathOf("type"),
            $"{Shown.Quoted(name)} is no type{Nearest.Hint(name, SchemaTypes.Names)}; allowed are {Shown.List(SchemaTypes.Names)}"));
        return SchemaType.String;
    }

    private static ValueFormat? ReadFormat(SourceFields fields, SchemaType type, ICollection<Problem> problems)
    {
        // OpenAPI's own widths say nothing that the type integer does not.
        if (fields.Text("format") is not { } name || (type == SchemaType.Integer && name is "int32" or "int64"))
            return null;
        var names = ValueFormat.All.Values.Where(format => format.Type == type).Select(format => format.Name).Order(StringComparer.Ordinal).ToList();
        if (ValueFormat.All.TryGetValue(name, out var format) && format.Type == type)
            return format;
        problems.Add(Problem.At(fields.Location, fields.PathOf("format"),
            $"{Shown.Quoted(name)} is no format of type {type.Name()}{Nearest.Hint(name, names)}; allowed are {Shown.List(names)}"));
        return null;
    }

    private static bool ReadSetBy(SourceFields fields, int depth, ICollection<Problem> problems)
    {
        if (fields.Text("x-set-by") is not { } who)
            return false;
        if (who != "operator" || depth != 1)
            problems.Add(Problem.At(fields.Location, fields.PathOf("x-set-by"), depth == 1 ? "must be operator" : "belongs on a parameter itself"));
        return who == "operator";
    }

    private static ParameterSchema WithLimits(ParameterSchema schema, SourceFields fields, ICollection<Problem> problems)
    {
        if (schema.Type is SchemaType.Integer or SchemaType.Number)
            schema = schema with { Minimum = fields.Number("minimum"), Maximum = fields.Number("maximum") };
        if (schema.Type == SchemaType.Array)
            schema = schema with { MinItems = fields.Count("minItems"), MaxItems = fields.Count("maxItems") };
        if (schema.Type == SchemaType.String)
        {
            schema = schema with { MinLength = fields.Count("minLength"), MaxLength = fields.Count("maxLength") };
            if (fields.Text("pattern") is { } text)
            {
                schema = schema with { Pattern = StringPattern.Parse(text, out var mistake) };
                if (mistake is not null)
                    problems.Add(Problem.At(fields.Location, fields.PathOf("pattern"), $"{Shown.Quoted(text)} cannot be used: {mistake}"));
            }
        }

        if (schema.Minimum > schema.Maximum || schema.MinLength > schema.MaxLength || schema.MinItems > schema.MaxItems)
            problems.Add(Problem.At(fields.Location, fields.PathOf("type"), "has a least value above its greatest, so that nothing is allowed"));
        return schema;
    }

    private static ParameterSchema WithParts(ParameterSchema schema, SourceFields fields, ICollection<Problem> problems, int depth)
    {
        if (depth > 10)
        {
            problems.Add(Problem.At(fields.Location, fields.PathOf("type"), "is nested deeper than 10"));
            return schema with { Items = new() { Type = SchemaType.String } };
        }

        if (schema.Type == SchemaType.Array)
        {
            var items = fields.Required("items");
            schema = schema with { Items = items is null ? new() { Type = SchemaType.String } : Read(items, fields.PathOf("items"), problems, depth + 1) };
            return fields.Node("contains") is { } part ? schema with { Contains = ReadPart(part, schema.Items, fields.PathOf("contains"), problems, depth + 1) } : schema;
        }

        if (schema.Type != SchemaType.Object)
            return schema;
        var properties = ImmutableArray.CreateBuilder<KeyValuePair<string, ParameterSchema>>();
        foreach (var entry in fields.Entries("properties"))
        {
            var path = $"{fields.PathOf("properties")}.{entry.Key}";
            if (!IsName(entry.Key) || (depth == 0 && Reserved.Contains(entry.Key)))
            {
                problems.Add(Problem.At(entry.KeyLocation, path, Reserved.Contains(entry.Key)
                    ? "is a word that expressions give a meaning of their own; choose another name"
                    : "must be a letter, then up to 62 letters, digits, - and _: it is part of an annotation's key and of expressions"));
            }

            properties.Add(new(entry.Key, Read(entry.Value, path, problems, depth + 1)));
        }

        schema = schema with { Properties = properties.ToImmutable(), Required = fields.Texts("required") };
        foreach (var name in schema.Required.Where(name => schema[name] is null))
        {
            problems.Add(Problem.At(fields.Location, fields.PathOf("required"),
                $"{Shown.Quoted(name)} is not among the properties{Nearest.Hint(name, schema.Properties.Select(p => p.Key))}"));
        }

        return fields.Node("additionalProperties") switch
        {
            null or SourceScalar { Type: ScalarType.Boolean, Text: "false" } => schema,
            { } other => schema with { AdditionalProperties = Read(other, fields.PathOf("additionalProperties"), problems, depth + 1) },
        };
    }

    /// <summary>What at least one element must be: nothing that <c>items</c> does not know, or no list could ever fit.</summary>
    private static ParameterSchema ReadPart(SourceNode node, ParameterSchema items, string path, ICollection<Problem> problems, int depth)
    {
        var part = Read(node, path, problems, depth);
        if (part.Type != items.Type)
            problems.Add(Problem.At(node.Location, $"{path}.type", $"must be {items.Type.Name()}, as that of items"));
        foreach (var (name, member) in part.Properties)
        {
            if (items[name] is not { } known)
                problems.Add(Problem.At(member.Location, $"{path}.properties.{name}", $"is no member of items{Nearest.Hint(name, items.Properties.Select(p => p.Key))}"));
            else if (member.Type != known.Type)
                problems.Add(Problem.At(member.Location, $"{path}.properties.{name}.type", $"must be {known.Type.Name()}, as that of the same member of items"));
        }

        return part;
    }

    private static ParameterSchema WithDefault(ParameterSchema schema, SourceFields fields, ICollection<Problem> problems, int depth)
    {
        if (fields.Node("default") is not { } node)
            return schema;
        var path = fields.PathOf("default");
        var parsed = Template.Parse(node, path);
        if (!parsed.TryGet(out var preset))
        {
            foreach (var problem in parsed.Problems)
                problems.Add(problem);
            return schema;
        }

        var value = preset is ConstantTemplate constant ? ValueCheck.WithDefaults(constant.Value, schema) : null;
        if (preset is ConstantTemplate)
            Check(value, schema, path, node.Location, problems);
        else if (depth != 1)
            problems.Add(Problem.At(node.Location, path, "may hold expressions only on a parameter itself"));
        return schema with { Default = preset, ConstantDefault = value, DefaultText = node.ToJson()?.ToJsonString() };
    }

    private static void Check(JsonNode? value, ParameterSchema schema, string path, SourceLocation location, ICollection<Problem> problems)
    {
        var mistakes = new List<string>();
        ValueCheck.Collect(value, schema, "it", mistakes);
        foreach (var mistake in mistakes)
            problems.Add(Problem.At(location, path, mistake));
    }

    private static bool IsName(string name) =>
        char.IsAsciiLetter(name.FirstOrDefault()) && KubernetesFormats.IsQualifiedName(name) && !name.Contains('.', StringComparison.Ordinal);
}
