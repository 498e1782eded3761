using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Outrigger.Webhook.Metrics;

/// <summary>What the lines of a metric are.</summary>
internal enum MetricType
{
    /// <summary>Goes up and down.</summary>
    Gauge,

    /// <summary>Only goes up.</summary>
    Counter,

    /// <summary>Counts measured values in buckets.</summary>
    Histogram,
}

/// <summary>One instrument as a metric of Prometheus: its name, its type, and a series for each set of labels that was seen.</summary>
internal sealed class MetricFamily
{
    /// <summary>Far more than closed sets of labels give. Beyond it everything is counted in one series with <c>overflow="true"</c>.</summary>
    public const int MaxSeries = 1_000;

    private const string Overflow = "overflow=\"true\"";

    private readonly Lock _adding = new();
    private readonly ImmutableArray<double> _bounds;
    private readonly bool _isAdded;
    private volatile Node _root = new();
    private int _count;

    public MetricFamily(Instrument instrument)
    {
        Instrument = instrument;
        Type = TypeOf(instrument);
        _isAdded = instrument is Counter<long> or UpDownCounter<long>;
        Name = PrometheusText.Name(instrument, Type);
        _bounds = Type == MetricType.Histogram && (instrument as Instrument<double>)?.Advice?.HistogramBucketBoundaries is { } bounds ? [.. bounds] : [];
    }

    /// <summary>Where the values come from.</summary>
    public Instrument Instrument { get; }

    /// <summary>What its lines are.</summary>
    public MetricType Type { get; }

    /// <summary>Its name in Prometheus, with unit and <c>_total</c>.</summary>
    public string Name { get; }

    /// <summary>Takes one value. Allocates nothing for labels that were seen before.</summary>
    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var series = Find(tags);
        if (Type == MetricType.Histogram)
            series.Measure(value);
        else if (_isAdded)
            series.Add(value);
        else
            series.Set(value);
    }

    /// <summary>Forgets all series: what is observed the next time is all that there is.</summary>
    public void Clear()
    {
        lock (_adding)
            (_root, _count) = (new Node(), 0);
    }

    /// <summary>Writes the lines of the metric, in the order of their labels.</summary>
    public void Write(StringBuilder text)
    {
        var all = new List<Series>();
        Collect(_root, all);
        if (all.Count == 0)
            return;
        PrometheusText.WriteHead(text, Name, Instrument.Description ?? "", Type);
        foreach (var series in all.OrderBy(series => series.Labels, StringComparer.Ordinal))
        {
            if (Type == MetricType.Histogram)
                WriteHistogram(text, series);
            else
                PrometheusText.WriteSample(text, Name, series.Labels, series.Value);
        }
    }

    private void WriteHistogram(StringBuilder text, Series series)
    {
        var separator = series.Labels.Length > 0 ? "," : "";
        // The sum is read before the counts: they may be ahead of it, as if the last values had been tiny, and never behind.
        var sum = series.Value;
        var counts = series.Cumulated();
        for (var i = 0; i < counts.Length; i++)
        {
            var bound = i < _bounds.Length ? PrometheusText.Number(_bounds[i]) : "+Inf";
            PrometheusText.WriteSample(text, Name + "_bucket", $"{series.Labels}{separator}le=\"{bound}\"", counts[i]);
        }

        PrometheusText.WriteSample(text, Name + "_sum", series.Labels, sum);
        PrometheusText.WriteSample(text, Name + "_count", series.Labels, counts[^1]);
    }

    private Series Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var node = _root;
        foreach (var tag in tags)
        {
            if (node.Children is not { } children || !children.TryGetValue(Text(tag.Value), out node!))
                return Add(tags);
        }

        return node.Series ?? Add(tags);
    }

    private Series Add(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_adding)
        {
            if (_count >= MaxSeries)
                return _root.Overflow ??= new Series(Overflow, _bounds);
            var node = _root;
            foreach (var tag in tags)
                node = (node.Children ??= new(StringComparer.Ordinal)).GetOrAdd(Text(tag.Value), static _ => new Node());
            if (node.Series is { } found)
                return found;
            _count++;
            return node.Series = new Series(PrometheusText.Labels(tags), _bounds);
        }
    }

    private static void Collect(Node node, List<Series> all)
    {
        if (node.Series is { } series)
            all.Add(series);
        if (node.Overflow is { } overflow)
            all.Add(overflow);
        foreach (var child in node.Children?.Values ?? [])
            Collect(child, all);
    }

    private static string Text(object? value) => value as string ?? Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private static MetricType TypeOf(Instrument instrument) => instrument switch
    {
        Counter<long> or ObservableCounter<long> or ObservableCounter<double> => MetricType.Counter,
        Histogram<double> => MetricType.Histogram,
        _ => MetricType.Gauge,
    };

    /// <summary>Series by the values of their labels, which an instrument of ours always gives in the same order: a level for each label.</summary>
    private sealed class Node
    {
        public ConcurrentDictionary<string, Node>? Children { get; set; }

        public Series? Series { get; set; }

        public Series? Overflow { get; set; }
    }
}
