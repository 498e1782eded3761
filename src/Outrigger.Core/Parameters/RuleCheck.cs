using System.Collections.Immutable;
using Outrigger.Core.Results;

namespace Outrigger.Core.Parameters;

/// <summary>Holds the values of one use to the rules between its parameters.</summary>
/// <param name="values">All values by name.</param>
/// <param name="title">How messages name the pattern.</param>
/// <param name="keyOf">The annotation that sets a parameter of this use.</param>
internal sealed class RuleCheck(IReadOnlyDictionary<string, ParameterValue> values, string title, Func<string, string> keyOf)
{
    /// <summary>The broken rules. A rule over a value that is wrong by itself says nothing.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="wrong">Parameters whose value could not be used.</param>
    /// <returns>Each problem, and whether an annotation of the Pod has a part in it.</returns>
    public IEnumerable<(Problem Problem, bool IsByPod)> Broken(ImmutableArray<ParameterRule> rules, IReadOnlySet<string> wrong)
    {
        foreach (var rule in rules)
        {
            if (rule.Names.Any(wrong.Contains) || rule.Holds(name => values[name].Value))
                continue;
            var given = rule.Names.Where(HasValue).ToList();
            var subject = rule.Cases.LastOrDefault(one => one.Holds(name => values[name].Value)) is { } excess
                ? excess.Required.FirstOrDefault(IsByPod) ?? given.LastOrDefault(IsByPod) ?? given[^1]
                : Missing(rule) ?? given[^1];
            yield return (Problem.Of(keyOf(subject), $"{title} {rule.Describe(keyOf)}; {State(rule, given)}"), given.Exists(IsByPod));
        }
    }

    private bool HasValue(string name) => values[name].Value is not null;

    private bool IsByPod(string name) => values[name].Origin is Origin.Annotation;

    /// <summary>What would complete a case that is begun, else the first case.</summary>
    private string? Missing(ParameterRule rule) =>
        rule.Cases.Where(one => one.Required.Any(HasValue)).Append(rule.Cases[0]).SelectMany(one => one.Required).Concat(rule.Names).FirstOrDefault(name => !HasValue(name));

    private string State(ParameterRule rule, List<string> given) => given.Count switch
    {
        0 => "none is given",
        1 => $"given is {Show(rule, given[0])}",
        _ => $"given are {string.Join(", ", given.Select(name => Show(rule, name)))}",
    };

    private string Show(ParameterRule rule, string name)
    {
        // Only a value that the rule itself speaks of: others are no matter here, and may be long.
        var text = rule.Cases.Any(one => one.Values.Any(allowed => allowed.Key == name)) ? $"{keyOf(name)}={values[name].Value}" : keyOf(name);
        return values[name].Origin is Origin.Annotation ? text : $"{text} ({values[name].Origin})";
    }
}
