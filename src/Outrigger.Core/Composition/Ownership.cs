using System.Collections.Immutable;

namespace Outrigger.Core.Composition;

/// <summary>
/// Everything in a Pod that one use brought, by name: what <c>uninject</c> takes away again, and what a second review recognises.
/// </summary>
public sealed record Ownership
{
    /// <summary>Names of containers.</summary>
    public ImmutableArray<string> Containers { get; init; } = [];

    /// <summary>Names of init containers, native sidecars among them.</summary>
    public ImmutableArray<string> InitContainers { get; init; } = [];

    /// <summary>Names of volumes.</summary>
    public ImmutableArray<string> Volumes { get; init; } = [];

    /// <summary>Mount paths in the application container.</summary>
    public ImmutableArray<string> Mounts { get; init; } = [];

    /// <summary>Names of environment variables in the application container.</summary>
    public ImmutableArray<string> Env { get; init; } = [];

    /// <summary>Sources in the application container's envFrom, each as <c>PREFIX:configMap/NAME</c> or <c>PREFIX:secret/NAME</c>.</summary>
    public ImmutableArray<string> EnvFrom { get; init; } = [];

    /// <summary>Names of files, each an annotation <c>files.outrigger.dev/INSTANCE.FILE</c>.</summary>
    public ImmutableArray<string> Files { get; init; } = [];

    /// <summary>Keys of labels.</summary>
    public ImmutableArray<string> Labels { get; init; } = [];

    /// <summary>Keys of annotations, without those of files.</summary>
    public ImmutableArray<string> Annotations { get; init; } = [];

    /// <summary>Whether it set <c>shareProcessNamespace</c>.</summary>
    public bool ShareProcessNamespace { get; init; }
}
