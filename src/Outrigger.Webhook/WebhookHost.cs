using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Outrigger.Core.Results;
using Outrigger.Webhook.Admission;
using Outrigger.Webhook.Catalogs;
using Outrigger.Webhook.Certificates;
using Outrigger.Webhook.Cluster;
using Outrigger.Webhook.Logging;
using Outrigger.Webhook.Metrics;
using Outrigger.Webhook.Operations;
using Outrigger.Webhook.Options;
using Outrigger.Webhook.Serving;
using Outrigger.Webhook.Telemetry;
using Outrigger.Webhook.Watching;

namespace Outrigger.Webhook;

/// <summary>Puts the server together.</summary>
internal static class WebhookHost
{
    // For reviews that are still under way after the drain; the API server waits no longer than this by default itself.
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(10);

    /// <summary>A server that can be started, or why the catalog or a certificate cannot be used.</summary>
    public static Result<WebApplication> Build(WebhookOptions options, HostTuning tuning)
    {
        var time = tuning.Time;
        var lines = new LineWriter(tuning.Log());
        var loggers = Loggers(options, lines, time);
        var problems = new List<Problem>();
        var serving = new ServingCertificate(time, loggers.CreateLogger<ServingCertificate>());
        var isOwn = options.Certificates == CertificateSource.SelfManaged;
        var files = isOwn ? null : Loaded(CertificateFiles.Load(options, serving));
        var api = isOwn ? Loaded(CertificateApi.Open(tuning.Cluster, time)) : null;
        var clients = options.ClientCa is { } authorities
            ? Loaded(ClientAuthorities.Load(authorities, options.ClientNames, time, loggers.CreateLogger<ClientAuthorities>()))
            : null;
        var catalog = Loaded(CatalogSource.Load(options, time, loggers.CreateLogger<CatalogSource>()));
        if (catalog is null || problems.Count > 0)
        {
            api?.Dispose();
            serving.Dispose();
            loggers.Dispose();
            return Result.Fail<WebApplication>(problems);
        }

        var parts = new ServerParts
        {
            Catalog = catalog,
            Certificate = serving,
            Clients = clients,
            Gate = new ReviewGate(options.MaxConcurrency, tuning.BodyCapacity, time, loggers.CreateLogger<ReviewGate>()),
            Connections = new ConnectionGate(options.MaxConnections, time, loggers.CreateLogger<ConnectionGate>()),
            Log = lines,
        };
        var readiness = new Readiness(catalog, serving, clients, time);
        // Empty: no settings of ASP.NET's own, from files or variables, beside the documented ones.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "Outrigger.Webhook" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Ports.Listen(kestrel, options, parts, time, loggers));
        builder.Services.Configure<SocketTransportOptions>(Ports.Configure);
        builder.Services.AddSingleton<IMemoryPoolFactory<byte>>(new NetworkBuffers());
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
            options, readiness, parts.Connections, services.GetRequiredService<IHostApplicationLifetime>(), time, loggers.CreateLogger<DrainingLifetime>()));
        builder.Services.AddSingleton<IHostedService>(_ => new ClusterLink(options, catalog, tuning.Cluster, time, loggers.CreateLogger<ClusterLink>()));
        if (api is not null)
        {
            builder.Services.AddSingleton(services => new SelfManagedCertificates(
                options.SelfManaged, api, serving, services.GetRequiredService<IHostApplicationLifetime>(), time,
                loggers.CreateLogger<SelfManagedCertificates>()));
            builder.Services.AddSingleton<IHostedService>(services => services.GetRequiredService<SelfManagedCertificates>());
        }

        builder.Services.AddSingleton<IHostedService>(Reload(CertificateFolders(options), deep: false, () =>
        {
            files?.Reload();
            clients?.Reload();
        }));
        builder.Services.AddSingleton<IHostedService>(Reload(options.Catalogs, deep: true, catalog.Reload));

        var app = builder.Build();
        var meters = app.Services.GetRequiredService<IMeterFactory>();
        var store = new MetricStore(meters, WebhookMetrics.MeterName, ProcessMetrics.MeterName);
        var export = options.Otlp is { } otlp ? OtlpExport.Start(otlp, time, loggers.CreateLogger<OtlpTrouble>()) : null;
        var metrics = new WebhookMetrics(meters);
        ServerMetrics.Create(meters, parts);
        ProcessMetrics.Create(meters);
        metrics.Announce();
        Ports.Map(app, store, clients, time, new MutateServices
        {
            Catalog = catalog.Current,
            Readiness = readiness,
            Gate = parts.Gate,
            Trails = new ReviewTrails(new ReviewLog(loggers.CreateLogger<ReviewLog>()), metrics, time),
            BodyDeadline = tuning.BodyDeadline,
            Review = tuning.Review,
        });
        app.Lifetime.ApplicationStopped.Register(() =>
        {
            serving.Dispose();
            export?.Dispose();
            store.Dispose();
        });
        return Result.Ok(app);

        T? Loaded<T>(Result<T> result)
            where T : class
        {
            problems.AddRange(result.Problems);
            return result.TryGet(out var value) ? value : null;
        }

        ReloadOnChange Reload(IReadOnlyCollection<string> folders, bool deep, Action reload) =>
            new(folders, deep, reload, tuning.Watch, time, loggers.CreateLogger<ReloadOnChange>());
    }

    private static string[] CertificateFolders(WebhookOptions options) =>
        [.. new[] { options.TlsCertificate, options.TlsKey, options.ClientCa }.Where(file => !string.IsNullOrEmpty(file)).Select(file => Path.GetDirectoryName(Path.GetFullPath(file!)) ?? "/")];

    private static LoggerFactory Loggers(WebhookOptions options, LineWriter lines, TimeProvider time)
    {
        var filter = new LoggerFilterOptions { MinLevel = options.LogLevel };
        if (options.LogLevel > LogLevel.Debug)
            filter.Rules.Add(new LoggerFilterRule(null, "Microsoft", LogLevel.Warning, null));
        // Where this one is enabled at all, each request gets an Activity and a scope, which nobody here reads.
        filter.Rules.Add(new LoggerFilterRule(null, "Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None, null));
        var loggers = new LoggerFactory([], filter);
        // Only a provider that is added is disposed of with the factory, and only then the last lines are written.
        loggers.AddProvider(new JsonLinesProvider(lines, time));
        return loggers;
    }
}
