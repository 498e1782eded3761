using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Outrigger.Core.Manifests;
using Outrigger.Core.Results;

namespace Outrigger.Core.Parameters;

/// <summary>Reads the rules between a pattern's parameters, strictly: a case that always or never holds is an error.</summary>
internal sealed class RuleReader
{
    private readonly SourceFields _fields;
    private readonly ParameterSchema _schema;
    private readonly ICollection<Problem> _problems;

    private RuleReader(SourceFields fields, ParameterSchema schema, ICollection<Problem> problems) =>
        (_fields, _schema, _problems) = (fields, schema, problems);

    /// <summary>The keywords.</summary>
    public static IReadOnlyList<string> Keywords { get; } = ["oneOf", "anyOf", "not"];

    /// <summary>All rules of a schema.</summary>
    /// <param name="fields">The mapping that holds the keywords.</param>
    /// <param name="schema">The parameters that they are about.</param>
    /// <param name="problems">Where mistakes are collected.</param>
    public static ImmutableArray<ParameterRule> Read(SourceFields fields, ParameterSchema schema, ICollection<Problem> problems)
    {
        var reader = new RuleReader(fields, schema, problems);
        var rules = ImmutableArray.CreateBuilder<ParameterRule>();
        if (reader.ReadCases("oneOf") is { IsEmpty: false } exactly)
            rules.Add(new ParameterRule.ExactlyOne(exactly));
        if (reader.ReadCases("anyOf") is { IsEmpty: false } atLeast)
            rules.Add(new ParameterRule.AtLeastOne(atLeast));
        if (fields.Mapping("not") is { } never)
            rules.Add(new ParameterRule.Never(reader.ReadCase(never)));
        return rules.ToImmutable();
    }

    private ImmutableArray<RuleCase> ReadCases(string keyword)
    {
        if (_fields.Node(keyword) is null)
            return [];
        var cases = ImmutableArray.CreateBuilder<RuleCase>();
        var items = _fields.Items(keyword);
        if (items.IsEmpty && _fields.Node(keyword) is SourceSequence empty)
            _fields.Wrong(keyword, empty, "a list of cases");
        if (items.Length == 1)
            _problems.Add(Problem.At(_fields.Location, _fields.PathOf(keyword), "has one case, which is no choice; write required instead"));
        foreach (var item in items)
        {
            if (item is SourceMapping mapping)
                cases.Add(ReadCase(new(mapping, $"{_fields.PathOf(keyword)}[{cases.Count}]", _problems)));
            else
                _fields.Wrong($"{keyword}[{cases.Count}]", item, "a mapping with required or properties");
        }

        return cases.ToImmutable();
    }

    private RuleCase ReadCase(SourceFields fields)
    {
        var values = ImmutableArray.CreateBuilder<KeyValuePair<string, ImmutableArray<JsonNode>>>();
        foreach (var entry in fields.Entries("properties"))
        {
            var path = $"{fields.PathOf("properties")}.{entry.Key}";
            if (Find(entry.Key, path, entry.KeyLocation) is { } parameter)
                values.Add(new(entry.Key, ReadValues(entry.Value, path, parameter)));
        }

        var required = fields.Texts("required");
        foreach (var name in required)
        {
            if (Find(name, fields.PathOf("required"), fields.Location) is { } parameter && (parameter.Default is not null || _schema.Required.Contains(name)))
                _problems.Add(Problem.At(fields.Location, fields.PathOf("required"), $"names {Shown.Quoted(name)}, which has a value in any case: it is required, or has a default"));
        }

        fields.RefuseOthers();
        if (values.Count == 0 && required.IsEmpty)
            _problems.Add(Problem.At(fields.Location, fields.PathOf("required"), "is missing, and so is properties: the case says nothing"));
        return new(required, values.ToImmutable());
    }

    private ImmutableArray<JsonNode> ReadValues(SourceNode node, string path, ParameterSchema parameter)
    {
        if (node is not SourceMapping mapping)
        {
            _problems.Add(Problem.At(node.Location, path, "must be a mapping with enum"));
            return [];
        }

        var fields = new SourceFields(mapping, path, _problems);
        var values = fields.Values("enum");
        fields.RefuseOthers();
        if (values.IsEmpty && fields.Node("enum") is null)
            _problems.Add(Problem.At(node.Location, fields.PathOf("enum"), "is missing: the values that the case is about"));
        var mistakes = new List<string>();
        foreach (var value in values)
            ValueCheck.Collect(value, parameter, "it", mistakes);
        foreach (var mistake in mistakes)
            _problems.Add(Problem.At(node.Location, fields.PathOf("enum"), mistake));
        return values;
    }

    private ParameterSchema? Find(string name, string path, SourceLocation location)
    {
        if (_schema[name] is { } parameter)
            return parameter;
        _problems.Add(Problem.At(location, path, $"{Shown.Quoted(name)} is not among the properties{Nearest.Hint(name, _schema.Properties.Select(p => p.Key))}"));
        return null;
    }
}
