using System.Text.Json.Nodes;

namespace Outrigger.E2e.Nodes;

/// <summary>Pods with one container, which runs a shell script.</summary>
internal static class ScriptPod
{
    /// <summary>The Pod's manifest; its container has the same name.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="script">What its shell runs.</param>
    /// <param name="user">The user that it runs as; null for the image's own.</param>
    /// <param name="annotations">Its annotations.</param>
    /// <param name="image">An image with a shell.</param>
    public static string Of(
        string name, string script, int? user = null, (string Key, string Value)[]? annotations = null, string image = "busybox:1.36") => new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Pod",
            ["metadata"] = new JsonObject
            {
                ["name"] = name,
                ["annotations"] = new JsonObject((annotations ?? []).Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
            },
            ["spec"] = new JsonObject
            {
                ["terminationGracePeriodSeconds"] = 5,
                ["containers"] = new JsonArray(new JsonObject
                {
                    ["name"] = name,
                    ["image"] = image,
                    ["command"] = new JsonArray("sh", "-c", script),
                    ["securityContext"] = user is null ? null : new JsonObject { ["runAsUser"] = user, ["runAsGroup"] = user },
                }),
            },
        }.ToJsonString();
}
