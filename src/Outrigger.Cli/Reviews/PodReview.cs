using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Outrigger.Cli.Inputs;
using Outrigger.Core.Admission;
using Outrigger.Core.Catalog;

namespace Outrigger.Cli.Reviews;

/// <summary>A Pod of a manifest, and what the webhook would decide about it.</summary>
internal sealed record PodReview(TemplatedPod Pod, Decision Decision)
{
    /// <summary>
    /// Reviews all Pods of the manifests, in their order, as if each were created. Namespaces among the manifests have the labels that
    /// are written there; workloads that name no namespace go to the one given.
    /// </summary>
    public static ImmutableArray<PodReview> Of(IReadOnlyList<ManifestFile> files, CatalogSnapshot catalog, string @namespace)
    {
        Manifest[] manifests = [.. files.SelectMany(file => file.Documents)];
        var snapshot = catalog with { Namespaces = Namespaces(manifests) };
        return
        [
            .. from pod in manifests.SelectMany(TemplatedPod.Of)
               let request = AdmissionRequest.CreatePod(pod.ToElement(), pod.Template.Namespace ?? @namespace)
               select new PodReview(pod, PodAdmission.Review(request, snapshot)),
        ];
    }

    private static ImmutableDictionary<string, ImmutableDictionary<string, string>> Namespaces(IEnumerable<Manifest> manifests)
    {
        var namespaces = ImmutableDictionary.CreateBuilder<string, ImmutableDictionary<string, string>>();
        foreach (var manifest in manifests)
            AddNamespaces(manifest.Json, namespaces);
        return namespaces.ToImmutable();
    }

    private static void AddNamespaces(JsonNode? node, ImmutableDictionary<string, ImmutableDictionary<string, string>>.Builder namespaces)
    {
        if (node is not JsonObject document)
            return;
        foreach (var item in document["items"] as JsonArray ?? [])
            AddNamespaces(item, namespaces);
        if (Text(document["kind"]) != "Namespace" || Text(document["apiVersion"]) != "v1")
            return;
        if (document["metadata"] is not JsonObject metadata || Text(metadata["name"]) is not { } name)
            return;
        // The API server sets this label on every namespace.
        namespaces[name] = (metadata["labels"] as JsonObject ?? [])
            .Where(label => Text(label.Value) is not null)
            .ToImmutableDictionary(label => label.Key, label => Text(label.Value)!)
            .SetItem("kubernetes.io/metadata.name", name);
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
