using Outrigger.Core.Results;
using Outrigger.Core.Templating;

namespace Outrigger.Core.Catalog.Lint;

/// <summary>What Kubernetes would refuse of the containers of each Pod: mounts of volumes that are not there, and a restart policy.</summary>
internal static class MountLint
{
    /// <summary>All findings.</summary>
    public static IEnumerable<Problem> Check(Pattern pattern)
    {
        var names = KnownNames.In(pattern);
        var volumes = PatternTree.Entries(pattern.Templates.Volumes, names).Select(volume => NameOf(volume.Entry)).ToHashSet();
        if (!pattern.Templates.Files.IsEmpty)
            volumes.Add("{{instance}}-files");
        var lists = ContainerPart.All(pattern)
            .Select(container => (Path: $"{container.Path}.volumeMounts", Mounts: PatternTree.Member(container.Template, "volumeMounts"), container.Names))
            .Append((Path: "spec.application.volumeMounts", Mounts: pattern.Templates.ApplicationMounts, Names: names));
        foreach (var list in lists)
        {
            foreach (var (i, (mount, _)) in PatternTree.Entries(list.Mounts, list.Names).Index())
            {
                if (NameOf(mount) is { Length: > 0 } name && IsOwn(name) && !volumes.Contains(name))
                    yield return Problem.At(mount.Location, $"{list.Path}[{i}].name", $"mounts a volume {Shown.Quoted(name)} that the pattern does not have{Nearest.Hint(name, volumes)}; add it under spec.volumes");
            }
        }

        foreach (var container in ContainerPart.All(pattern).Where(container => !container.IsInit && PatternTree.Member(container.Template, "restartPolicy") is not null))
            yield return container.Finding(["restartPolicy"], "is set by the injector, where containers become native sidecars; elsewhere Kubernetes refuses it, or restarts nothing else than the Pod says");
    }

    private static string NameOf(Template entry) => PatternTree.Source(PatternTree.Member(entry, "name"));

    // A name with other expressions may be that of a volume of the Pod's own.
    private static bool IsOwn(string name) => !name.Replace("{{instance}}", "", StringComparison.Ordinal).Contains("{{", StringComparison.Ordinal);
}
