using Outrigger.Core.Results;

namespace Outrigger.Core.Catalog.Lint;

/// <summary>
/// Holds a pattern to a level of the Pod Security Standards, by what it brings itself
/// (https://kubernetes.io/docs/concepts/security/pod-security-standards/).
/// </summary>
public static class PodSecurity
{
    private static readonly string[] RestrictedVolumes =
        ["configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret"];

    /// <summary>The level as catalogs write it.</summary>
    public static string Name(SecurityLevel level) => level switch
    {
        SecurityLevel.Restricted => "restricted",
        SecurityLevel.Baseline => "baseline",
        SecurityLevel.Privileged => "privileged",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>All that breaks a level. What only a Pod's values decide counts as broken: nobody can rely on it.</summary>
    public static IEnumerable<SecurityBreach> Breaches(Pattern pattern, SecurityLevel level)
    {
        if (level == SecurityLevel.Privileged)
            return [];
        var containers = from container in ContainerPart.All(pattern)
                         from breach in ContainerSecurity.Breaches(container.Template, level)
                         let field = breach.Field.Split('.')
                         select new SecurityBreach(container.LocationOf(field), $"{container.Path}.{breach.Field}", breach.Why);
        return containers.Concat(Volumes(pattern, level));
    }

    private static IEnumerable<SecurityBreach> Volumes(Pattern pattern, SecurityLevel level)
    {
        foreach (var (index, (volume, _)) in PatternTree.Entries(pattern.Templates.Volumes, KnownNames.In(pattern)).Index())
        {
            var path = $"spec.volumes[{index}]";
            foreach (var (kind, source) in PatternTree.Members(volume))
            {
                if (kind == "hostPath")
                    yield return new(source.Location, $"{path}.hostPath", "is the node's file system");
                else if (level == SecurityLevel.Restricted && kind != "name" && !RestrictedVolumes.Contains(kind))
                    yield return new(source.Location, $"{path}.{kind}", $"is not among the kinds that are allowed: {Shown.List(RestrictedVolumes)}");
            }
        }
    }
}
