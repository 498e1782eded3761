using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Outrigger.Core.Parameters;

/// <summary>
/// Which parameters have values together: <c>oneOf</c>, <c>anyOf</c> and <c>not</c> beside the properties, as far as a structural schema may
/// say it too (https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema).
/// </summary>
public abstract record ParameterRule
{
    private ParameterRule(ImmutableArray<RuleCase> cases) => Cases = cases;

    /// <summary>What it speaks of, in the order of the document.</summary>
    public ImmutableArray<RuleCase> Cases { get; }

    /// <summary><c>oneOf</c>.</summary>
    public sealed record ExactlyOne(ImmutableArray<RuleCase> Either) : ParameterRule(Either);

    /// <summary><c>anyOf</c>.</summary>
    public sealed record AtLeastOne(ImmutableArray<RuleCase> Either) : ParameterRule(Either);

    /// <summary><c>not</c>.</summary>
    public sealed record Never(RuleCase Case) : ParameterRule([Case]);

    /// <summary>The parameters that it speaks of.</summary>
    public IEnumerable<string> Names =>
        Cases.SelectMany(one => one.Required.Concat(one.Values.Select(value => value.Key))).Distinct();

    /// <summary>Whether values keep to it.</summary>
    /// <param name="valueOf">A parameter's value, defaults included; null where it has none.</param>
    public bool Holds(Func<string, JsonNode?> valueOf)
    {
        var count = Cases.Count(one => one.Holds(valueOf));
        return this switch
        {
            ExactlyOne => count == 1,
            AtLeastOne => count > 0,
            Never => count == 0,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>As a clause behind the pattern's name: <c>needs exactly one of url, or configMap with key</c>.</summary>
    /// <param name="nameOf">How a parameter is called.</param>
    public string Describe(Func<string, string> nameOf)
    {
        var cases = string.Join(", ", Cases.Select((one, i) => (i > 0 && i == Cases.Length - 1 ? "or " : "") + one.Describe(nameOf)));
        return this switch
        {
            ExactlyOne => $"needs exactly one of {cases}",
            AtLeastOne => $"needs at least one of {cases}",
            Never => $"does not take {cases}",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}

/// <summary>One case of a rule; it holds where all that it says does.</summary>
/// <param name="Required">Parameters that have a value.</param>
/// <param name="Values">Parameters that have one of these values, or none.</param>
public sealed record RuleCase(ImmutableArray<string> Required, ImmutableArray<KeyValuePair<string, ImmutableArray<JsonNode>>> Values)
{
    /// <summary>Whether values are as it says.</summary>
    public bool Holds(Func<string, JsonNode?> valueOf) =>
        Required.All(name => valueOf(name) is not null)
        && Values.All(allowed => valueOf(allowed.Key) is not { } value || allowed.Value.Any(one => JsonNode.DeepEquals(one, value)));

    /// <summary><c>output=forward|http with host</c>.</summary>
    public string Describe(Func<string, string> nameOf) =>
        string.Join(" with ", Values.Select(one => $"{nameOf(one.Key)}={string.Join('|', one.Value)}").Concat(Required.Select(nameOf)));
}
