using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Outrigger.E2e.Clusters;

/// <summary>A Pod as the API server gives it back.</summary>
internal sealed partial record StoredPod(JsonObject Json)
{
    private static readonly string[] Generated = ["uid", "creationTimestamp", "resourceVersion", "managedFields", "selfLink", "namespace"];

    public string Name => (string)Json["metadata"]!["name"]!;

    /// <summary>What the injector wrote about its work, or null.</summary>
    public JsonObject? Status => Annotations["outrigger.dev/status"] is { } text ? JsonNode.Parse((string)text!)!.AsObject() : null;

    public JsonObject Annotations => Json["metadata"]!["annotations"] as JsonObject ?? [];

    /// <summary>The names of the containers, in their order.</summary>
    public string[] Containers => [.. Json["spec"]!["containers"]!.AsArray().Select(container => (string)container!["name"]!)];

    /// <summary>The names of the application's variables, in their order.</summary>
    public string[] Variables(string container) =>
        [.. Json["spec"]!["containers"]!.AsArray().Single(item => (string)item!["name"]! == container)!["env"]!.AsArray().Select(item => (string)item!["name"]!)];

    /// <summary>The Pod without what no two creations share, as text with sorted keys.</summary>
    public string Comparable()
    {
        var pod = Json.DeepClone().AsObject();
        foreach (var field in Generated)
            pod["metadata"]!.AsObject().Remove(field);
        return Canonical(pod);
    }

    /// <summary>
    /// Everything that the status annotation says was injected, by its place in the Pod, and the annotation itself. Without the mount of the
    /// service account's token, which the API server adds to every container.
    /// </summary>
    public SortedDictionary<string, string> Owned()
    {
        var owned = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var (spec, status) = (Json["spec"]!.AsObject(), Status ?? throw new InvalidOperationException($"{Name} was not injected"));
        var application = Find(spec, "containers", "name", (string)status["application"]!)!.AsObject();
        foreach (var use in status["uses"]!.AsArray().Select(use => use!.AsObject()))
        {
            foreach (var list in new[] { "containers", "initContainers", "volumes" })
                Take($"spec.{list}", Names(use, list), name => Find(spec, list, "name", name));
            Take("application.volumeMounts", Names(use, "mounts"), path => Find(application, "volumeMounts", "mountPath", path));
            Take("application.env", Names(use, "env"), name => Find(application, "env", "name", name));
            Take("labels", Names(use, "labels"), key => Json["metadata"]!["labels"]![key]);
            Take("annotations", Names(use, "annotations"), key => Annotations[key]);
            Take("files", Names(use, "files"), file => Annotations[$"files.outrigger.dev/{(string)use["instance"]!}.{file}"]);
            if (use["shareProcessNamespace"] is not null)
                owned["spec.shareProcessNamespace"] = Canonical(spec["shareProcessNamespace"]);
        }

        // What the Pod lacked before is not the same: the API server gives a Pod its token's volume before webhooks see it.
        status.Remove("created");
        owned["status"] = Canonical(status);
        return owned;

        void Take(string place, IEnumerable<string> names, Func<string, JsonNode?> find)
        {
            foreach (var name in names)
                owned[$"{place}[{name}]"] = Canonical(find(name) ?? throw new InvalidOperationException($"{Name} has no {place}[{name}], which its status names"));
        }
    }

    /// <summary>How many values a JSON text holds.</summary>
    public static int CountValues(string json)
    {
        return Count(JsonNode.Parse(json));

        static int Count(JsonNode? node) => node switch
        {
            JsonObject map => map.Sum(member => Count(member.Value)),
            JsonArray list => list.Sum(Count),
            _ => 1,
        };
    }

    private static IEnumerable<string> Names(JsonObject use, string list) => (use[list] as JsonArray ?? []).Select(name => (string)name!);

    private static JsonNode? Find(JsonObject parent, string list, string key, string name) =>
        (parent[list] as JsonArray ?? []).SingleOrDefault(item => (string)item![key]! == name);

    private static string Canonical(JsonNode? node) => TokenVolume().Replace(Sorted(node)?.ToJsonString() ?? "null", "$1");

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map
            .Where(member => member.Value is not JsonArray { Count: > 0 } list || !list.All(IsTokenMount))
            .OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))),
        JsonArray list => new JsonArray([.. list.Where(item => !IsTokenMount(item)).Select(Sorted)]),
        _ => node?.DeepClone(),
    };

    private static bool IsTokenMount(JsonNode? item) =>
        item is JsonObject mount && mount["mountPath"] is { } path && (string)path! == "/var/run/secrets/kubernetes.io/serviceaccount";

    // The API server names the volume after the Secret of the service account, or makes a name up.
    [GeneratedRegex("(default-token|kube-api-access)-[a-z0-9]{5}")]
    private static partial Regex TokenVolume();
}
