using System.Collections.Immutable;
using Outrigger.Core.Composition;
using Outrigger.Core.Selection;

namespace Outrigger.Core.Admission;

/// <summary>A Pod that was injected when it was created, and what an update would make of it.</summary>
internal sealed record RunningPod
{
    /// <summary>Before the update.</summary>
    public required PodView Before { get; init; }

    /// <summary>What its annotations said before.</summary>
    public required PodAnnotations AnnotationsBefore { get; init; }

    /// <summary>As it would be.</summary>
    public required PodView Pod { get; init; }

    /// <summary>What its annotations would say; without an opt-out that comes too late.</summary>
    public required PodAnnotations Annotations { get; init; }

    /// <summary>The annotations of the domain that the update sets, changes or removes: at least one.</summary>
    public required ImmutableSortedSet<string> Changed { get; init; }

    /// <summary>What was injected, by the Pod before the update: whoever updates it may write the other one's status.</summary>
    public required InjectionStatus Status { get; init; }

    /// <summary>The application container that the uses extend, whatever the annotations say by now; null only where a stranger wrote the status.</summary>
    public ContainerView? Application => Pod.Containers.FirstOrDefault(container => container.Name == Status.Application);

    /// <summary>The uses that it has.</summary>
    public ImmutableArray<string> Instances => [.. Status.Uses.Select(use => use.Instance)];

    /// <summary>How its annotations would ask for a use; null where they would not, or where the Pod says that it wants none.</summary>
    public AskedUse? Asked(string instance) => AskedIn(Annotations, instance);

    /// <summary>How its annotations asked for a use before.</summary>
    public AskedUse? AskedBefore(string instance) => AskedIn(AnnotationsBefore, instance);

    private AskedUse? AskedIn(PodAnnotations annotations, string instance) =>
        Annotations.IsOptedOut ? null : annotations.Asked.FirstOrDefault(asked => asked.Instance == instance);
}
