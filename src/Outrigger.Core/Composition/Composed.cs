using System.Collections.Immutable;
using Outrigger.Core.Results;
using Outrigger.Core.Selection;

namespace Outrigger.Core.Composition;

/// <summary>The outcome of composing a Pod with its uses.</summary>
public sealed record Composed
{
    /// <summary>What joins the Pod: all uses that fit.</summary>
    public required Plan Plan { get; init; }

    /// <summary>Why the Pod must be refused; empty where it need not be.</summary>
    public required ImmutableArray<Problem> PodMistakes { get; init; }

    /// <summary>Uses of bindings that do not fit and were left out.</summary>
    public required ImmutableArray<SkippedUse> Skipped { get; init; }

    /// <summary>What was left as the Pod has it.</summary>
    public required ImmutableArray<string> Warnings { get; init; }
}
