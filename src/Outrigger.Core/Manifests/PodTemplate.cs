namespace Outrigger.Core.Manifests;

/// <summary>Where a workload keeps the Pod that it makes.</summary>
public sealed record PodTemplate
{
    /// <summary>
    /// The JSON Pointer of the object that has the Pod's <c>metadata</c> and <c>spec</c>: <c>/spec/template</c> in a Deployment, the
    /// empty string in a Pod.
    /// </summary>
    public required string Pointer { get; init; }

    /// <summary>The JSON Pointer of the workload itself, whose <c>metadata</c> has the name: not the whole document for a list's item.</summary>
    public required string OwnerPointer { get; init; }

    /// <summary>The workload's kind: <c>Deployment</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The workload's name, or null where it has none or only a <c>generateName</c>.</summary>
    public required string? Name { get; init; }

    /// <summary>The workload's namespace, or null where it leaves that to whoever applies it.</summary>
    public required string? Namespace { get; init; }
}
