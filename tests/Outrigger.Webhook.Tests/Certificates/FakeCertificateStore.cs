using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Outrigger.Kubernetes.Configuration;

namespace Outrigger.Webhook.Tests.Certificates;

/// <summary>
/// An API server with one Secret and one configuration, which takes a write only of what was read last and never tells watchers anything. It is
/// asked over HTTP, so that the whole way of a write is seen; what a real one answers is seen in the tests on a cluster.
/// </summary>
internal sealed class FakeCertificateStore : IAsyncDisposable
{
    private const string Secrets = "/api/v1/namespaces/outrigger/secrets";
    private const string Configurations = "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations";
    private readonly WebApplication _app;
    private readonly Lock _lock = new();
    private JsonObject? _secret;
    private int _version = 1;

    private FakeCertificateStore(WebApplication app)
    {
        _app = app;
        Configuration = new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = "hook", ["resourceVersion"] = "1" },
            ["webhooks"] = new JsonArray(new JsonObject
            {
                ["name"] = "pods",
                ["clientConfig"] = new JsonObject { ["service"] = new JsonObject { ["namespace"] = "outrigger", ["name"] = "webhook" } },
            }),
        };
    }

    /// <summary>The configuration; null where there is none.</summary>
    public JsonObject? Configuration { get; set; }

    /// <summary>Whether writes of the Secret are answered 403.</summary>
    public bool Forbids { get; set; }

    public static string[] Flags =>
    [
        "--port=0", "--ops-port=0", "--native-sidecars=never", "--log-level=debug", "--drain=0s", "--certificates=self-managed",
        "--namespace=outrigger", "--tls-secret=tls", "--service=webhook", "--webhook-configuration=hook",
    ];

    public KubernetesEnvironment Environment
    {
        get
        {
            var kubeconfig = Kubeconfig;
            return new() { Variable = name => name == "KUBECONFIG" ? "/kubeconfig" : null, File = path => path == "/kubeconfig" ? Encoding.UTF8.GetBytes(kubeconfig) : null };
        }
    }

    public string Kubeconfig => $$$"""
        apiVersion: v1
        kind: Config
        current-context: it
        clusters: [{name: it, cluster: {server: "{{{_app.Urls.Single()}}}"}}]
        contexts: [{name: it, context: {cluster: it}}]
        """;

    public static async Task<FakeCertificateStore> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        var store = new FakeCertificateStore(app);
        app.Run(store.AnswerAsync);
        await app.StartAsync();
        return store;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Query.ContainsKey("watch"))
        {
            await context.Response.StartAsync(context.RequestAborted);
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }

        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync() is { Length: > 0 } text ? JsonNode.Parse(text)!.AsObject() : null;
        var (code, answer) = Answer(context.Request.Method, context.Request.Path, body);
        context.Response.StatusCode = code;
        await context.Response.WriteAsync(answer.ToJsonString());
    }

    private (int Code, JsonObject Answer) Answer(string method, string path, JsonObject? body)
    {
        lock (_lock)
        {
            return (method, path) switch
            {
                ("GET", Secrets or Configurations) => (200, new JsonObject { ["metadata"] = new JsonObject { ["resourceVersion"] = "1" }, ["items"] = new JsonArray() }),
                ("GET", $"{Secrets}/tls") => _secret is null ? Status(404, "no secret") : (200, _secret.DeepClone().AsObject()),
                ("GET", $"{Configurations}/hook") => Configuration is null ? Status(404, "no configuration") : (200, Configuration.DeepClone().AsObject()),
                (_, $"{Secrets}/tls" or Secrets) when Forbids => Status(403, "secrets is forbidden"),
                ("POST", Secrets) when _secret is null => (201, _secret = Versioned(body!)),
                ("PUT", $"{Secrets}/tls") when Version(body!) == Version(_secret!) => (200, _secret = Versioned(body!)),
                ("PATCH", $"{Configurations}/hook") when Version(body!) == Version(Configuration!) => (200, Patch(body!)),
                ("GET" or "POST", _) => Status(404, "namespaces \"nope\" not found"),
                _ => Status(409, "conflict"),
            };
        }
    }

    private JsonObject Patch(JsonObject body)
    {
        Configuration!["webhooks"]![0]!["clientConfig"]!["caBundle"] = body["webhooks"]![0]!["clientConfig"]!["caBundle"]!.DeepClone();
        return Versioned(Configuration);
    }

    private JsonObject Versioned(JsonObject item)
    {
        item["metadata"]!["resourceVersion"] = $"{++_version}";
        return item.DeepClone().AsObject();
    }

    private static string Version(JsonObject item) => (string)item["metadata"]!["resourceVersion"]!;

    private static (int Code, JsonObject Answer) Status(int code, string message) => (code, new JsonObject { ["kind"] = "Status", ["code"] = code, ["message"] = message });
}
