using Outrigger.Core.Parameters;

namespace Outrigger.Core.Compatibility;

/// <summary>Whether values that were allowed together still are.</summary>
internal sealed class RuleComparison(ICollection<Change> changes)
{
    /// <summary>Compares the rules between the parameters of two versions; each kind is there once at most.</summary>
    public void Compare(ParameterSchema old, ParameterSchema now)
    {
        foreach (var kind in old.Rules.Concat(now.Rules).Select(rule => rule.GetType()).Distinct())
        {
            var before = old.Rules.FirstOrDefault(rule => rule.GetType() == kind);
            var after = now.Rules.FirstOrDefault(rule => rule.GetType() == kind);
            if (Text(before) != Text(after))
                changes.Add(new(IsWider(before, after, old) ? ChangeClass.Minor : ChangeClass.Major, $"parameters.{Name(before ?? after!)}", Text(before), Text(after)));
        }
    }

    /// <summary>Whether all uses that kept to the old rule keep to the new one: those that set no parameter which there was not.</summary>
    private static bool IsWider(ParameterRule? old, ParameterRule? now, ParameterSchema before) => (old, now) switch
    {
        (_, null) => true,
        (_, ParameterRule.Never never) when Asks(never.Case, before) => true,
        (ParameterRule.AtLeastOne, _) => Keeps(old, now),
        (ParameterRule.ExactlyOne, _) => Keeps(old, now) && now.Cases.All(one => old.Cases.Any(kept => Same(kept, one)) || Asks(one, before)),
        _ => false,
    };

    private static bool Keeps(ParameterRule old, ParameterRule now) => old.Cases.All(one => now.Cases.Any(kept => Same(kept, one)));

    /// <summary>Whether a case asks for a parameter that there was not.</summary>
    private static bool Asks(RuleCase one, ParameterSchema before) => one.Required.Any(name => before[name] is null);

    private static bool Same(RuleCase one, RuleCase other) => one.Describe(name => name) == other.Describe(name => name);

    private static string? Text(ParameterRule? rule) => rule?.Describe(name => name);

    private static string Name(ParameterRule rule) => rule switch
    {
        ParameterRule.ExactlyOne => "oneOf",
        ParameterRule.AtLeastOne => "anyOf",
        ParameterRule.Never => "not",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
