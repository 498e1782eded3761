using System.Text.Json;
using System.Text.Json.Nodes;
using Outrigger.Core.Selection;

namespace Outrigger.Core.Composition;

/// <summary>Holds a use, as it is rendered now, against the running Pod that has it.</summary>
internal static class RunningUse
{
    /// <summary>A use without what others have in the Pod under the same name: it stays as it is, whatever the use would say.</summary>
    public static RenderedUse WithoutOthers(RenderedUse rendered, Ownership owned, PodView pod, ContainerView application)
    {
        var sources = VariableSources(application);
        var others = rendered.Env.IsEmpty ? [] : application.VariableNames();
        others.ExceptWith(owned.Env);
        return rendered with
        {
            Env = rendered.Env.RemoveAll(variable => others.Contains(NameOf(variable, "name"))),
            EnvFrom = rendered.EnvFrom.RemoveAll(source => EnvFromKey.Of(source) is var key && !owned.EnvFrom.Contains(key) && sources.Contains(key)),
            Labels = rendered.Labels.RemoveAll(label => !owned.Labels.Contains(label.Key) && pod.Labels.ContainsKey(label.Key)),
            Annotations = rendered.Annotations.RemoveAll(annotation => !owned.Annotations.Contains(annotation.Key) && pod.Annotations.ContainsKey(annotation.Key)),
        };
    }

    /// <summary>
    /// The parts in which the Pod is not as the use is rendered, by their titles; the content of files aside. Where there is none, files of this
    /// rendering meet the containers that they are for.
    /// </summary>
    /// <param name="rendered">The use, <see cref="WithoutOthers"/>.</param>
    /// <param name="owned">What the Pod has of it.</param>
    /// <param name="pod">The Pod.</param>
    /// <param name="application">Its application container.</param>
    /// <param name="isOfThisRevision">
    /// Whether the Pod was made by this revision of the pattern. By another one, the image must be the same too, but for a mirror in front of it.
    /// </param>
    public static IEnumerable<string> Mismatches(RenderedUse rendered, Ownership owned, PodView pod, ContainerView application, bool isOfThisRevision) =>
    [
        .. Containers(rendered, owned, pod, isOfThisRevision),
        .. Names(rendered.Volumes, "name", owned.Volumes, volume => EarlierUse.HoldsVolume(pod, volume)).Select(PartTitles.Volume),
        .. Variables(rendered, owned, application).Select(name => PartTitles.Variable(name, application.Name)),
        .. VariableSources(rendered, owned, application).Select(key => PartTitles.VariableSource(key, application.Name)),
        .. Mounts(rendered, owned, application).Select(path => PartTitles.Mount(path, application.Name)),
        // Others may give labels and annotations another value while the Pod runs, so only one that never was there counts.
        .. rendered.Labels.Select(label => label.Key).Except(owned.Labels).Select(PartTitles.Label),
        .. rendered.Annotations.Select(annotation => annotation.Key).Except(owned.Annotations).Select(PartTitles.Annotation),
        .. Difference(rendered.Files.Select(file => file.Key), owned.Files).Select(PartTitles.File),
        .. rendered.Bound.Use.Pattern.SharesProcessNamespace && !pod.HasHostPid && pod.SharesProcessNamespace != true ? ["spec.shareProcessNamespace"] : Array.Empty<string>(),
    ];

    private static IEnumerable<string> Containers(RenderedUse rendered, Ownership owned, PodView pod, bool isOfThisRevision)
    {
        // In which of the two lists a container stands is a setting of the installation, which may have changed since.
        var containers = rendered.Containers.AddRange(rendered.InitContainers);
        return Names(containers, "name", owned.Containers.AddRange(owned.InitContainers), container =>
            EarlierUse.HoldsContainer(pod, container) && (isOfThisRevision || HasImage(pod, container))).Select(PartTitles.Container);
    }

    private static bool HasImage(PodView pod, JsonObject rendered)
    {
        var container = pod.Containers.Concat(pod.InitContainers).First(container => container.Name == NameOf(rendered, "name"));
        var (actual, expected) = (LastPart(container.Image ?? ""), LastPart(NameOf(rendered, "image")));
        // A digest may have been added to a tag.
        return actual == expected || actual.StartsWith($"{expected}@", StringComparison.Ordinal);
    }

    private static string LastPart(string image) => image[(image.LastIndexOf('/') + 1)..];

    private static IEnumerable<string> Variables(RenderedUse rendered, Ownership owned, ContainerView application)
    {
        if (rendered.Env.IsEmpty && owned.Env.IsEmpty)
            return [];
        var there = Entries(application.Env, "name");
        return Names(rendered.Env, "name", owned.Env, variable => there.TryGetValue(NameOf(variable, "name"), out var actual) && EarlierUse.Holds(actual, variable));
    }

    private static IEnumerable<string> VariableSources(RenderedUse rendered, Ownership owned, ContainerView application)
    {
        var keys = rendered.EnvFrom.Select(EnvFromKey.Of).ToList();
        return Difference(keys, owned.EnvFrom).Union(keys.Except(VariableSources(application)));
    }

    private static HashSet<string> VariableSources(ContainerView application) =>
        PodView.Items(application.Element, "envFrom").Select(EnvFromKey.Of).ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<string> Mounts(RenderedUse rendered, Ownership owned, ContainerView application)
    {
        var there = Entries(PodView.Member(application.Element, "volumeMounts"), "mountPath");
        var paths = rendered.Mounts.Select(mount => Occupancy.MountKey(NameOf(mount, "mountPath")));
        return Difference(paths, owned.Mounts)
            .Union(rendered.Mounts.Select(mount => (Path: NameOf(mount, "mountPath"), Mount: mount))
                .Where(mount => !there.TryGetValue(mount.Path, out var actual) || !EarlierUse.Holds(actual, mount.Mount))
                .Select(mount => Occupancy.MountKey(mount.Path)));
    }

    /// <summary>The names of what is rendered and not held, and of what is owned and not rendered.</summary>
    private static IEnumerable<string> Names(
        IReadOnlyCollection<JsonObject> rendered, string key, IReadOnlyCollection<string> owned, Func<JsonObject, bool> isHeld)
    {
        var known = owned.ToHashSet(StringComparer.Ordinal);
        foreach (var entry in rendered)
        {
            var name = NameOf(entry, key);
            if (!known.Remove(name) || !isHeld(entry))
                yield return name;
        }

        foreach (var name in known)
            yield return name;
    }

    private static HashSet<string> Difference(IEnumerable<string> rendered, IReadOnlyCollection<string> owned)
    {
        var names = rendered.ToHashSet(StringComparer.Ordinal);
        names.SymmetricExceptWith(owned);
        return names;
    }

    /// <summary>The entries of a list by name.</summary>
    public static Dictionary<string, JsonElement> Entries(JsonElement list, string key)
    {
        var entries = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (list.ValueKind == JsonValueKind.Array)
        {
            // Of two variables of one name the last counts.
            foreach (var entry in list.EnumerateArray())
                entries[PodView.Text(entry, key) ?? ""] = entry;
        }

        return entries;
    }

    private static string NameOf(JsonObject entry, string key) => entry[key]?.ToString() ?? "";
}
