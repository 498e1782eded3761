using System.Text.Json.Nodes;

namespace Outrigger.Chart.Tests.Admission;

/// <summary>The Pods that the API server asks about.</summary>
internal static class Pods
{
    /// <summary>One without the field <c>annotations</c>.</summary>
    public static JsonObject Plain => Pod(null);

    /// <summary>One that asks for a pattern.</summary>
    public static JsonObject Asking => With(("outrigger.dev/sidecar", "topz"), ("topz.outrigger.dev/port", "8081"));

    /// <summary>One that a binding gave something.</summary>
    public static JsonObject Bound => With(("outrigger.dev/status", "{}"));

    /// <summary>Every sort of Pod, by what it is.</summary>
    public static IReadOnlyDictionary<string, JsonObject> All => new Dictionary<string, JsonObject>
    {
        ["plain"] = Plain,
        ["with annotations of others"] = With(("team", "payments"), ("example.com/outrigger.dev", "no")),
        ["asking"] = Asking,
        ["opting out"] = With(("outrigger.dev/inject", "false")),
        ["bound"] = Bound,
        ["asking and injected"] = With(("outrigger.dev/sidecar", "topz"), ("outrigger.dev/status", "{}")),
    };

    public static JsonObject With(params (string Key, string Value)[] annotations) =>
        Pod(new JsonObject(annotations.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))));

    private static JsonObject Pod(JsonObject? annotations)
    {
        var metadata = new JsonObject { ["name"] = "shop" };
        if (annotations is not null)
            metadata["annotations"] = annotations;
        return new JsonObject { ["metadata"] = metadata };
    }
}
