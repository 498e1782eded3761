using Microsoft.AspNetCore.Server.Kestrel.Core;
using Outrigger.Core.Results;
using Outrigger.Webhook.Admission;
using Outrigger.Webhook.Catalogs;
using Outrigger.Webhook.Cluster;
using Outrigger.Webhook.Logging;
using Outrigger.Webhook.Operations;
using Outrigger.Webhook.Options;
using Outrigger.Webhook.Serving;
using Outrigger.Webhook.Watching;

namespace Outrigger.Webhook;

/// <summary>Puts the server together.</summary>
internal static class WebhookHost
{
    // For reviews that are still under way after the drain; the API server waits no longer than this by default itself.
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(10);

    /// <summary>A server that can be started, or why the catalog or the certificate cannot be used.</summary>
    public static Result<WebApplication> Build(WebhookOptions options, HostTuning tuning)
    {
        var time = tuning.Time;
        var loggers = Loggers(options, tuning);
        var certificate = ServingCertificate.Load(options, time, loggers.CreateLogger<ServingCertificate>());
        var catalog = CatalogSource.Load(options, time, loggers.CreateLogger<CatalogSource>());
        if (!certificate.TryGet(out var serving) || !catalog.TryGet(out var source))
        {
            loggers.Dispose();
            return Result.Fail<WebApplication>([.. certificate.Problems, .. catalog.Problems]);
        }

        var readiness = new Readiness(source, serving, time);
        // Empty: no settings of ASP.NET's own, from files or variables, beside the documented ones.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "Outrigger.Webhook" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, options, serving));
        builder.Services.AddRoutingCore();
        // Made by the container, it is disposed of with it, which writes the last lines.
        builder.Services.AddSingleton<ILoggerFactory>(_ => loggers);
        builder.Services.AddLogging();
        builder.Services.Configure<HostOptions>(host =>
        {
            host.ShutdownTimeout = Goodbye;
            // It is logged; reviews go on with what is in force.
            host.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore;
        });
        builder.Services.AddSingleton<IHostLifetime>(services => new DrainingLifetime(
            options, readiness, services.GetRequiredService<IHostApplicationLifetime>(), time, loggers.CreateLogger<DrainingLifetime>()));
        builder.Services.AddSingleton<IHostedService>(_ => new ClusterLink(options, source, tuning.Cluster, time, loggers.CreateLogger<ClusterLink>()));
        builder.Services.AddSingleton<IHostedService>(Reload(CertificateFolders(options), deep: false, serving.Reload));
        builder.Services.AddSingleton<IHostedService>(Reload(options.Catalogs, deep: true, source.Reload));

        var app = builder.Build();
        Map(app, new MutateServices
        {
            Catalog = source.Current,
            Readiness = readiness,
            Gate = new ReviewGate(options.MaxConcurrency, time, loggers.CreateLogger<ReviewGate>()),
            Log = new ReviewLog(time, loggers.CreateLogger<ReviewLog>()),
            BodyDeadline = tuning.BodyDeadline,
            Review = tuning.Review,
        });
        app.Lifetime.ApplicationStopped.Register(serving.Dispose);
        return Result.Ok(app);

        ReloadOnChange Reload(IReadOnlyCollection<string> folders, bool deep, Action reload) =>
            new(folders, deep, reload, tuning.Watch, time, loggers.CreateLogger<ReloadOnChange>());
    }

    // Only the HTTPS port knows of reviews, only the other one of health: two tables of routes.
    private static void Map(WebApplication app, MutateServices services)
    {
        var reviews = Routes(app.Services, routes => routes.MapMutate(services));
        var operations = Routes(app.Services, routes => routes.MapHealth(services.Readiness));
        app.Run(context => context.Request.IsHttps ? reviews(context) : operations(context));
    }

    private static RequestDelegate Routes(IServiceProvider services, Action<IEndpointRouteBuilder> map)
    {
        var table = new ApplicationBuilder(services);
        table.UseRouting();
        table.UseEndpoints(map);
        return table.Build();
    }

    private static void Listen(KestrelServerOptions kestrel, WebhookOptions options, ServingCertificate serving)
    {
        kestrel.AddServerHeader = false;
        // The endpoint counts for itself, so that Kestrel can take in the rest of a body that is too large: a caller that is still
        // sending would else see a broken connection in place of the answer.
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.ListenAnyIP(options.Port, listen =>
        {
            // The API server speaks HTTP/1.1 to webhooks.
            listen.Protocols = HttpProtocols.Http1;
            listen.UseHttps(serving.Handshakes);
        });
        kestrel.ListenAnyIP(options.OpsPort, listen => listen.Protocols = HttpProtocols.Http1);
    }

    private static string[] CertificateFolders(WebhookOptions options) =>
        [.. new[] { options.TlsCertificate, options.TlsKey }.Select(file => Path.GetDirectoryName(Path.GetFullPath(file)) ?? "/")];

    private static LoggerFactory Loggers(WebhookOptions options, HostTuning tuning)
    {
        var filter = new LoggerFilterOptions { MinLevel = options.LogLevel };
        if (options.LogLevel > LogLevel.Debug)
            filter.Rules.Add(new LoggerFilterRule(null, "Microsoft", LogLevel.Warning, null));
        // Where this one is enabled at all, each request gets an Activity and a scope, which nobody here reads.
        filter.Rules.Add(new LoggerFilterRule(null, "Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None, null));
        return new LoggerFactory([new JsonLinesProvider(new LineWriter(tuning.Log()), tuning.Time)], filter);
    }
}
