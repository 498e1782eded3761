using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Outrigger.Webhook.Admission;
using Outrigger.Webhook.Metrics;
using Outrigger.Webhook.Operations;
using Outrigger.Webhook.Options;

namespace Outrigger.Webhook.Serving;

/// <summary>The two ports: how they listen, and what each serves.</summary>
internal static class Ports
{
    // The kubelet and a few scrapers keep one each.
    private const int MaxOpsConnections = 200;

    private const int UnreadBytes = 64 * 1024;

    /// <summary>Bounds what the sockets take in ahead of the server.</summary>
    public static void Configure(SocketTransportOptions sockets) => sockets.MaxReadBufferSize = UnreadBytes;

    /// <summary>Sets the server's limits and opens its ports.</summary>
    public static void Listen(KestrelServerOptions kestrel, WebhookOptions options, ServerParts parts, TimeProvider time, ILoggerFactory loggers)
    {
        kestrel.AddServerHeader = false;
        // The endpoint counts for itself, so that Kestrel can take in the rest of a body that is too large: a caller that is still
        // sending would else see a broken connection in place of the answer.
        kestrel.Limits.MaxRequestBodySize = null;
        // What a connection may hold of a body that nobody has taken yet; the default of 1 MiB is too much for thousands of connections.
        kestrel.Limits.MaxRequestBufferSize = UnreadBytes;
        // The endpoint has a deadline of its own, which is not to be undercut: Kestrel's would end a stalled body after 5 s.
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        // Longer than the 90 s after which the API server closes a connection that it does not use: whoever asks should be the one who closes.
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(130);
        kestrel.ListenAnyIP(options.Port, listen =>
        {
            // The API server speaks HTTP/1.1 to webhooks.
            listen.Protocols = HttpProtocols.Http1;
            Limit(listen, parts.Connections);
            listen.UseHttps(parts.Certificate.Handshakes(parts.Clients));
        });
        kestrel.ListenAnyIP(options.OpsPort, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            Limit(listen, new ConnectionGate(MaxOpsConnections, time, loggers.CreateLogger<ConnectionGate>()));
        });
    }

    /// <summary>Only the HTTPS port knows of reviews, only the other one of health and metrics: two tables of routes.</summary>
    public static void Map(WebApplication app, MetricStore metrics, ClientAuthorities? clients, TimeProvider time, MutateServices services)
    {
        var reviews = Routes(app.Services, routes => routes.MapMutate(services));
        if (clients is not null)
            reviews = ClientCheck.Before(reviews, services.Trails, time);
        var operations = Routes(app.Services, routes =>
        {
            routes.MapHealth(services.Readiness);
            routes.MapMetrics(metrics);
        });
        app.Run(context =>
        {
            context.Features.Get<ConnectionGate.Visit>()?.Asks();
            return context.Request.IsHttps ? reviews(context) : operations(context);
        });
    }

    private static void Limit(ListenOptions listen, ConnectionGate gate) => listen.Use(next => connection => gate.RunAsync(next, connection));

    private static RequestDelegate Routes(IServiceProvider services, Action<IEndpointRouteBuilder> map)
    {
        var table = new ApplicationBuilder(services);
        table.UseRouting();
        table.UseEndpoints(map);
        return table.Build();
    }
}
