using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Outrigger.Core.Admission;
using Outrigger.Core.Results;
using Outrigger.Webhook.Tests.Hosting;

namespace Outrigger.Webhook.Tests.Operations;

public sealed partial class MetricsEndpointTests
{
    [Fact]
    public async Task Metrics_ReviewsOfEachOutcome_AreCountedWithTheirReasons()
    {
        Decision? next = null;
        await using var server = await TestServer.StartAsync(TestServer.NoCluster with
        {
            Review = (request, snapshot) => next ?? (request.Namespace == "faulty" ? throw new InvalidOperationException() : PodAdmission.Review(request, snapshot)),
        });
        (await Scrape.OfAsync(server))["""outrigger_reviews_total{outcome="fault"}"""].Should().Be(0, "a first fault shall be an increase");

        await server.Client.ReviewAsync();
        await server.Client.ReviewAsync(Asking().Json());
        await server.Client.ReviewAsync(Asking().Json());
        await server.Client.ReviewAsync(Reviews.CreatePod(review => review["request"]!["namespace"] = "faulty").Json());
        next = new Decision.Reject([Problem.Of("a", "is wrong")]);
        await server.Client.ReviewAsync();

        var scrape = await Scrape.OfAsync(server);
        scrape["""outrigger_reviews_total{outcome="inject"}"""].Should().Be(2);
        scrape["""outrigger_reviews_total{outcome="skip",reason="nothing_asked"}"""].Should().Be(1);
        scrape["""outrigger_reviews_total{outcome="skip",reason="opted_out"}"""].Should().Be(0);
        scrape["""outrigger_reviews_total{outcome="reject",reason="mistakes"}"""].Should().Be(1);
        scrape["""outrigger_reviews_total{outcome="fault"}"""].Should().Be(1);
        scrape["""outrigger_injections_total{pattern="https",role="sidecar"}"""].Should().Be(2);
        scrape["""outrigger_review_duration_seconds_count{outcome="inject"}"""].Should().Be(2);
        scrape["""outrigger_review_duration_seconds_bucket{outcome="fault",le="+Inf"}"""].Should().Be(1);
        scrape["""outrigger_review_duration_seconds_sum{outcome="inject"}"""].Should().BePositive();
    }

    [Fact]
    public async Task Metrics_RequestsThatAreNoReviews_AreCountedByReason()
    {
        await using var server = await TestServer.StartAsync();

        await server.Client.ReviewAsync(new StringContent("{}"));
        await server.Client.ReviewAsync(Reviews.Json("{}"));

        var scrape = await Scrape.OfAsync(server);
        scrape["""outrigger_requests_refused_total{reason="content_type"}"""].Should().Be(1);
        scrape["""outrigger_requests_refused_total{reason="not_a_review"}"""].Should().Be(1);
        scrape["""outrigger_requests_refused_total{reason="too_large"}"""].Should().Be(0);
    }

    [Fact]
    public async Task Metrics_WhileReviewsAreUnderWay_ShowHowManyAndWhoWasTurnedAway()
    {
        using var entered = new SemaphoreSlim(0);
        using var mayLeave = new ManualResetEventSlim();
        await using var server = await TestServer.StartAsync(
            TestServer.NoCluster with
            {
                Review = (_, _) =>
                {
                    entered.Release();
                    mayLeave.Wait();
                    return new Decision.Skip(SkipReason.NothingAsked);
                },
            },
            "--max-concurrency=1");
        var first = server.Client.ReviewAsync();
        await entered.WaitAsync(TimeSpan.FromSeconds(20));
        await server.Client.ReviewAsync();

        var during = await Scrape.OfAsync(server);
        mayLeave.Set();
        await first;

        during["outrigger_requests_in_flight"].Should().Be(1);
        during["outrigger_requests_limit"].Should().Be(1);
        during["outrigger_requests_bodies_bytes"].Should().BePositive();
        during["outrigger_connections"].Should().Be(2);
        during["""outrigger_requests_refused_total{reason="overloaded"}"""].Should().Be(1);
        await Scrape.WaitAsync(server, scrape => scrape["outrigger_requests_in_flight"] == 0 && scrape["outrigger_requests_bodies_bytes"] == 0);
    }

    [Fact]
    public async Task Metrics_CatalogThatBreaksAndIsMended_ShowItAndTheLastSuccess()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.yaml", Patterns.Sidecar("one"));
        await using var server = await TestServer.StartAsync(null, "--builtin-patterns=false", $"--catalog={folder.Path}");
        var before = await Scrape.OfAsync(server);

        folder.Write("b.yaml", Patterns.Broken("two"));
        var broken = await Scrape.WaitAsync(server, scrape => scrape["""outrigger_reload_successful{files="catalog"}"""] == 0);
        folder.Write("b.yaml", Patterns.Sidecar("two"));
        var mended = await Scrape.WaitAsync(server, scrape => scrape["""outrigger_reload_successful{files="catalog"}"""] == 1);

        const string last = """outrigger_reload_last_success_timestamp_seconds{files="catalog"}""";
        before["outrigger_catalog_patterns"].Should().Be(1);
        before["""outrigger_reloads_total{files="catalog",result="taken"}"""].Should().Be(1);
        broken["""outrigger_reloads_total{files="catalog",result="refused"}"""].Should().Be(1);
        broken[last].Should().Be(before[last]);
        mended["outrigger_catalog_patterns"].Should().Be(2);
        mended["""outrigger_reloads_total{files="catalog",result="taken"}"""].Should().Be(2);
        mended[last].Should().BeGreaterThan(before[last]).And.BeApproximately(DateTimeOffset.UtcNow.ToUnixTimeSeconds(), 60);
    }

    [Fact]
    public async Task Metrics_Certificate_ShowWhenItEnds()
    {
        await using var server = await TestServer.StartAsync();

        var ends = (await Scrape.OfAsync(server))["""outrigger_certificate_expiry_timestamp_seconds{certificate="serving"}"""];

        // The tests' certificates are valid for a day, from an hour ago.
        (ends - DateTimeOffset.UtcNow.ToUnixTimeSeconds()).Should().BeApproximately(23 * 3600, 120);
    }

    [Fact]
    public async Task Metrics_CallerWhoGoesAway_IsCounted()
    {
        await using var server = await TestServer.StartAsync();
        await using (var stream = await server.ConnectAsync())
        {
            await stream.WriteAsync("POST /mutate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"u8.ToArray());
        }

        await Scrape.WaitAsync(server, scrape =>
            scrape["outrigger_requests_abandoned_total"] + scrape["""outrigger_requests_refused_total{reason="broken_body"}"""] == 1);
    }

    [Fact]
    public async Task Metrics_OfTheProcess_AreWhatTheSystemSays()
    {
        await using var server = await TestServer.StartAsync();

        var scrape = await Scrape.OfAsync(server);

        scrape["process_cpu_seconds_total"].Should().BePositive();
        scrape["process_resident_memory_bytes"].Should().BeGreaterThan(10_000_000);
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        scrape["process_start_time_seconds"].Should().BeApproximately(new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds() / 1000.0, 1);
        if (OperatingSystem.IsLinux())
        {
            scrape["process_open_fds"].Should().BeGreaterThan(10).And.BeLessThan(scrape["process_max_fds"]);
        }
    }

    [Fact]
    public async Task Metrics_OnTheHttpsPort_AreNotThere()
    {
        await using var server = await TestServer.StartAsync();

        (await server.Client.GetAsync("/metrics")).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Metrics_AllOfThem_StandInTheDocsAndNoOther()
    {
        await using var server = await TestServer.StartAsync();
        await server.Client.ReviewAsync(Asking().Json());

        var rows = (await Scrape.OfAsync(server)).Metrics.Select(metric =>
        {
            var labels = metric.Samples.SelectMany(sample => LabelName.Matches(sample.Series)).Select(match => match.Groups[1].Value)
                .Where(name => name != "le").Distinct().Select(name => $"`{name}`");
            return $"| `{metric.Name}` | {metric.Type} | {string.Join(", ", labels)} | {metric.Help} |";
        });

        var page = RepositoryFile.Read("docs/operations.md").Split('\n');
        page.Where(line => Row.IsMatch(line)).Should().Equal(rows);
    }

    [Fact]
    public async Task Alerts_InTheDocs_AskForMetricsAndLabelsThatAreThere()
    {
        await using var server = await TestServer.StartAsync();
        await server.Client.ReviewAsync(Asking().Json());
        var scrape = await Scrape.OfAsync(server);
        var series = scrape.Metrics.SelectMany(metric => metric.Samples).Select(sample => sample.Series).ToList();

        var rules = RepositoryFile.Read("docs/operations.md").Split('\n').Where(line => line.TrimStart().StartsWith("expr: ", StringComparison.Ordinal)).ToList();

        rules.Should().HaveCountGreaterThan(8);
        foreach (var selector in rules.SelectMany(rule => Selector.Matches(rule)))
        {
            var (name, labels) = (selector.Groups[1].Value, selector.Groups[3].Value.Split(',', StringSplitOptions.RemoveEmptyEntries));
            var equal = labels.Where(label => !label.Contains("!=", StringComparison.Ordinal));
            series.Should().Contain(
                one => one.Split('{', 2)[0] == name && equal.All(label => one.Contains(label, StringComparison.Ordinal)), "{0} is asked for", selector.Value);
        }
    }

    private static JsonObject Asking() => Reviews.CreatePod(review =>
    {
        review["request"]!["object"]!["metadata"]!["annotations"] =
            new JsonObject { ["outrigger.dev/sidecar"] = "https", ["https.outrigger.dev/secret"] = "shop-tls" };
        review["request"]!["object"]!["spec"]!["containers"]![0]!["ports"] = new JsonArray(new JsonObject { ["containerPort"] = 8080 });
    });

    [GeneratedRegex("""([a-z_]+)="[^"]*""")]
    private static partial Regex LabelName { get; }

    [GeneratedRegex(@"\b(outrigger_[a-z_]+)(\{([^}]*)\})?")]
    private static partial Regex Selector { get; }

    [GeneratedRegex(@"^\| `(outrigger|process)_")]
    private static partial Regex Row { get; }
}
