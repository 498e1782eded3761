using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Outrigger.Core.Composition;

/// <summary>What one use wants to add, before anybody looked whether the Pod has room for it.</summary>
public sealed record RenderedUse
{
    /// <summary>The use.</summary>
    public required BoundUse Bound { get; init; }

    /// <summary>Containers beside the application.</summary>
    public ImmutableArray<JsonObject> Containers { get; init; } = [];

    /// <summary>Init containers, native sidecars last.</summary>
    public ImmutableArray<JsonObject> InitContainers { get; init; } = [];

    /// <summary>Volumes, that of the files last.</summary>
    public ImmutableArray<JsonObject> Volumes { get; init; } = [];

    /// <summary>Environment variables of the application container.</summary>
    public ImmutableArray<JsonObject> Env { get; init; } = [];

    /// <summary>Sources of environment variables of the application container.</summary>
    public ImmutableArray<JsonObject> EnvFrom { get; init; } = [];

    /// <summary>Mounts of the application container.</summary>
    public ImmutableArray<JsonObject> Mounts { get; init; } = [];

    /// <summary>Labels of the Pod.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Labels { get; init; } = [];

    /// <summary>Annotations of the Pod.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Annotations { get; init; } = [];

    /// <summary>Files by name.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Files { get; init; } = [];

    /// <summary>What of it joins a Pod in which nothing is in its way; null where nobody looked.</summary>
    internal FittedUse? Alone { get; init; }

    /// <summary>The hash of what the Pod's annotations say of it; null where nobody made it.</summary>
    internal string? Asked { get; init; }
}
