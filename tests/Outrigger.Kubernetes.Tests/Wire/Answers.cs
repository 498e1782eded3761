using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Outrigger.Kubernetes.Tests.Wire;

/// <summary>Answers in the shapes that the API documents.</summary>
internal static class Answers
{
    public static async Task JsonAsync(this HttpContext context, JsonNode body, int code = 200)
    {
        context.Response.StatusCode = code;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body.ToJsonString());
    }

    public static JsonObject Status(int code, string reason, string message) => new()
    {
        ["kind"] = "Status",
        ["apiVersion"] = "v1",
        ["status"] = "Failure",
        ["message"] = message,
        ["reason"] = reason,
        ["code"] = code,
    };

    public static JsonObject List(string version, params JsonNode[] items) => Page(version, null, items);

    public static JsonObject Page(string version, string? next, params JsonNode[] items) => new()
    {
        ["kind"] = "NamespaceList",
        ["metadata"] = new JsonObject { ["resourceVersion"] = version, ["continue"] = next ?? "" },
        ["items"] = new JsonArray(items),
    };

    public static JsonObject Namespace(string name, string version, params (string Key, string Value)[] labels) => new()
    {
        ["kind"] = "Namespace",
        ["metadata"] = new JsonObject
        {
            ["name"] = name,
            ["resourceVersion"] = version,
            ["labels"] = labels.Length == 0 ? null : new JsonObject(labels.Select(label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value))),
        },
    };

    public static byte[] Event(string type, JsonNode item) =>
        Encoding.UTF8.GetBytes(new JsonObject { ["type"] = type, ["object"] = item }.ToJsonString(Plain) + "\n");

    /// <summary>Sends bytes at once, as a chunk of their own.</summary>
    public static async Task SendAsync(this HttpContext context, params byte[][] chunks)
    {
        foreach (var chunk in chunks)
        {
            await context.Response.Body.WriteAsync(chunk);
            await context.Response.Body.FlushAsync();
        }
    }

    /// <summary>Keeps the answer open until the client goes away.</summary>
    public static async Task HoldAsync(this HttpContext context)
    {
        await context.Response.StartAsync();
        await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
    }

    public static bool IsWatch(this HttpContext context) => context.Request.Query["watch"] == "true";

    // Unescaped, so that characters of several bytes are on the wire.
    private static readonly System.Text.Json.JsonSerializerOptions Plain =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
