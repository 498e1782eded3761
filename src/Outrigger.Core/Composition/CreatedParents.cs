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

    /// <summary>The name of a list in the Pod's spec, or in the container.</summary>
    public static string MemberOf(PodList list) => list switch
    {
        PodList.Volumes => "volumes",
        PodList.InitContainers => "initContainers",
        PodList.Containers => "containers",
        PodList.ApplicationEnv => "env",
        PodList.ApplicationEnvFrom => "envFrom",
        PodList.ApplicationMounts => "volumeMounts",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The list in a Pod; undefined where it has none.</summary>
    public static JsonElement In(PodView pod, ContainerView application, PodList list)
    {
        var parent = list is PodList.Volumes or PodList.InitContainers or PodList.Containers ? pod.Spec : application.Element;
        return PodView.Member(parent, MemberOf(list));
    }

    /// <summary>The parents that are missing for additions.</summary>
    internal static IReadOnlyCollection<string> Of(PodView pod, ContainerView application, IEnumerable<Addition> additions)
    {
        var found = new List<string>();
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
                    Add(SharedProcessNamespace + WasNull);
                    break;
            }
        }

        return found;

        // A handful at most.
        void Add(string name)
        {
            if (!found.Contains(name))
                found.Add(name);
        }

        void Note(string name, JsonElement parent)
        {
            if (parent.ValueKind == JsonValueKind.Undefined)
                Add(name);
            else if (parent.ValueKind == JsonValueKind.Null)
                Add(name + WasNull);
        }
    }
}
