using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Outrigger.Webhook.Metrics;
using Outrigger.Webhook.Tests.Hosting;

namespace Outrigger.Webhook.Tests.Metrics;

public sealed class MetricStoreTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly Meter _meter;
    private readonly MetricStore _store;

    public MetricStoreTests()
    {
        _store = new MetricStore(Factory, "test");
        _meter = Factory.Create("test");
    }

    private IMeterFactory Factory => _services.GetRequiredService<IMeterFactory>();

    public void Dispose()
    {
        _store.Dispose();
        _services.Dispose();
    }

    [Fact]
    public void Write_Histogram_CountsAValueOfABoundBelowItAndAllInTheLastBucket()
    {
        var sizes = _meter.CreateHistogram("size", "s", "Sizes.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 2.5] });

        foreach (var value in (double[])[0.5, 1, 1.5, 2.5, 7, double.PositiveInfinity])
            sizes.Record(value, new KeyValuePair<string, object?>("kind", "a"));

        _store.Write().Should().Be(
            """
            # HELP size_seconds Sizes.
            # TYPE size_seconds histogram
            size_seconds_bucket{kind="a",le="1"} 2
            size_seconds_bucket{kind="a",le="2.5"} 4
            size_seconds_bucket{kind="a",le="+Inf"} 6
            size_seconds_sum{kind="a"} +Inf
            size_seconds_count{kind="a"} 6

            """);
    }

    [Fact]
    public void Write_WhateverCameFirst_IsInTheOrderOfNamesAndLabels()
    {
        var (b, a) = (_meter.CreateCounter<long>("b"), _meter.CreateCounter<long>("a"));
        foreach (var value in (string[])["z", "x", "y"])
            b.Add(1, new KeyValuePair<string, object?>("l", value));
        b.Add(1);
        a.Add(3);

        Scrape.Parse(_store.Write()).Metrics.SelectMany(metric => metric.Samples).Select(sample => sample.Series).Should().Equal(
            "a_total", "b_total", """b_total{l="x"}""", """b_total{l="y"}""", """b_total{l="z"}""");
    }

    [Fact]
    public void Write_ObservedSeriesThatIsGone_ShowsItNoMore()
    {
        string[] seen = ["a", "b"];
        _meter.CreateObservableGauge("g", () => seen.Select(name => new Measurement<long>(1, new KeyValuePair<string, object?>("l", name))));

        _store.Write().Should().Contain("""g{l="b"} 1""");
        seen = ["a"];

        _store.Write().Should().Contain("""g{l="a"} 1""").And.NotContain("""g{l="b"}""");
    }

    [Fact]
    public void Write_InstrumentThatMeasuredNothing_HasNoLines()
    {
        _meter.CreateCounter<long>("a");

        _store.Write().Should().BeEmpty();
    }

    [Fact]
    public void Write_TwoInstrumentsOfOneName_ShowsTheNameOnce()
    {
        _meter.CreateCounter<long>("a").Add(1);
        _meter.CreateCounter<long>("a", "{b}").Add(1);

        Scrape.Parse(_store.Write())["a_total"].Should().Be(1);
    }

    [Fact]
    public void Write_UpAndDown_IsTheSum()
    {
        var level = _meter.CreateUpDownCounter<long>("level");
        level.Add(5);
        level.Add(-2);

        _store.Write().Should().Contain("# TYPE level gauge\nlevel 3\n");
    }

    [Fact]
    public void Write_MeterOfAnotherServerOrName_IsNotThere()
    {
        using var others = new ServiceCollection().AddMetrics().BuildServiceProvider();
        others.GetRequiredService<IMeterFactory>().Create("test").CreateCounter<long>("a").Add(1);
        Factory.Create("other").CreateCounter<long>("b").Add(1);

        _store.Write().Should().BeEmpty();
    }

    [Fact]
    public void Record_LabelValuesWithoutEnd_AreBoundedAndNoneIsLost()
    {
        var counter = _meter.CreateCounter<long>("a");
        for (var i = 0; i < 3 * MetricFamily.MaxSeries; i++)
            counter.Add(1, new KeyValuePair<string, object?>("l", i.ToString(CultureInfo.InvariantCulture)));

        var samples = Scrape.Parse(_store.Write()).Metrics.Single().Samples;

        samples.Should().HaveCount(MetricFamily.MaxSeries + 1);
        samples.Sum(sample => sample.Value).Should().Be(3 * MetricFamily.MaxSeries);
        samples.Should().ContainSingle(sample => sample.Series == """a_total{overflow="true"}""").Which.Value.Should().Be(2 * MetricFamily.MaxSeries);
    }

    [Fact]
    public void Record_ManyThreadsWhileOthersRead_LosesNothingAndNeverGoesBack()
    {
        const int threads = 4, each = 50_000;
        var counter = _meter.CreateCounter<long>("a");
        var times = _meter.CreateHistogram("t", "s", "", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [1] });
        var work = Enumerable.Range(0, threads).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < each; i++)
            {
                counter.Add(1, new KeyValuePair<string, object?>("l", i % 2 == 0 ? "even" : "odd"));
                times.Record(i % 2 * 2);
            }
        })).ToArray();

        var before = (Count: 0.0, Even: 0.0);
        while (!Task.WhenAll(work).IsCompleted)
        {
            var text = _store.Write();
            if (!text.Contains("even", StringComparison.Ordinal) || !text.Contains("t_seconds_count", StringComparison.Ordinal))
                continue;
            var now = (Count: Scrape.Parse(text)["t_seconds_count"], Even: Scrape.Parse(text)["""a_total{l="even"}"""]);
            now.Count.Should().BeGreaterThanOrEqualTo(before.Count);
            now.Even.Should().BeGreaterThanOrEqualTo(before.Even);
            before = now;
        }

        var end = Scrape.Parse(_store.Write());
        end["""a_total{l="even"}"""].Should().Be(threads * each / 2);
        end["""a_total{l="odd"}"""].Should().Be(threads * each / 2);
        end["""t_seconds_bucket{le="1"}"""].Should().Be(threads * each / 2);
        end["""t_seconds_bucket{le="+Inf"}"""].Should().Be(threads * each);
        end["t_seconds_sum"].Should().Be(threads * each);
    }

    [Fact]
    public void Record_LabelsThatWereSeenBefore_AllocatesNothing()
    {
        var counter = _meter.CreateCounter<long>("a");
        Count();
        var before = GC.GetAllocatedBytesForCurrentThread();

        Count();

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(10_000, "ten thousand counts of one byte each would be as many; the runtime itself takes a few thousand now and then");

        void Count()
        {
            for (var i = 0; i < 10_000; i++)
                counter.Add(1, new("pattern", "https"), new KeyValuePair<string, object?>("role", "sidecar"));
        }
    }
}
