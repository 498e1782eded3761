using System.Text;

namespace Outrigger.Webhook.Operations;

/// <summary>What the kubelet asks, on the plain port.</summary>
internal static class HealthEndpoints
{
    /// <summary>Maps <c>/healthz</c> and <c>/readyz</c>.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes, Readiness readiness)
    {
        routes.MapGet("/healthz", context => Answer(context, StatusCodes.Status200OK, "ok\n"));
        routes.MapGet("/readyz", context => Ready(context, readiness));
    }

    private static Task Ready(HttpContext context, Readiness readiness)
    {
        var checks = readiness.Checks();
        var isReady = checks.All(check => check.IsOk);
        var text = new StringBuilder();
        foreach (var check in checks)
        {
            if (!check.IsOk || context.Request.Query.ContainsKey("verbose"))
                text.Append($"[{(check.IsOk ? '+' : '-')}]{check.Name} {(check.IsOk ? "ok" : "failed")}: {check.Detail}\n");
        }

        text.Append(isReady ? "ready\n" : "not ready\n");
        return Answer(context, isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, text.ToString());
    }

    private static Task Answer(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }
}
