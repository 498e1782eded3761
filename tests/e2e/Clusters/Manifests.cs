using System.Text.Json.Nodes;

namespace Outrigger.E2e.Clusters;

/// <summary>What the tests create. JSON is YAML too.</summary>
internal static class Manifests
{
    /// <summary>Annotations that ask for every built-in pattern at once.</summary>
    public static (string Key, string Value)[] Everything { get; } =
    [
        ("outrigger.dev/sidecar", "https, topz"),
        ("https.outrigger.dev/secret", "shop-tls"),
        ("topz.outrigger.dev/port", "8081"),
        ("outrigger.dev/ambassador", "split"),
        ("split.outrigger.dev/backends", "[{host: svc-prod, port: 8082, weight: 9}, {host: svc-exp, port: 8083}]"),
        ("split.outrigger.dev/port", "8082"),
        ("outrigger.dev/adapter", "metrics"),
    ];

    /// <summary>The containers that these patterns bring.</summary>
    public static string[] EveryContainer { get; } = ["https", "metrics", "split", "topz"];

    /// <summary>Annotations with one mistake each, all of different kinds.</summary>
    public static (string Key, string Value)[] Mistakes { get; } =
    [
        ("outrigger.dev/sidecar", "https, htps"),
        ("https.outrigger.dev/port", "eighty"),
        ("https.outrigger.dev/secrt", "shop-tls"),
        ("outrigger.dev/adapter", "split"),
    ];

    /// <summary>A Pod that asks for nothing.</summary>
    public static string Plain(string name) => Pod(name, []);

    /// <summary>A Pod that asks for every built-in pattern.</summary>
    public static string Injected(string name) => Pod(name, Everything);

    /// <summary>A Pod with annotations, and labels as <c>KEY=VALUE</c>.</summary>
    public static string Pod(string name, (string Key, string Value)[] annotations, params string[] labels) => new JsonObject
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Pod",
        ["metadata"] = Metadata(annotations, labels, name),
        ["spec"] = Spec(),
    }.ToJsonString();

    /// <summary>A Deployment whose Pods have annotations.</summary>
    public static string Deployment(string name, (string Key, string Value)[] annotations) => new JsonObject
    {
        ["apiVersion"] = "apps/v1",
        ["kind"] = "Deployment",
        ["metadata"] = new JsonObject { ["name"] = name },
        ["spec"] = new JsonObject
        {
            ["selector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["app"] = name } },
            ["template"] = new JsonObject { ["metadata"] = Metadata(annotations, [$"app={name}"]), ["spec"] = Spec() },
        },
    }.ToJsonString();

    private static JsonObject Metadata((string Key, string Value)[] annotations, string[] labels, string? name = null)
    {
        var metadata = new JsonObject
        {
            ["annotations"] = new JsonObject(annotations.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
            ["labels"] = new JsonObject(labels.Select(label => label.Split('=')).Select(pair => KeyValuePair.Create(pair[0], (JsonNode?)pair[1]))),
        };
        if (name is not null)
            metadata["name"] = name;
        return metadata;
    }

    private static JsonObject Spec() => new()
    {
        ["containers"] = new JsonArray(new JsonObject
        {
            ["name"] = "shop",
            ["image"] = "busybox:1.36",
            ["command"] = new JsonArray("sleep", "infinity"),
            ["ports"] = new JsonArray(new JsonObject { ["containerPort"] = 8080 }),
            ["env"] = new JsonArray(new JsonObject { ["name"] = "GREETING", ["value"] = "hello" }),
        }),
    };
}
