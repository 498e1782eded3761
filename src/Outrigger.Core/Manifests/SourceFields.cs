using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Outrigger.Core.Results;

namespace Outrigger.Core.Manifests;

/// <summary>
/// Reads the known fields of a mapping, strictly: a field of the wrong type and a field that nobody asked for are problems, with their lines.
/// </summary>
/// <param name="mapping">The mapping.</param>
/// <param name="path">Its field path, the start of every problem's subject.</param>
/// <param name="problems">Where mistakes are collected.</param>
public sealed class SourceFields(SourceMapping mapping, string path, ICollection<Problem> problems)
{
    private readonly HashSet<string> _known = [];
    private readonly HashSet<string> _refused = [];

    /// <summary>Where the mapping starts.</summary>
    public SourceLocation Location => mapping.Location;

    /// <summary>The path of a field of this mapping.</summary>
    public string PathOf(string key) => path.Length == 0 ? key : $"{path}.{key}";

    /// <summary>The field's node, or null where it is absent or empty (null).</summary>
    public SourceNode? Node(string key)
    {
        _known.Add(key);
        return mapping[key] is { } node and not SourceScalar { Type: ScalarType.Null } ? node : null;
    }

    /// <summary>The field's node; a problem where it is absent.</summary>
    public SourceNode? Required(string key)
    {
        var node = Node(key);
        if (node is null)
            problems.Add(Problem.At(mapping.Location, PathOf(key), "is missing"));
        return node;
    }

    /// <summary>A string, or null where it is absent or wrong.</summary>
    public string? Text(string key, bool required = false) => Scalar(key, required, ScalarType.Text, "a string")?.Text;

    /// <summary>A boolean; false where it is absent.</summary>
    public bool Flag(string key) => Scalar(key, false, ScalarType.Boolean, "true or false") is { } scalar && scalar.ToJson()!.GetValue<bool>();

    /// <summary>A number, or null where it is absent or wrong.</summary>
    public decimal? Number(string key)
    {
        if (Node(key) is not { } node)
            return null;
        if (node is SourceScalar { Type: ScalarType.WholeNumber or ScalarType.Number } scalar
            && decimal.TryParse(scalar.ToJson()!.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return number;
        Wrong(key, node, "a number");
        return null;
    }

    /// <summary>A whole number that is not negative, or null where it is absent or wrong.</summary>
    public int? Count(string key)
    {
        if (Node(key) is not { } node)
            return null;
        if (node is SourceScalar { Type: ScalarType.WholeNumber } scalar
            && int.TryParse(scalar.ToJson()!.ToJsonString(), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return count;
        Wrong(key, node, "an integer of at least 0");
        return null;
    }

    /// <summary>The fields of a mapping, or null where it is absent or wrong.</summary>
    public SourceFields? Mapping(string key, bool required = false)
    {
        if ((required ? Required(key) : Node(key)) is not { } node)
            return null;
        if (node is SourceMapping inner)
            return new(inner, PathOf(key), problems);
        Wrong(key, node, "a mapping");
        return null;
    }

    /// <summary>The entries of a mapping whose keys are anybody's; none where it is absent or wrong.</summary>
    public ImmutableArray<SourceEntry> Entries(string key)
    {
        if (Node(key) is not { } node)
            return [];
        if (node is SourceMapping inner)
            return inner.Entries;
        Wrong(key, node, "a mapping");
        return [];
    }

    /// <summary>The items of a sequence; none where it is absent or wrong.</summary>
    public ImmutableArray<SourceNode> Items(string key)
    {
        if (Node(key) is not { } node)
            return [];
        if (node is SourceSequence sequence)
            return sequence.Items;
        Wrong(key, node, "a list");
        return [];
    }

    /// <summary>The strings of a sequence.</summary>
    public ImmutableArray<string> Texts(string key)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        foreach (var (index, item) in Items(key).Index())
        {
            if (item is SourceScalar { Type: ScalarType.Text } scalar)
                texts.Add(scalar.Text);
            else
                Wrong(string.Create(CultureInfo.InvariantCulture, $"{key}[{index}]"), item, "a string");
        }

        return texts.ToImmutable();
    }

    /// <summary>The values of a sequence that may not be empty, as JSON; none where it is absent or wrong.</summary>
    public ImmutableArray<JsonNode> Values(string key)
    {
        if (Node(key) is not { } node)
            return [];
        if (node is SourceSequence { Items.IsEmpty: true })
            Wrong(key, node, "a list of at least one value");
        var values = ImmutableArray.CreateBuilder<JsonNode>();
        foreach (var (index, item) in Items(key).Index())
        {
            if (item.ToJson() is { } value)
                values.Add(value);
            else
                Wrong(string.Create(CultureInfo.InvariantCulture, $"{key}[{index}]"), item, "a value");
        }

        return values.ToImmutable();
    }

    /// <summary>Adds a problem where a field is there that another place, or another reader, would know; no hint will name it.</summary>
    public void Refuse(string key, string message)
    {
        if (mapping[key] is { } node && _refused.Add(key))
            problems.Add(Problem.At(node.Location, PathOf(key), message));
    }

    /// <summary>Makes a problem of every field that was not asked for.</summary>
    public void RefuseOthers()
    {
        foreach (var entry in mapping.Entries)
        {
            if (!_known.Contains(entry.Key) && !_refused.Contains(entry.Key))
            {
                problems.Add(Problem.At(entry.KeyLocation, PathOf(entry.Key),
                    $"is not a field of this kind{Nearest.Hint(entry.Key, _known)}; allowed are {Shown.List(_known.Order(StringComparer.Ordinal))}"));
            }
        }
    }

    /// <summary>Adds a problem that says what a field must be.</summary>
    public void Wrong(string key, SourceNode node, string allowed) =>
        problems.Add(Problem.At(node.Location, PathOf(key), $"must be {allowed}, is {Describe(node)}"));

    private static string Describe(SourceNode node) => node switch
    {
        SourceScalar { Type: ScalarType.Text } text => Shown.Quoted(text.Text),
        SourceScalar scalar => scalar.Text.Length == 0 ? "empty" : scalar.Text,
        SourceSequence { Items.IsEmpty: true } => "empty",
        SourceSequence => "a list",
        _ => "a mapping",
    };

    private SourceScalar? Scalar(string key, bool required, ScalarType type, string allowed)
    {
        var node = required ? Required(key) : Node(key);
        if (node is SourceScalar scalar && scalar.Type == type)
            return scalar;
        if (node is not null)
            Wrong(key, node, allowed);
        return null;
    }
}
