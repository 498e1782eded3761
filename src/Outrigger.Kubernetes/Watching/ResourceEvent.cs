using System.Collections.Immutable;

namespace Outrigger.Kubernetes.Watching;

/// <summary>What a watcher tells, in the order in which it happened: <see cref="Listed{T}"/>, <see cref="Upserted{T}"/> or
/// <see cref="Deleted{T}"/>.</summary>
public abstract record ResourceEvent<T>
{
    private protected ResourceEvent()
    {
    }
}

/// <summary>These are all; whatever was known before is void. First, and again whenever events were missed.</summary>
public sealed record Listed<T>(ImmutableArray<T> Items) : ResourceEvent<T>;

/// <summary>This one is new or changed.</summary>
public sealed record Upserted<T>(T Item) : ResourceEvent<T>;

/// <summary>This one is gone, as it was at its end.</summary>
public sealed record Deleted<T>(T Item) : ResourceEvent<T>;
