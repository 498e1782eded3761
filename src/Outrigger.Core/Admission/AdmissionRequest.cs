using System.Collections.Immutable;
using System.Text.Json;
using Outrigger.Core.Selection;

namespace Outrigger.Core.Admission;

/// <summary>
/// What one review is about: the <c>request</c> of an <c>admission.k8s.io/v1</c> AdmissionReview
/// (https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#request).
/// </summary>
public sealed record AdmissionRequest
{
    /// <summary>Identifies this call; the answer repeats it.</summary>
    public required string Uid { get; init; }

    /// <summary><c>CREATE</c>, <c>UPDATE</c>, <c>DELETE</c> or <c>CONNECT</c>.</summary>
    public required string Operation { get; init; }

    /// <summary>The kind of <see cref="Object"/>: <c>Pod</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The API group of <see cref="Object"/>; empty for the core group.</summary>
    public string Group { get; init; } = "";

    /// <summary>Such as <c>ephemeralcontainers</c>; empty where the object itself is meant.</summary>
    public string SubResource { get; init; } = "";

    /// <summary>
    /// The namespace that the Pod goes to. A controller's Pod carries none of its own when it is reviewed, so this one counts.
    /// </summary>
    public string Namespace { get; init; } = "";

    /// <summary>Whether nothing will be persisted. The answer is the same.</summary>
    public bool DryRun { get; init; }

    /// <summary>
    /// The object as it was sent, fields that nobody here has heard of included; undefined for a DELETE. Only the lists in
    /// <see cref="LongLists"/> are empty in it.
    /// </summary>
    public required JsonElement Object { get; init; }

    /// <summary>The lists of environment variables that are too long to be worth parsing, at their places in <see cref="Object"/>.</summary>
    public ImmutableArray<LongVariableList> LongLists { get; init; } = [];

    /// <summary>The object before an UPDATE; undefined else.</summary>
    public JsonElement OldObject { get; init; }

    /// <summary>The request that creating <paramref name="pod"/> in a namespace would make.</summary>
    public static AdmissionRequest CreatePod(JsonElement pod, string @namespace) => new()
    {
        Uid = "",
        Operation = "CREATE",
        Kind = "Pod",
        Namespace = @namespace,
        Object = pod,
    };

    /// <summary>The request that changing a Pod in a namespace from <paramref name="before"/> to <paramref name="pod"/> would make.</summary>
    public static AdmissionRequest UpdatePod(JsonElement before, JsonElement pod, string @namespace) =>
        CreatePod(pod, @namespace) with { Operation = "UPDATE", OldObject = before };
}
