using System.Text.Json;
using Outrigger.Core.Selection;

namespace Outrigger.Core.Composition;

/// <summary>
/// The parents that additions need and that a Pod does not have: noted in the status, so that the way back takes them away again. Each is
/// named by its path, the application container's by <c>application</c>, with <c>=null</c> behind it where the Pod says null.
/// </summary>
public static class CreatedParents
{
    /// <summary>Behind a parent that was there and held null.</summary>
    public const string WasNull = "=null";

    /// <summary>The one field that is set and not added to.</summary>
    public const string SharedProcessNamespace = "spec.shareProcessNamespace";

    /// <summary>The name of a list, without the Pod's or container's own path in front.</summary>
    public static string NameOf(PodList list) => list switch
    {
        PodList.Volumes => "spec.volumes",
        PodList.InitContainers => "spec.initContainers",
        PodList.Containers => "spec.containers",
        PodList.ApplicationEnv => "application.env",
        PodList.ApplicationEnvFrom => "application.envFrom",
        PodList.ApplicationMounts => "application.volumeMounts",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The list in a Pod; undefined where it has none.</summary>
    public static JsonElement In(PodView pod, ContainerView application, PodList list)
    {
        var name = NameOf(list);
        var parent = name.StartsWith("spec.", StringComparison.Ordinal) ? pod.Spec : application.Element;
        return PodView.Member(parent, name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..]);
    }

    /// <summary>The parents that are missing for additions.</summary>
    internal static IEnumerable<string> Of(PodView pod, ContainerView application, IEnumerable<Addition> additions)
    {
        var found = new HashSet<string>();
        Note("metadata", pod.Metadata);
        // The status itself is one more annotation.
        Note("metadata.annotations", PodView.Member(pod.Metadata, "annotations"));
        foreach (var addition in additions)
        {
            switch (addition)
            {
                case Addition.Label:
                    Note("metadata.labels", PodView.Member(pod.Metadata, "labels"));
                    break;
                case Addition.Entry entry:
                    Note(NameOf(entry.List), In(pod, application, entry.List));
                    break;
                case Addition.SharedProcessNamespace when PodView.Member(pod.Spec, "shareProcessNamespace").ValueKind == JsonValueKind.Null:
                    found.Add(SharedProcessNamespace + WasNull);
                    break;
            }
        }

        return found;

        void Note(string name, JsonElement parent)
        {
            if (parent.ValueKind == JsonValueKind.Undefined)
                found.Add(name);
            else if (parent.ValueKind == JsonValueKind.Null)
                found.Add(name + WasNull);
        }
    }
}
