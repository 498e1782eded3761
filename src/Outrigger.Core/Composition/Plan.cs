using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Outrigger.Core.Parameters;
using Outrigger.Core.Selection;

namespace Outrigger.Core.Composition;

/// <summary>What joins a Pod, and who owns it. Names a Pod's lists, never copies them: the Pod itself stays raw JSON.</summary>
public sealed record Plan
{
    /// <summary>The name of the application container, which env, envFrom and mounts go to.</summary>
    public required string Application { get; init; }

    /// <summary>The uses that the Pod has now, in the order of their containers; for an update those whose parameters it changes.</summary>
    public required ImmutableArray<PlannedUse> Uses { get; init; }

    /// <summary>Everything to add, in the order in which a list's entries shall stand. Empty where all of it is there already.</summary>
    public required ImmutableArray<Addition> Additions { get; init; }
}

/// <summary>A use with the values of its parameters.</summary>
/// <param name="Use">The use.</param>
/// <param name="Parameters">All parameters of the pattern, by name.</param>
public sealed record BoundUse(Use Use, ImmutableArray<ParameterValue> Parameters);

/// <summary>A use and what it owns in this Pod.</summary>
public sealed record PlannedUse(BoundUse Bound, Ownership Owns);

/// <summary>One thing to add to a Pod. A closed set: consume it by one <c>switch</c>.</summary>
public abstract record Addition
{
    private Addition()
    {
    }

    /// <summary>An annotation; one that is there already is the injector's own and is overwritten.</summary>
    public sealed record Annotation(string Key, string Value) : Addition
    {
        /// <summary>The value as JSON; empty where nobody wrote it yet.</summary>
        internal ReadOnlyMemory<byte> Json { get; init; }
    }

    /// <summary>A label that the Pod does not have.</summary>
    public sealed record Label(string Key, string Value) : Addition;

    /// <summary>An entry of one of the Pod's lists: at its end, or before the user's own (<paramref name="First"/>).</summary>
    public sealed record Entry(PodList List, JsonObject Value, bool First) : Addition
    {
        /// <summary>The value as JSON; empty where nobody wrote it yet.</summary>
        internal ReadOnlyMemory<byte> Json { get; init; }
    }

    /// <summary><c>shareProcessNamespace: true</c>.</summary>
    public sealed record SharedProcessNamespace : Addition;
}

/// <summary>The lists of a Pod that entries are added to.</summary>
public enum PodList
{
    /// <summary><c>spec.volumes</c></summary>
    Volumes,

    /// <summary><c>spec.initContainers</c></summary>
    InitContainers,

    /// <summary><c>spec.containers</c></summary>
    Containers,

    /// <summary><c>env</c> of the application container.</summary>
    ApplicationEnv,

    /// <summary><c>envFrom</c> of the application container.</summary>
    ApplicationEnvFrom,

    /// <summary><c>volumeMounts</c> of the application container.</summary>
    ApplicationMounts,
}
