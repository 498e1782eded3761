using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using System.Globalization;
using Outrigger.Webhook.Logging;

namespace Outrigger.Webhook.Telemetry;

/// <summary>Brings what OpenTelemetry's library complains of into the log: by itself it tells nobody that a collector does not answer.</summary>
internal sealed partial class OtlpTrouble(TimeProvider time, ILogger<OtlpTrouble> logger) : EventListener
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    // By the event's name: one complaint shall not hide another.
    private readonly ConcurrentDictionary<string, Seldom> _complaints = new(StringComparer.Ordinal);

    /// <inheritdoc />
    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name.StartsWith("OpenTelemetry", StringComparison.Ordinal))
            EnableEvents(eventSource, EventLevel.Warning);
    }

    /// <inheritdoc />
    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        // The first line of an exception says it; the others are where in the library it was. That it leaves the runtime's own instruments alone is as it should be. The base class calls for sources that are there already
        // before this object is complete.
        var name = eventData.EventName ?? "";
        if (name != "MetricInstrumentIgnored" && _complaints?.GetOrAdd(name, _ => new Seldom(Pause, time)).Count() > 0)
            LogTrouble(Text(eventData).Split('\n')[0]);
    }

    private static string Text(EventWrittenEventArgs complaint)
    {
        try
        {
            return string.Format(CultureInfo.InvariantCulture, complaint.Message ?? complaint.EventName ?? "", [.. complaint.Payload ?? []]);
        }
        catch (FormatException)
        {
            return complaint.Message ?? "";
        }
    }

    [LoggerMessage(60, LogLevel.Warning, "OpenTelemetry: {trouble}", EventName = "OtlpTrouble")]
    private partial void LogTrouble(string trouble);
}
