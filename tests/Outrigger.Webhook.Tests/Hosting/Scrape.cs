using System.Globalization;
using System.Text.RegularExpressions;

namespace Outrigger.Webhook.Tests.Hosting;

/// <summary>One metric as it was scraped.</summary>
/// <param name="Name">Its name, without <c>_bucket</c> and the like.</param>
/// <param name="Type">Its type, as the text says it.</param>
/// <param name="Help">Its help.</param>
/// <param name="Samples">Its lines: name and labels as they stand, with their values, in their order.</param>
internal sealed record ScrapedMetric(string Name, string Type, string Help, List<(string Series, double Value)> Samples);

/// <summary>Reads the text format of Prometheus as strictly as its own parser, so that what it takes, Prometheus takes.</summary>
internal sealed partial class Scrape
{
    private Scrape(IReadOnlyList<ScrapedMetric> metrics) => Metrics = metrics;

    /// <summary>The metrics, in their order.</summary>
    public IReadOnlyList<ScrapedMetric> Metrics { get; }

    /// <summary>The value of a series: <c>outrigger_reviews_total{outcome="inject"}</c>. It fails where there is none.</summary>
    public double this[string series] => Metrics.SelectMany(metric => metric.Samples).Single(sample => sample.Series == series).Value;

    /// <summary>Reads it off a server.</summary>
    public static async Task<Scrape> OfAsync(TestServer server)
    {
        using var response = await server.Ops.GetAsync("/metrics");
        response.EnsureSuccessStatusCode();
        response.Content.Headers.ContentType!.ToString().Should().Be("text/plain; version=0.0.4; charset=utf-8");
        return Parse(await response.Content.ReadAsStringAsync());
    }

    /// <summary>Waits until a server's metrics meet a condition; fails after 20 s.</summary>
    public static async Task<Scrape> WaitAsync(TestServer server, Func<Scrape, bool> when)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            var scrape = await OfAsync(server);
            if (when(scrape))
                return scrape;
            await Task.Delay(10, patience.Token);
        }
    }

    /// <exception cref="InvalidDataException">It is not of the format.</exception>
    public static Scrape Parse(string text)
    {
        var (metrics, series) = (new List<ScrapedMetric>(), new HashSet<string>());
        if (text.Length > 0 && text[^1] != '\n')
            throw new InvalidDataException("the last line does not end");
        string? help = null;
        foreach (var line in text.Split('\n')[..^1])
        {
            if (Help.Match(line) is { Success: true } begin)
            {
                help = begin.Groups[2].Value;
            }
            else if (Type.Match(line) is { Success: true } type && help is not null && metrics.TrueForAll(metric => metric.Name != type.Groups[1].Value))
            {
                metrics.Add(new ScrapedMetric(type.Groups[1].Value, type.Groups[2].Value, help, []));
            }
            else if (Sample.Match(line) is { Success: true } sample && IsOf(sample.Groups["name"].Value, metrics[^1]) && series.Add(sample.Groups["series"].Value))
            {
                metrics[^1].Samples.Add((sample.Groups["series"].Value, Number(sample.Groups["value"].Value)));
            }
            else
            {
                throw new InvalidDataException($"not of the format, or there before: {line}");
            }
        }

        return new Scrape(metrics);
    }

    private static bool IsOf(string name, ScrapedMetric metric) => metric.Type == "histogram"
        ? name == metric.Name + "_bucket" || name == metric.Name + "_sum" || name == metric.Name + "_count"
        : name == metric.Name;

    private static double Number(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    [GeneratedRegex(@"\A# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) ((?:[^\\]|\\\\|\\n)*)\z")]
    private static partial Regex Help { get; }

    [GeneratedRegex(@"\A# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram)\z")]
    private static partial Regex Type { get; }

    [GeneratedRegex("""\A(?<series>(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\]|\\[\\"n])*"(,(?!\})|(?=\})))+\})?) (?<value>[+-]?Inf|NaN|-?[0-9.]+(E[+-]?[0-9]+)?)\z""")]
    private static partial Regex Sample { get; }
}
