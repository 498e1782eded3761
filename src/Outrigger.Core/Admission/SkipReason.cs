namespace Outrigger.Core.Admission;

/// <summary>Why a Pod is admitted untouched. A closed set: it labels metrics and log lines.</summary>
public enum SkipReason
{
    /// <summary>The review is about something else than the creation or update of a Pod.</summary>
    NotAPodCreation,

    /// <summary>No annotation and no binding asks for a pattern.</summary>
    NothingAsked,

    /// <summary>The Pod says <c>outrigger.dev/inject: "false"</c>.</summary>
    OptedOut,

    /// <summary>
    /// A mirror Pod shows what a kubelet runs from a file; the API server does not decide about it
    /// (https://kubernetes.io/docs/tasks/configure-pod-container/static-pod/).
    /// </summary>
    MirrorPod,

    /// <summary>The Pod is in the node's network, and no pattern that it gets allows that.</summary>
    HostNetwork,

    /// <summary>All that the Pod should get is there already (reinvocation, or a manifest that was injected before).</summary>
    AlreadyInjected,

    /// <summary>Bindings select the Pod, but none of their uses could be applied; the warnings say why.</summary>
    BindingsFailed,

    /// <summary>An update that changes nothing of what was injected.</summary>
    NothingChanged,

    /// <summary>An update of a Pod that was not injected when it was created: nothing can be added to a running one.</summary>
    NotInjected,

    /// <summary>An update of a Pod that somebody has deleted, and that is on its way out.</summary>
    BeingDeleted,
}

/// <summary>How skip reasons are written in logs and metrics.</summary>
public static class SkipReasons
{
    /// <summary>The reason in snake case: a metric's label value.</summary>
    public static string Name(this SkipReason reason) => reason switch
    {
        SkipReason.NotAPodCreation => "not_a_pod_creation",
        SkipReason.NothingAsked => "nothing_asked",
        SkipReason.OptedOut => "opted_out",
        SkipReason.MirrorPod => "mirror_pod",
        SkipReason.HostNetwork => "host_network",
        SkipReason.AlreadyInjected => "already_injected",
        SkipReason.BindingsFailed => "bindings_failed",
        SkipReason.NothingChanged => "nothing_changed",
        SkipReason.NotInjected => "not_injected",
        SkipReason.BeingDeleted => "being_deleted",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
