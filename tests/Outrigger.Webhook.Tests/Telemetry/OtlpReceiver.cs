using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Outrigger.Webhook.Tests.Telemetry;

/// <summary>A collector that takes OTLP over HTTP (https://opentelemetry.io/docs/specs/otlp/#otlphttp) and keeps what it is sent.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, string? ContentType, byte[] Body)> _received = [];

    private OtlpReceiver(WebApplication app) => _app = app;

    /// <summary>The variables that make a server send here, and soon.</summary>
    public Dictionary<string, string> Variables => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _app.Urls.Single(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "50",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "100",
    };

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        var receiver = new OtlpReceiver(app);
        app.MapPost("/v1/{kind}", async context =>
        {
            var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            receiver._received.Enqueue((context.Request.Path, context.Request.ContentType, body.ToArray()));
            context.Response.ContentType = "application/x-protobuf";
        });
        await app.StartAsync();
        return receiver;
    }

    /// <summary>The first span to a condition, and its resource; fails after 20 s.</summary>
    public Task<(ProtobufMessage Span, ProtobufMessage Resource)> SpanAsync(Func<ProtobufMessage, bool> when) => WaitAsync("/v1/traces", when);

    /// <summary>The first metric to a condition, and its resource; fails after 20 s.</summary>
    public Task<(ProtobufMessage Metric, ProtobufMessage Resource)> MetricAsync(Func<ProtobufMessage, bool> when) => WaitAsync("/v1/metrics", when);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    // ResourceSpans and ResourceMetrics are of one shape: 1 the resource, 2 the scopes, each with its spans or metrics as 2.
    private async Task<(ProtobufMessage Item, ProtobufMessage Resource)> WaitAsync(string path, Func<ProtobufMessage, bool> when)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            foreach (var (_, contentType, body) in _received.Where(one => one.Path == path))
            {
                contentType.Should().Be("application/x-protobuf");
                foreach (var resource in new ProtobufMessage(body).All(1))
                {
                    if (resource.All(2).SelectMany(scope => scope.All(2)).FirstOrDefault(when) is { } found)
                        return (found, resource.All(1).Single());
                }
            }

            await Task.Delay(10, patience.Token);
        }
    }
}
