using System.Collections.Immutable;
using Outrigger.Core.Results;

namespace Outrigger.Core.Parameters;

/// <summary>The outcome of binding one use's parameters: all values, and all mistakes by whose they are.</summary>
public sealed record BoundParameters
{
    /// <summary>Every parameter of the schema, in its order.</summary>
    public required ImmutableArray<ParameterValue> Values { get; init; }

    /// <summary>Mistakes in the Pod's annotations.</summary>
    public ImmutableArray<Problem> PodMistakes { get; init; } = [];

    /// <summary>Parameters that must have a value and have none. Whoever asked for the use answers for them.</summary>
    public ImmutableArray<Problem> Missing { get; init; } = [];

    /// <summary>Values that bindings fix and that this version of the pattern does not take. Whoever chose the version answers for them.</summary>
    public ImmutableArray<Problem> Unfixed { get; init; } = [];

    /// <summary>Values of bindings and installation defaults that could not be used and were passed over.</summary>
    public ImmutableArray<Problem> AuthorMistakes { get; init; } = [];
}
