using System.Text.Json.Nodes;
using Outrigger.Core.Results;
using Outrigger.Core.Templating;

namespace Outrigger.Core.Catalog.Lint;

/// <summary>The fields of a container that a Pod Security level speaks of.</summary>
internal static class ContainerSecurity
{
    /// <summary>Capabilities that the level baseline lets a container add.</summary>
    private static readonly string[] BaselineCapabilities =
    [
        "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID",
        "SYS_CHROOT",
    ];

    /// <summary>Fields that may be left out, and what they may say otherwise; nothing where they may only be left out.</summary>
    private static readonly (string[] Field, string[] Allowed)[] Optional =
    [
        (["securityContext", "privileged"], ["false"]),
        (["securityContext", "procMount"], ["Default"]),
        (["securityContext", "seccompProfile", "type"], ["RuntimeDefault", "Localhost"]),
        (["securityContext", "appArmorProfile", "type"], ["RuntimeDefault", "Localhost"]),
        (["securityContext", "seLinuxOptions", "type"], ["container_t", "container_init_t", "container_kvm_t", "container_engine_t"]),
        (["securityContext", "seLinuxOptions", "user"], []),
        (["securityContext", "seLinuxOptions", "role"], []),
        (["securityContext", "windowsOptions", "hostProcess"], ["false"]),
        .. from hook in (string[])["startupProbe", "readinessProbe", "livenessProbe", "lifecycle.postStart", "lifecycle.preStop"]
           from action in (string[])["httpGet", "tcpSocket"]
           select ((string[])[.. hook.Split('.'), action, "host"], Array.Empty<string>()),
    ];

    /// <summary>Objects that hold such fields, so that a Pod's values may not be the whole of them.</summary>
    private static readonly string[][] Holders =
    [
        ["securityContext"],
        .. from part in (string[])["capabilities", "seccompProfile", "appArmorProfile", "seLinuxOptions", "windowsOptions"]
           select (string[])["securityContext", part],
    ];

    /// <summary>The fields that break a level other than <see cref="SecurityLevel.Privileged"/>, each with a clause that says how.</summary>
    public static IEnumerable<(string Field, string Why)> Breaches(Template container, SecurityLevel level) => level == SecurityLevel.Restricted
        ? Baseline(container, ["NET_BIND_SERVICE"]).Concat(Restricted(container))
        : Baseline(container, BaselineCapabilities);

    private static IEnumerable<(string Field, string Why)> Baseline(Template container, string[] capabilities)
    {
        foreach (var holder in Holders)
        {
            if (PatternTree.Member(container, holder) is { } member && PatternTree.Body(member) is ValueTemplate)
                yield return (string.Join('.', holder), $"is {PatternTree.Source(member)}, which may be anything");
        }

        foreach (var (field, allowed) in Optional)
        {
            var wanted = allowed.Length == 0 ? "left out" : string.Join(" or ", allowed);
            if (PatternTree.Member(container, field) is { } member && !IsOneOf(PatternTree.Body(member), allowed))
                yield return (string.Join('.', field), $"is {PatternTree.Source(member)}; it must be {wanted}");
        }

        foreach (var port in PatternTree.Items(container, "ports"))
        {
            if (PatternTree.Member(port, "hostPort") is { } host && PatternTree.Source(host) != "0")
                yield return ("ports.hostPort", "is a port of the node");
        }

        if (PatternTree.Member(container, "securityContext", "capabilities", "add") is not { } add)
            yield break;
        if (PatternTree.Body(add) is ValueTemplate)
            yield return ("securityContext.capabilities.add", $"is {PatternTree.Source(add)}, which may be anything");
        foreach (var capability in PatternTree.Items(PatternTree.Body(add)).Select(PatternTree.Source).Except(capabilities))
            yield return ("securityContext.capabilities.add", $"adds {capability}; allowed are {Shown.List(capabilities)}");
    }

    private static IEnumerable<(string Field, string Why)> Restricted(Template container)
    {
        // What it may say is checked already.
        if (PatternTree.CertainMember(container, "securityContext", "seccompProfile", "type") is null)
            yield return ("securityContext.seccompProfile.type", "is not RuntimeDefault or Localhost");
        if (!PatternTree.Is(PatternTree.CertainMember(container, "securityContext", "allowPrivilegeEscalation"), false))
            yield return ("securityContext.allowPrivilegeEscalation", "is not false");
        if (!PatternTree.Is(PatternTree.CertainMember(container, "securityContext", "runAsNonRoot"), true))
            yield return ("securityContext.runAsNonRoot", "is not true");
        if (PatternTree.Source(PatternTree.Member(container, "securityContext", "runAsUser")) == "0")
            yield return ("securityContext.runAsUser", "is 0, which is root");
        var dropped = PatternTree.CertainMember(container, "securityContext", "capabilities", "drop");
        if (dropped is null || !PatternTree.Items(dropped).Any(item => PatternTree.Source(item) == "ALL"))
            yield return ("securityContext.capabilities.drop", "does not drop ALL");
    }

    // An empty text is as good as none.
    private static bool IsOneOf(Template value, string[] allowed) => value is ConstantTemplate { Value: null or JsonValue }
        && PatternTree.Source(value) is var text && (text.Length == 0 || allowed.Contains(text));
}
