using Outrigger.Core.Templating;

namespace Outrigger.Core.Catalog;

/// <summary>
/// Holds a pattern's containers to a level of the Pod Security Standards, by the fields that a container itself has
/// (https://kubernetes.io/docs/concepts/security/pod-security-standards/).
/// </summary>
internal static class PodSecurity
{
    /// <summary>Capabilities that the level baseline lets a container add.</summary>
    private static readonly string[] BaselineCapabilities =
        ["AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"];

    /// <summary>The level as catalogs write it.</summary>
    public static string Name(SecurityLevel level) => level switch
    {
        SecurityLevel.Restricted => "restricted",
        SecurityLevel.Baseline => "baseline",
        SecurityLevel.Privileged => "privileged",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The fields of a container that break a level. What only a Pod's values decide counts as broken: nobody can rely on it.</summary>
    public static IEnumerable<(string Field, string Why)> Breaches(Template container, SecurityLevel level)
    {
        if (level == SecurityLevel.Privileged)
            yield break;
        if (PatternTree.Member(container, "securityContext", "privileged") is { } privileged && !PatternTree.Is(privileged, false))
            yield return ("securityContext.privileged", "is not false");
        foreach (var port in PatternTree.Items(container, "ports"))
        {
            if (PatternTree.Member(port, "hostPort") is not null)
                yield return ("ports.hostPort", "is a port of the node");
        }

        var added = PatternTree.Items(container, "securityContext", "capabilities", "add").Select(PatternTree.Source).ToList();
        var allowed = level == SecurityLevel.Baseline ? BaselineCapabilities : ["NET_BIND_SERVICE"];
        foreach (var capability in added.Where(capability => !allowed.Contains(capability)))
            yield return ("securityContext.capabilities.add", $"adds {capability}");
        var seccomp = PatternTree.Source(PatternTree.Member(container, "securityContext", "seccompProfile", "type"));
        if (seccomp == "Unconfined")
            yield return ("securityContext.seccompProfile.type", "is Unconfined");
        if (level == SecurityLevel.Baseline)
            yield break;
        if (seccomp is not ("RuntimeDefault" or "Localhost" or "Unconfined"))
            yield return ("securityContext.seccompProfile.type", "is not RuntimeDefault");
        if (!PatternTree.Is(PatternTree.Member(container, "securityContext", "allowPrivilegeEscalation"), false))
            yield return ("securityContext.allowPrivilegeEscalation", "is not false");
        if (!PatternTree.Is(PatternTree.Member(container, "securityContext", "runAsNonRoot"), true))
            yield return ("securityContext.runAsNonRoot", "is not true");
        if (PatternTree.Source(PatternTree.Member(container, "securityContext", "runAsUser")) == "0")
            yield return ("securityContext.runAsUser", "is 0, which is root");
        if (!PatternTree.Items(container, "securityContext", "capabilities", "drop").Any(item => PatternTree.Source(item) == "ALL"))
            yield return ("securityContext.capabilities.drop", "does not drop ALL");
    }
}
