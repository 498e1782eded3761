using System.Collections.Immutable;
using Outrigger.Core.Results;

namespace Outrigger.Core.Composition;

/// <summary>A rendered use, held against the Pod.</summary>
internal sealed record FittedUse
{
    /// <summary>What it wanted.</summary>
    public required RenderedUse Rendered { get; init; }

    /// <summary>What is really added: less what is there already, and what the Pod set itself.</summary>
    public required ImmutableArray<Addition> Additions { get; init; }

    /// <summary>What it owns afterwards, that from an earlier review included.</summary>
    public required Ownership Owns { get; init; }

    /// <summary>The names that it takes.</summary>
    public required ImmutableArray<(Slot Slot, string Name)> Takes { get; init; }

    /// <summary>Why it does not fit; empty where it does.</summary>
    public required ImmutableArray<Problem> Problems { get; init; }

    /// <summary>Why the pattern itself can be in no such Pod, which is its author's mistake; empty where it can.</summary>
    public ImmutableArray<Problem> AuthorProblems { get; init; } = [];

    /// <summary>What it left as it is.</summary>
    public required ImmutableArray<string> Warnings { get; init; }

    /// <summary>The status of a Pod that has this use alone; null for what is fitted once.</summary>
    public KnownStatus? Status { get; init; }
}
