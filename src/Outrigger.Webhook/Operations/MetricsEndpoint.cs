using Outrigger.Webhook.Metrics;

namespace Outrigger.Webhook.Operations;

/// <summary>What Prometheus asks, on the plain port.</summary>
internal static class MetricsEndpoint
{
    /// <summary>Maps <c>/metrics</c>.</summary>
    public static void MapMetrics(this IEndpointRouteBuilder routes, MetricStore metrics) => routes.MapGet("/metrics", context =>
    {
        context.Response.ContentType = PrometheusText.ContentType;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(metrics.Write(), context.RequestAborted);
    });
}
