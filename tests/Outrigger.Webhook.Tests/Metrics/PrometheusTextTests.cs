using System.Diagnostics.Metrics;
using System.Text;
using Outrigger.Webhook.Metrics;

namespace Outrigger.Webhook.Tests.Metrics;

public sealed class PrometheusTextTests
{
    [Theory]
    [InlineData("outrigger.reviews", "{review}", nameof(MetricType.Counter), "outrigger_reviews_total")]
    [InlineData("outrigger.review.duration", "s", nameof(MetricType.Histogram), "outrigger_review_duration_seconds")]
    [InlineData("process.cpu", "s", nameof(MetricType.Counter), "process_cpu_seconds_total")]
    [InlineData("process.resident_memory", "By", nameof(MetricType.Gauge), "process_resident_memory_bytes")]
    [InlineData("a.seconds", "s", nameof(MetricType.Gauge), "a_seconds")]
    [InlineData("a.total", null, nameof(MetricType.Counter), "a_total")]
    [InlineData("9lives-left:now", null, nameof(MetricType.Gauge), "_9lives_left:now")]
    public void Name_OfAnInstrument_HasItsUnitInWords(string name, string? unit, string type, string expected)
    {
        using var meter = new Meter("test");

        PrometheusText.Name(meter.CreateCounter<long>(name, unit), Enum.Parse<MetricType>(type)).Should().Be(expected);
    }

    [Fact]
    public void Labels_WithWhatHasAMeaningInTheFormat_AreEscaped() =>
        PrometheusText.Labels([new("a-b", "x\"y\\z\nend"), new("c", null), new("d", 1.5)]).Should().Be("""a_b="x\"y\\z\nend",c="",d="1.5" """.TrimEnd());

    [Fact]
    public void WriteHead_HelpWithALineBreak_StaysOneLine()
    {
        var text = new StringBuilder();

        PrometheusText.WriteHead(text, "a", "one \"two\"\n\\three", MetricType.Gauge);

        text.ToString().Should().Be("# HELP a one \"two\"\\n\\\\three\n# TYPE a gauge\n");
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(1e-7, "1E-07")]
    [InlineData(1795559910.722, "1795559910.722")]
    [InlineData(double.PositiveInfinity, "+Inf")]
    [InlineData(double.NegativeInfinity, "-Inf")]
    [InlineData(double.NaN, "NaN")]
    public void Number_AnyValue_IsOneThatPrometheusReads(double value, string expected) => PrometheusText.Number(value).Should().Be(expected);
}
