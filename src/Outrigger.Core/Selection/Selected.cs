using System.Collections.Immutable;
using Outrigger.Core.Results;

namespace Outrigger.Core.Selection;

/// <summary>Which uses a Pod gets, and everything that was decided against.</summary>
public sealed record Selected
{
    /// <summary>The uses: those that the Pod names itself, then those of required bindings, of namespace bindings, of cluster bindings.</summary>
    public ImmutableArray<Use> Uses { get; init; } = [];

    /// <summary>What was asked for and left out.</summary>
    public ImmutableArray<SkippedUse> Skipped { get; init; } = [];

    /// <summary>Mistakes in the Pod's annotations.</summary>
    public ImmutableArray<Problem> PodMistakes { get; init; } = [];
}
