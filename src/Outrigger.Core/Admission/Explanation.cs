using System.Collections.Immutable;
using Outrigger.Core.Composition;
using Outrigger.Core.Selection;

namespace Outrigger.Core.Admission;

/// <summary>What a review found on its way to the decision: each use with its parameters' origins, each skip with its reason.</summary>
public sealed record Explanation
{
    /// <summary>Of a review that ended before anything was selected.</summary>
    public static Explanation None { get; } = new();

    /// <summary>The name of the application container, or null where none was looked for.</summary>
    public string? Application { get; init; }

    /// <summary>The uses whose parameters could be bound, also those of a Pod that is refused in the end.</summary>
    public ImmutableArray<BoundUse> Uses { get; init; } = [];

    /// <summary>The uses that were asked for and left out.</summary>
    public ImmutableArray<SkippedUse> Skipped { get; init; } = [];
}
