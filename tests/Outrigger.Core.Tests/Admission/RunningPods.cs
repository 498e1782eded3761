using System.Text.Json;
using System.Text.Json.Nodes;
using Outrigger.Core.Admission;
using Outrigger.Core.Catalog;
using Outrigger.Core.Tests.Properties;

namespace Outrigger.Core.Tests.Admission;

/// <summary>Pods that were injected, and updates of them.</summary>
internal static class RunningPods
{
    /// <summary>A Pod with annotations, as it is created.</summary>
    public static JsonObject New(params (string Key, string Value)[] annotations) => new()
    {
        ["metadata"] = new JsonObject { ["name"] = "shop", ["annotations"] = new JsonObject(annotations.Select(one => KeyValuePair.Create<string, JsonNode?>(one.Key, one.Value))) },
        ["spec"] = new JsonObject { ["containers"] = new JsonArray(new JsonObject { ["name"] = "web", ["image"] = "example.com/web:1" }) },
    };

    /// <summary>The Pod as it runs.</summary>
    public static JsonObject Injected(this JsonObject pod, CatalogSnapshot catalog) =>
        Invariants.Apply(pod, Scenario.Review(pod, catalog).Should().BeOfType<Decision.Inject>().Subject.Patch).AsObject();

    /// <summary>The Pod with other annotations; null removes one.</summary>
    public static JsonObject With(this JsonObject pod, params (string Key, string? Value)[] annotations)
    {
        var changed = pod.DeepClone().AsObject();
        var texts = changed["metadata"]!["annotations"]!.AsObject();
        foreach (var (key, value) in annotations)
        {
            if (value is null)
                texts.Remove(key);
            else
                texts[key] = value;
        }

        return changed;
    }

    /// <summary>The decision on an update.</summary>
    public static Decision Update(JsonNode before, JsonNode after, CatalogSnapshot catalog) => PodAdmission.Review(
        AdmissionRequest.UpdatePod(JsonElement.Parse(before.ToJsonString()), JsonElement.Parse(after.ToJsonString()), "web"), catalog);
}
