using System.Collections.Immutable;
using Outrigger.Core.Catalog;

namespace Outrigger.Core.Compatibility;

/// <summary>What became of one version of a pattern.</summary>
/// <param name="Old">The version that there was; null for a pattern that is new.</param>
/// <param name="New">The version that stands in its place; null where there is none.</param>
/// <param name="Changes">What is different between the two, those that break most first.</param>
public sealed record PatternComparison(Pattern? Old, Pattern? New, ImmutableArray<Change> Changes)
{
    /// <summary>The pattern, of the new state where it has one.</summary>
    public Pattern Pattern => New ?? Old!;

    /// <summary>Whether it is the same version, and says the same.</summary>
    public bool IsUnchanged => Old is not null && New is not null && Changes.IsEmpty && Old.Version == New.Version;

    /// <summary>The gravest class of the changes; null where nothing changed.</summary>
    public ChangeClass? Class => Changes.IsEmpty ? null : Changes.Max(change => change.Class);

    /// <summary>The least version that the new state must have; null where there is no old one, no new one, or no change.</summary>
    public SemanticVersion? Least => Old is null || New is null || Class is not { } change ? null : VersionStep.Least(Old.Version, change);

    /// <summary>Whether the version says what the changes do. Nothing says that of a version that is gone.</summary>
    public bool IsEnough => Old is null || (New is not null && (Class is { } change
        ? VersionStep.IsEnough(Old.Version, New.Version, change)
        : New.Version >= Old.Version));
}
