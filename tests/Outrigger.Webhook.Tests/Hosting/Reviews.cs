using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Outrigger.Webhook.Tests.Hosting;

/// <summary>AdmissionReviews as the API server sends them.</summary>
internal static class Reviews
{
    public const string Uid = "705ab4f5-6393-11e8-b7cc-42010a800002";

    /// <summary>The creation of a Pod that asks for nothing.</summary>
    public static JsonObject CreatePod(Action<JsonObject>? change = null)
    {
        var review = new JsonObject
        {
            ["kind"] = "AdmissionReview",
            ["apiVersion"] = "admission.k8s.io/v1",
            ["request"] = new JsonObject
            {
                ["uid"] = Uid,
                ["kind"] = new JsonObject { ["group"] = "", ["version"] = "v1", ["kind"] = "Pod" },
                ["resource"] = new JsonObject { ["group"] = "", ["version"] = "v1", ["resource"] = "pods" },
                ["namespace"] = "shop",
                ["operation"] = "CREATE",
                ["userInfo"] = new JsonObject { ["username"] = "system:serviceaccount:kube-system:replicaset-controller" },
                ["object"] = new JsonObject
                {
                    ["apiVersion"] = "v1",
                    ["kind"] = "Pod",
                    ["metadata"] = new JsonObject { ["generateName"] = "shop-7d4b9-" },
                    ["spec"] = new JsonObject
                    {
                        ["containers"] = new JsonArray(new JsonObject { ["name"] = "web", ["image"] = "shop:1" }),
                    },
                },
                ["oldObject"] = null,
                ["dryRun"] = false,
                ["options"] = new JsonObject { ["kind"] = "CreateOptions", ["apiVersion"] = "meta.k8s.io/v1" },
            },
        };
        change?.Invoke(review);
        return review;
    }

    public static HttpContent Json(this JsonNode review) => Json(review.ToJsonString());

    public static HttpContent Json(string text) => Json(Encoding.UTF8.GetBytes(text));

    public static HttpContent Json(byte[] bytes) =>
        new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    /// <summary>The creation of a Pod, which goes to a namespace.</summary>
    public static JsonObject Create(JsonNode pod, string @namespace, string uid) => CreatePod(review =>
    {
        review["request"]!["uid"] = uid;
        review["request"]!["namespace"] = @namespace;
        review["request"]!["object"] = pod.DeepClone();
    });

    /// <summary>The update of a Pod from one state to another.</summary>
    public static JsonObject Update(JsonNode before, JsonNode pod, string @namespace, string uid)
    {
        var review = Create(pod, @namespace, uid);
        review["request"]!["operation"] = "UPDATE";
        review["request"]!["oldObject"] = before.DeepClone();
        review["request"]!["options"] = new JsonObject { ["kind"] = "UpdateOptions", ["apiVersion"] = "meta.k8s.io/v1" };
        return review;
    }

    public static Task<HttpResponseMessage> ReviewAsync(this HttpClient client, HttpContent? content = null) =>
        client.PostAsync("/mutate?timeout=5s", content ?? CreatePod().Json());

    public static async Task<JsonElement> ReadReviewAsync(this HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync()).RootElement;
}
