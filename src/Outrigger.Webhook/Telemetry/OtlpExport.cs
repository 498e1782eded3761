using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Outrigger.Webhook.Metrics;
using Outrigger.Webhook.Options;

namespace Outrigger.Webhook.Telemetry;

/// <summary>
/// Sends spans and metrics by OTLP. It is the only type that names types of OpenTelemetry's library, which is loaded with it and not before.
/// </summary>
internal sealed class OtlpExport : IDisposable
{
    private const int LastWordsMilliseconds = 2_000;

    private readonly TracerProvider? _traces;
    private readonly MeterProvider? _metrics;
    private readonly OtlpTrouble _trouble;

    private OtlpExport(TracerProvider? traces, MeterProvider? metrics, OtlpTrouble trouble) => (_traces, _metrics, _trouble) = (traces, metrics, trouble);

    /// <summary>Begins to send, in the background; nobody waits for it, and what cannot be sent is dropped.</summary>
    public static OtlpExport Start(OtlpOptions options, TimeProvider time, ILogger<OtlpTrouble> logger)
    {
        var trouble = new OtlpTrouble(time, logger);
        var variables = new ConfigurationBuilder().AddInMemoryCollection(options.Variables).Build();
        var traces = !options.Traces ? null : Sdk.CreateTracerProviderBuilder()
            .ConfigureServices(services => services.AddSingleton<IConfiguration>(variables))
            .ConfigureResource(Name)
            .AddSource(ReviewSpan.SourceName)
            .AddOtlpExporter()
            .Build();
        var metrics = !options.Metrics ? null : Sdk.CreateMeterProviderBuilder()
            .ConfigureServices(services => services.AddSingleton<IConfiguration>(variables))
            .ConfigureResource(Name)
            .AddMeter(WebhookMetrics.MeterName)
            .AddOtlpExporter()
            .Build();
        return new OtlpExport(traces, metrics, trouble);

        // What the variables say of the service goes before its own name.
        void Name(ResourceBuilder resource) => resource.Clear().AddService("outrigger", serviceVersion: Build.Version).AddTelemetrySdk().AddEnvironmentVariableDetector();
    }

    /// <summary>Sends what is waiting, for a moment.</summary>
    public void Dispose()
    {
        _traces?.Shutdown(LastWordsMilliseconds);
        _metrics?.Shutdown(LastWordsMilliseconds);
        _traces?.Dispose();
        _metrics?.Dispose();
        _trouble.Dispose();
    }
}
