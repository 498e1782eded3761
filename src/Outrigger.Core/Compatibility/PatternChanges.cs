using System.Collections.Immutable;
using Outrigger.Core.Catalog;
using Outrigger.Core.Catalog.Lint;

namespace Outrigger.Core.Compatibility;

/// <summary>All that is different between two versions of a pattern.</summary>
internal static class PatternChanges
{
    /// <summary>The changes, those that break most first. Empty exactly where the two say the same.</summary>
    public static ImmutableArray<Change> Between(Pattern old, Pattern now)
    {
        if (old.Content == now.Content)
            return [];
        var changes = new List<Change>();
        new ParameterComparison(changes).Compare(old.Parameters, now.Parameters);
        new TemplateComparison(changes).Compare(old.Templates, now.Templates);
        CompareFields(old, now, changes);
        // What is compared is what matters to users. A field's order or an example may be all that is left.
        if (changes.Count == 0)
            changes.Add(new(ChangeClass.Patch, "spec", null, null, "it is written in another way"));
        return [.. changes.OrderByDescending(change => change.Class)];
    }

    private static void CompareFields(Pattern old, Pattern now, List<Change> changes)
    {
        Text(ChangeClass.Patch, "summary", old.Summary, now.Summary, changes);
        Text(ChangeClass.Patch, "description", old.Description, now.Description, changes);
        Text(ChangeClass.Major, "role", old.Role.Name(), now.Role.Name(), changes);
        Flag("shareProcessNamespace", old.SharesProcessNamespace, now.SharesProcessNamespace, ChangeClass.Major, ChangeClass.Minor, changes);
        Flag("live", old.IsLive, now.IsLive, ChangeClass.Minor, ChangeClass.Major, changes);
        Flag("hostNetwork", old.AllowsHostNetwork, now.AllowsHostNetwork, ChangeClass.Minor, ChangeClass.Major, changes);
        Text(ChangeClass.Major, "order", Order(old), Order(now), changes);
        Text(ChangeClass.Patch, "withoutProbes", Unprobed(old), Unprobed(now), changes);
        CompareSecurity(old, now, changes);
        foreach (var name in now.ConflictsWith.Except(old.ConflictsWith))
            changes.Add(new(ChangeClass.Major, "conflictsWith", null, name));
        foreach (var name in old.ConflictsWith.Except(now.ConflictsWith))
            changes.Add(new(ChangeClass.Minor, "conflictsWith", name, null));
        foreach (var name in now.After.Except(old.After))
            changes.Add(new(ChangeClass.Patch, "after", null, name));
        foreach (var name in old.After.Except(now.After))
            changes.Add(new(ChangeClass.Patch, "after", name, null));
    }

    /// <summary>A namespace holds Pods to what they do, whatever the pattern declares of it.</summary>
    private static void CompareSecurity(Pattern old, Pattern now, List<Change> changes)
    {
        var (before, after) = (Needs(old), Needs(now));
        var change = after > before ? ChangeClass.Major : ChangeClass.Minor;
        if (before != after)
            changes.Add(new(change, "securityLevel", PodSecurity.Name(before), PodSecurity.Name(after)));
    }

    private static SecurityLevel Needs(Pattern pattern)
    {
        var level = Enum.GetValues<SecurityLevel>().First(level => !PodSecurity.Breaches(pattern, level).Any());
        return level > pattern.SecurityLevel ? level : pattern.SecurityLevel;
    }

    private static void Text(ChangeClass change, string subject, string old, string now, List<Change> changes)
    {
        if (old.Trim() != now.Trim())
            changes.Add(new(change, subject, old.Trim(), now.Trim()));
    }

    private static void Flag(string subject, bool old, bool now, ChangeClass on, ChangeClass off, List<Change> changes)
    {
        if (old != now)
            changes.Add(new(now ? on : off, subject, old ? "true" : "false", now ? "true" : "false"));
    }

    private static string Order(Pattern pattern) => pattern.IsFirst ? "first" : "last";

    private static string Unprobed(Pattern pattern) =>
        string.Join("; ", pattern.WithoutProbes.Select(one => $"{one.Container}: {one.Reason.Trim()}"));
}
