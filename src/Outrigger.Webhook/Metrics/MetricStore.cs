using System.Diagnostics.Metrics;
using System.Text;

namespace Outrigger.Webhook.Metrics;

/// <summary>
/// Listens to the instruments of one server's meters and keeps what they measured, for <c>/metrics</c>. It must be there before the instruments
/// count: what was counted before is nowhere.
/// </summary>
internal sealed class MetricStore : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Lock _writing = new();
    private readonly Lock _adding = new();
    private readonly SortedDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);

    /// <param name="meters">Whose meters are listened to: several servers may be in one process, as in tests.</param>
    /// <param name="names">Which of them.</param>
    public MetricStore(IMeterFactory meters, params string[] names)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == meters && names.Contains(instrument.Meter.Name) && Add(instrument) is { } family)
                listener.EnableMeasurementEvents(instrument, family);
        };
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        _listener.Start();
    }

    /// <summary>All metrics of this moment, in the order of their names.</summary>
    public string Write()
    {
        List<MetricFamily> families;
        lock (_adding)
            families = [.. _families.Values];
        // One at a time: between the clearing and the writing nobody else may observe.
        lock (_writing)
        {
            foreach (var family in families.Where(family => family.Instrument.IsObservable))
                family.Clear();
            _listener.RecordObservableInstruments();
            var text = new StringBuilder(16 * 1024);
            foreach (var family in families)
                family.Write(text);
            return text.ToString();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _listener.Dispose();

    // Two instruments with one name would be two metrics with one name, which no reader takes; the first one has it.
    private MetricFamily? Add(Instrument instrument)
    {
        var family = new MetricFamily(instrument);
        lock (_adding)
            return _families.TryAdd(family.Name, family) ? family : null;
    }
}
