using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Outrigger.Webhook.Metrics;

/// <summary>
/// The text format 0.0.4 of Prometheus (https://prometheus.io/docs/instrumenting/exposition_formats/), with names as OpenTelemetry maps them
/// (https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/): the unit in words, <c>_total</c> after a counter.
/// </summary>
internal static class PrometheusText
{
    /// <summary>The media type.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary><c>outrigger.review.duration</c> in <c>s</c> is <c>outrigger_review_duration_seconds</c>.</summary>
    public static string Name(Instrument instrument, MetricType type)
    {
        var name = Identifier(instrument.Name, ':');
        var unit = instrument.Unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            // Units in braces only say what is counted.
            _ => "",
        };
        if (!name.EndsWith(unit, StringComparison.Ordinal))
            name += unit;
        return type == MetricType.Counter && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    /// <summary>Labels without braces: <c>outcome="skip",reason="opted_out"</c>.</summary>
    public static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = new StringBuilder();
        foreach (var (key, value) in tags)
        {
            text.Append(text.Length > 0 ? "," : "").Append(Identifier(key, '_')).Append("=\"");
            Escape(text, Convert.ToString(value, CultureInfo.InvariantCulture) ?? "", quotes: true);
            text.Append('"');
        }

        return text.ToString();
    }

    /// <summary>The comments that begin a metric.</summary>
    public static void WriteHead(StringBuilder text, string name, string help, MetricType type)
    {
        text.Append("# HELP ").Append(name).Append(' ');
        Escape(text, help, quotes: false);
        var word = type switch
        {
            MetricType.Counter => "counter",
            MetricType.Gauge => "gauge",
            MetricType.Histogram => "histogram",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        text.Append("\n# TYPE ").Append(name).Append(' ').Append(word).Append('\n');
    }

    /// <summary>One line.</summary>
    public static void WriteSample(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
            text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(Number(value)).Append('\n');
    }

    /// <summary>The shortest form that is read back as the same number.</summary>
    public static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf"
            : double.IsNegativeInfinity(value) ? "-Inf"
            : value.ToString("R", CultureInfo.InvariantCulture);

    private static void Escape(StringBuilder text, string value, bool quotes)
    {
        foreach (var character in value)
        {
            _ = character switch
            {
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '"' when quotes => text.Append("\\\""),
                _ => text.Append(character),
            };
        }
    }

    /// <summary>Letters, digits and underscores, and no digit in front; metrics may have colons, labels may not.</summary>
    private static string Identifier(string name, char other)
    {
        var text = new StringBuilder(name.Length + 1);
        if (name.Length == 0 || char.IsAsciiDigit(name[0]))
            text.Append('_');
        foreach (var character in name)
            text.Append(char.IsAsciiLetterOrDigit(character) || character == other ? character : '_');
        return text.ToString();
    }
}
