using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Outrigger.Kubernetes.Configuration;

namespace Outrigger.Webhook.Tests.Hosting;

/// <summary>An API server that knows its version and some namespaces, and answers once it is told to.</summary>
internal sealed class FakeApiServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeApiServer(WebApplication app) => _app = app;

    /// <summary>Requests wait for it.</summary>
    public TaskCompletionSource Answers { get; } = new();

    /// <summary>An environment whose KUBECONFIG names this server.</summary>
    public KubernetesEnvironment Environment
    {
        get
        {
            var kubeconfig = $$$"""
                apiVersion: v1
                kind: Config
                current-context: it
                clusters: [{name: it, cluster: {server: "{{{_app.Urls.Single()}}}"}}]
                contexts: [{name: it, context: {cluster: it}}]
                """;
            return new()
            {
                Variable = name => name == "KUBECONFIG" ? "/kubeconfig" : null,
                File = path => path == "/kubeconfig" ? Encoding.UTF8.GetBytes(kubeconfig) : null,
            };
        }
    }

    /// <param name="minor">The version 1.MINOR.</param>
    /// <param name="namespaces">JSON: labels by namespace.</param>
    public static async Task<FakeApiServer> StartAsync(int minor, string namespaces = "{}")
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        var server = new FakeApiServer(app);
        app.MapGet("/version", async context =>
        {
            await server.Answers.Task.WaitAsync(context.RequestAborted);
            await context.Response.WriteAsync($$"""{"major": "1", "minor": "{{minor}}", "gitVersion": "v1.{{minor}}.0"}""");
        });
        app.MapGet("/api/v1/namespaces", async context =>
        {
            await server.Answers.Task.WaitAsync(context.RequestAborted);
            if (context.Request.Query.ContainsKey("watch"))
            {
                await context.Response.StartAsync();
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            }

            await context.Response.WriteAsync(List(namespaces));
        });
        await app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static string List(string namespaces) => new JsonObject
    {
        ["kind"] = "NamespaceList",
        ["apiVersion"] = "v1",
        ["metadata"] = new JsonObject { ["resourceVersion"] = "1" },
        ["items"] = new JsonArray([.. JsonNode.Parse(namespaces)!.AsObject().Select(one => new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = one.Key, ["labels"] = one.Value!.DeepClone() },
        })]),
    }.ToJsonString();
}
