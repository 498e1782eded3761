using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Outrigger.Core.Manifests;

/// <summary>Knows where Kubernetes' workloads keep their Pod templates.</summary>
public static class PodTemplates
{
    private const string List = "List";

    /// <summary>
    /// The Pod templates of a document in the order of their place: one for a workload, one for each workload in a list (at any depth), none for other
    /// kinds. A document of the wrong shape (a number where an object should stand) has none either: the API server says what is
    /// wrong with it.
    /// </summary>
    public static ImmutableArray<PodTemplate> Find(JsonNode? document)
    {
        var found = ImmutableArray.CreateBuilder<PodTemplate>();
        Find(document, "", null, found);
        return found.DrainToImmutable();
    }

    // In a list of one kind, as the API server writes it (a PodList), the items do not say their own.
    private static void Find(JsonNode? node, string owner, (string? Kind, string Version)? listed, ImmutableArray<PodTemplate>.Builder found)
    {
        if (node is not JsonObject workload || (Text(workload["kind"]) ?? listed?.Kind) is not { } kind || (Text(workload["apiVersion"]) ?? listed?.Version) is not { } version)
            return;
        if (kind.EndsWith(List, StringComparison.Ordinal) && workload["items"] is JsonArray items)
        {
            var inside = (kind == List ? null : kind[..^List.Length], version);
            for (var i = 0; i < items.Count; i++)
                Find(items[i], $"{owner}/items/{i.ToString(CultureInfo.InvariantCulture)}", inside, found);
            return;
        }

        var group = version.Contains('/', StringComparison.Ordinal) ? version[..version.IndexOf('/', StringComparison.Ordinal)] : "";
        if (Path(group, kind) is not { } path || !JsonPointer.Resolve(workload, path, out var template) || template is not JsonObject)
            return;
        var metadata = workload["metadata"] as JsonObject;
        found.Add(new PodTemplate
        {
            Pointer = owner + path,
            OwnerPointer = owner,
            Kind = kind,
            Name = Text(metadata?["name"]),
            Namespace = Text(metadata?["namespace"]),
        });
    }

    private static string? Path(string group, string kind) => (group, kind) switch
    {
        ("", "Pod") => "",
        ("", "PodTemplate") => "/template",
        ("", "ReplicationController") => "/spec/template",
        ("apps", "Deployment" or "StatefulSet" or "DaemonSet" or "ReplicaSet") => "/spec/template",
        ("extensions", "Deployment" or "DaemonSet" or "ReplicaSet") => "/spec/template",
        ("batch", "Job") => "/spec/template",
        ("batch", "CronJob") => "/spec/jobTemplate/spec/template",
        _ => null,
    };

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}
