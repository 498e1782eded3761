using System.Net;
using System.Text.Json.Nodes;
using Outrigger.Core.Admission;
using Outrigger.Webhook.Tests.Hosting;

namespace Outrigger.Webhook.Tests.Telemetry;

public sealed class OtlpExportTests
{
    // Fields of opentelemetry.proto.trace.v1.Span.
    private const int TraceId = 1, ParentSpanId = 4, Name = 5, Kind = 6, Start = 7, End = 8, Attributes = 9, Status = 15;

    // All servers of a process share the source of spans: each test looks for its own trace.
    private readonly string _trace = Convert.ToHexStringLower(Guid.NewGuid().ToByteArray());

    [Fact]
    public async Task Review_WithTheCallersTrace_IsASpanInItWithoutThePod()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var server = await TestServer.StartAsync(receiver.Variables);

        (await SendAsync(server, Reviews.CreatePod(review =>
        {
            review["request"]!["object"]!["metadata"]!["annotations"] =
                new JsonObject { ["outrigger.dev/sidecar"] = "https", ["https.outrigger.dev/secret"] = "shop-tls" };
            review["request"]!["object"]!["spec"]!["containers"]![0]!["ports"] = new JsonArray(new JsonObject { ["containerPort"] = 8080 });
        }))).Should().Be(HttpStatusCode.OK);

        var (span, resource) = await receiver.SpanAsync(span => span.Hex(TraceId) == _trace);
        span.Hex(ParentSpanId).Should().Be("00f067aa0ba902b7");
        span.Text(Name).Should().Be("review");
        span.Number(Kind).Should().Be(2, "that is a server's");
        span.Number(End).Should().BeGreaterThan(span.Number(Start));
        Pairs(span, Attributes).Should().BeEquivalentTo(["outrigger.outcome=inject", "outrigger.patterns=[https@1.0.0]"]);
        Pairs(resource, 1).Should().Contain("service.name=outrigger").And.Contain(pair => pair.StartsWith("service.version=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Review_ThatFaults_IsASpanWithoutWhatTheFaultSays()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var server = await TestServer.StartAsync(
            receiver.Variables, TestServer.NoCluster with { Review = (_, _) => throw new InvalidOperationException("value tr0ub4dor") });

        (await SendAsync(server, Reviews.CreatePod())).Should().Be(HttpStatusCode.InternalServerError);

        var (span, _) = await receiver.SpanAsync(span => span.Hex(TraceId) == _trace);
        Pairs(span, Attributes).Should().BeEquivalentTo(["outrigger.outcome=fault", "outrigger.reason=System.InvalidOperationException"]);
        span.All(Status).Single().Number(3).Should().Be(2, "that is an error");
        span.All(Status).Single().Text(2).Should().BeEmpty();
    }

    [Fact]
    public async Task Review_ThatIsSkippedOrRefused_IsASpanThatSaysWhy()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var server = await TestServer.StartAsync(receiver.Variables);

        await SendAsync(server, Reviews.CreatePod());
        await SendAsync(server, new JsonObject());

        var (skipped, _) = await receiver.SpanAsync(span => span.Hex(TraceId) == _trace && Pairs(span, Attributes).Contains("outrigger.outcome=skip"));
        Pairs(skipped, Attributes).Should().Contain("outrigger.reason=nothing_asked");
        var (refused, _) = await receiver.SpanAsync(span => span.Hex(TraceId) == _trace && Pairs(span, Attributes).Contains("outrigger.outcome=refused"));
        Pairs(refused, Attributes).Should().Contain("outrigger.reason=not_a_review");
    }

    [Fact]
    public async Task Review_WithATraceThatIsNone_IsAnsweredAndBeginsOne()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var server = await TestServer.StartAsync(receiver.Variables, TestServer.NoCluster with { Review = (_, _) => new Decision.Skip(SkipReason.MirrorPod) });

        (await SendAsync(server, Reviews.CreatePod(), "00-nonsense")).Should().Be(HttpStatusCode.OK);

        var (span, _) = await receiver.SpanAsync(span => Pairs(span, Attributes).Contains("outrigger.reason=mirror_pod"));
        span.Hex(ParentSpanId).Should().BeEmpty();
        span.Hex(TraceId).Should().NotBe(new string('0', 32));
    }

    [Fact]
    public async Task Metrics_OfTheServer_ArriveUnderTheNamesOfOpenTelemetry()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        var variables = receiver.Variables;
        variables["OTEL_SERVICE_NAME"] = "injector";
        variables["OTEL_RESOURCE_ATTRIBUTES"] = "team=platform";
        await using var server = await TestServer.StartAsync(variables);

        await SendAsync(server, Reviews.CreatePod());

        var (reviews, resource) = await receiver.MetricAsync(metric => metric.Text(1) == "outrigger.reviews" && metric.All(7).Any());
        reviews.Text(3).Should().Be("{review}");
        reviews.All(7).Single().Number(3).Should().Be(1, "it only goes up");
        await receiver.MetricAsync(metric => metric.Text(1) == "outrigger.review.duration" && metric.Text(3) == "s" && metric.All(9).Any());
        await receiver.MetricAsync(metric => metric.Text(1) == "outrigger.catalog.patterns");
        Pairs(resource, 1).Should().Contain("service.name=injector").And.Contain("team=platform");
    }

    [Fact]
    public async Task CollectorThatDoesNotAnswer_IsToldInTheLogAndHoldsNothingUp()
    {
        await using var server = await TestServer.StartAsync(new Dictionary<string, string>
        {
            // Nobody listens on port 1.
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:1",
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "20",
        });

        (await SendAsync(server, Reviews.CreatePod())).Should().Be(HttpStatusCode.OK);

        (await server.Log.WaitAsync("OtlpTrouble")).GetProperty("trouble").GetString().Should().Contain("127.0.0.1:1");
        (await SendAsync(server, Reviews.CreatePod())).Should().Be(HttpStatusCode.OK);
    }

    private async Task<HttpStatusCode> SendAsync(TestServer server, JsonObject review, string? parent = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mutate") { Content = review.Json() };
        request.Headers.Add("traceparent", parent ?? $"00-{_trace}-00f067aa0ba902b7-01");
        using var response = await server.Client.SendAsync(request);
        return response.StatusCode;
    }

    /// <summary>KeyValue: 1 the key, 2 the value, of which 1 is a text and 5 a list.</summary>
    private static List<string> Pairs(ProtobufMessage owner, int field) => owner.All(field).Select(pair =>
    {
        var value = pair.All(2).Single();
        return pair.Text(1) + "=" + (value.All(5).FirstOrDefault() is { } list ? $"[{string.Join(',', list.All(1).Select(one => one.Text(1)))}]" : value.Text(1));
    }).ToList();
}
