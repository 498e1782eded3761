using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Outrigger.Core.Admission;
using Outrigger.Core.Patching;
using Outrigger.Core.Results;
using Outrigger.Webhook.Tests.Hosting;

namespace Outrigger.Webhook.Tests.Admission;

public sealed class MutateEndpointTests
{
    [Fact]
    public async Task Mutate_PodThatAsksForNothing_IsAllowedWithoutAPatch()
    {
        await using var server = await TestServer.StartAsync();

        using var response = await server.Client.ReviewAsync();

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.ToString().Should().Be("application/json");
        response.Content.Headers.ContentLength.Should().BePositive();
        response.Headers.Server.Should().BeEmpty();
        var review = await response.ReadReviewAsync();
        review.GetProperty("apiVersion").GetString().Should().Be("admission.k8s.io/v1");
        review.GetProperty("kind").GetString().Should().Be("AdmissionReview");
        review.GetProperty("response").GetProperty("uid").GetString().Should().Be(Reviews.Uid);
        review.GetProperty("response").GetProperty("allowed").GetBoolean().Should().BeTrue();
        review.GetProperty("response").TryGetProperty("patch", out _).Should().BeFalse();
    }

    [Fact]
    public async Task Mutate_AnyReview_LogsOneLineWithoutTheBody()
    {
        await using var server = await TestServer.StartAsync();

        using var response = await server.Client.ReviewAsync(Reviews.CreatePod(review =>
        {
            review["request"]!["dryRun"] = true;
            review["request"]!["object"]!["spec"]!["containers"]![0]!["env"] =
                new JsonArray(new JsonObject { ["name"] = "PASSWORD", ["value"] = "tr0ub4dor" });
        }).Json());

        var line = await server.Log.WaitAsync("Review");
        line.GetProperty("outcome").GetString().Should().Be("skip");
        line.GetProperty("reason").GetString().Should().Be("nothing_asked");
        line.GetProperty("namespace").GetString().Should().Be("shop");
        line.GetProperty("pod").GetString().Should().Be("shop-7d4b9-");
        line.GetProperty("ms").GetDouble().Should().BePositive();
        line.GetProperty("dryRun").GetBoolean().Should().BeTrue();
        line.GetProperty("uid").GetString().Should().Be(Reviews.Uid);
        line.GetProperty("warnings").GetInt32().Should().Be(0);
        server.Log.All.Select(one => one.ToString()).Should().NotContain(text => text.Contains("tr0ub4dor", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Mutate_UpdateOfARunningPod_IsPatchedAndLoggedLikeACreation()
    {
        using var catalog = new TemporaryFolder();
        catalog.Write("live.yaml", Patterns.Live("notes"));
        await using var server = await TestServer.StartAsync(null, $"--catalog={catalog.Path}");
        var pod = Reviews.CreatePod()["request"]!["object"]!;
        pod["metadata"]!["annotations"] = new JsonObject { ["outrigger.dev/sidecar"] = "notes" };
        var running = await PatchedAsync(server, Reviews.Create(pod, "shop", "created"), pod);
        var changed = running.DeepClone();
        changed["metadata"]!["annotations"]!["notes.outrigger.dev/text"] = "tr0ub4dor";

        var updated = await PatchedAsync(server, Reviews.Update(running, changed, "shop", "updated"), changed);

        updated["metadata"]!["annotations"]!["files.outrigger.dev/notes.note"]!.GetValue<string>().Should().Be("tr0ub4dor");
        var line = await server.Log.WaitAsync("Review", line => line.GetProperty("uid").GetString() == "updated");
        line.GetProperty("outcome").GetString().Should().Be("inject");
        line.GetProperty("uses").GetString().Should().Be("notes=notes@1.0.0");
        server.Log.All.Select(one => one.ToString()).Should().NotContain(text => text.Contains("tr0ub4dor", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Mutate_UpdateOfAnotherLabel_IsLoggedAsNothingChanged()
    {
        await using var server = await TestServer.StartAsync();
        var pod = Reviews.CreatePod()["request"]!["object"]!;
        var changed = pod.DeepClone();
        changed["metadata"]!["labels"] = new JsonObject { ["app"] = "shop" };

        using var response = await server.Client.ReviewAsync(Reviews.Update(pod, changed, "shop", "updated").Json());

        (await response.ReadReviewAsync()).GetProperty("response").TryGetProperty("patch", out _).Should().BeFalse();
        var line = await server.Log.WaitAsync("Review");
        line.GetProperty("outcome").GetString().Should().Be("skip");
        line.GetProperty("reason").GetString().Should().Be("nothing_changed");
    }

    [Fact]
    public async Task Mutate_RejectedPod_LogsTheAnnotationsAndNotTheirValues()
    {
        var rejection = new Decision.Reject(
            [Problem.Of("https.outrigger.dev/port", "\"tr0ub4dor\" is not a port"), Problem.Of("https.outrigger.dev/secret", "is missing")]);
        await using var server = await TestServer.StartAsync(TestServer.NoCluster with { Review = (_, _) => rejection with { Warnings = ["mind this"] } });

        using var response = await server.Client.ReviewAsync();

        (await response.ReadReviewAsync()).GetProperty("response").GetProperty("allowed").GetBoolean().Should().BeFalse();
        var line = await server.Log.WaitAsync("Review");
        line.GetProperty("outcome").GetString().Should().Be("reject");
        line.GetProperty("subjects").GetString().Should().Be("https.outrigger.dev/port,https.outrigger.dev/secret");
        line.GetProperty("warnings").GetInt32().Should().Be(1);
        line.ToString().Should().NotContain("tr0ub4dor");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/jsonp")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Mutate_OtherContentType_Is415(string? contentType)
    {
        await using var server = await TestServer.StartAsync();
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Reviews.CreatePod().ToJsonString()));
        if (contentType is not null)
            content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        using var response = await server.Client.ReviewAsync(content);

        response.StatusCode.Should().Be(HttpStatusCode.UnsupportedMediaType);
        (await response.Content.ReadAsStringAsync()).Should().Contain("application/json");
    }

    [Theory]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("Application/JSON;charset=UTF-8")]
    public async Task Mutate_ContentTypeWithParameters_IsReviewed(string contentType)
    {
        await using var server = await TestServer.StartAsync();
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Reviews.CreatePod().ToJsonString()));
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        using var response = await server.Client.ReviewAsync(content);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    public static TheoryData<string, byte[]> NotReviews => new()
    {
        { "nothing", [] },
        { "truncated", Encoding.UTF8.GetBytes(Reviews.CreatePod().ToJsonString()[..200]) },
        { "more after the end", Encoding.UTF8.GetBytes(Reviews.CreatePod().ToJsonString() + "{}") },
        { "an array", "[]"u8.ToArray() },
        { "invalid UTF-8", [.. "{\"kind\":\"AdmissionReview\",\"x\":\""u8, 0xC3, 0x28, .. "\"}"u8] },
        { "a bomb of depth", Encoding.UTF8.GetBytes(new string('[', 100_000)) },
        { "a bomb inside", Bytes(review => review["request"]!["object"]!["spec"] = "BOMB", text => text.Replace("\"BOMB\"", new string('[', 5000) + new string(']', 5000), StringComparison.Ordinal)) },
        { "twice the same member", Bytes(_ => { }, text => text.Replace("\"operation\":\"CREATE\"", "\"operation\":\"CREATE\",\"operation\":\"DELETE\"", StringComparison.Ordinal)) },
        { "another apiVersion", Bytes(review => review["apiVersion"] = "admission.k8s.io/v1beta1") },
        { "another kind", Bytes(review => review["kind"] = "TokenReview") },
        { "no request", Bytes(review => review.Remove("request")) },
        { "no uid", Bytes(review => review["request"]!.AsObject().Remove("uid")) },
        { "no object", Bytes(review => review["request"]!.AsObject().Remove("object")) },
        { "an update without the old object", Bytes(review => review["request"]!["operation"] = "UPDATE") },
        { "no object but null", Bytes(review => review["request"]!["object"] = null) },
    };

    [Theory]
    [MemberData(nameof(NotReviews))]
    public async Task Mutate_BodyThatIsNoReview_Is400AndNoAnswerOfAdmission(string what, byte[] body)
    {
        await using var server = await TestServer.StartAsync();

        using var response = await server.Client.ReviewAsync(Reviews.Json(body));

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest, what);
        response.Content.Headers.ContentType!.MediaType.Should().Be("text/plain");
        (await response.Content.ReadAsStringAsync()).Trim().Should().NotBeEmpty().And.NotContain("AdmissionReview\"");
        (await server.Log.WaitAsync("Refused")).GetProperty("reason").GetString().Should().Be("not_a_review");
    }

    [Fact]
    public async Task Mutate_EngineThatFails_Is500AndNoDenial()
    {
        await using var server = await TestServer.StartAsync(TestServer.NoCluster with
        {
            Review = (_, _) => throw new InvalidOperationException("value tr0ub4dor"),
        });

        using var response = await server.Client.ReviewAsync();

        response.StatusCode.Should().Be(HttpStatusCode.InternalServerError);
        (await response.Content.ReadAsStringAsync()).Should().NotContain("allowed").And.NotContain("tr0ub4dor");
        var line = await server.Log.WaitAsync("Fault");
        line.GetProperty("level").GetString().Should().Be("error");
        line.GetProperty("outcome").GetString().Should().Be("fault");
        line.GetProperty("uid").GetString().Should().Be(Reviews.Uid);
        line.GetProperty("reason").GetString().Should().Be("System.InvalidOperationException");
        line.ToString().Should().NotContain("tr0ub4dor");
    }

    [Fact]
    public async Task Mutate_MoreReviewsAtOnceThanAllowed_Are429UntilThereIsRoom()
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
            "--max-concurrency=2");
        var first = server.Client.ReviewAsync();
        var second = server.Client.ReviewAsync();
        (await entered.WaitAsync(TimeSpan.FromSeconds(20)) && await entered.WaitAsync(TimeSpan.FromSeconds(20))).Should().BeTrue();

        using var third = await server.Client.ReviewAsync();
        mayLeave.Set();

        third.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        third.Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromSeconds(1));
        (await first).StatusCode.Should().Be(HttpStatusCode.OK);
        (await second).StatusCode.Should().Be(HttpStatusCode.OK);
        (await server.Client.ReviewAsync()).StatusCode.Should().Be(HttpStatusCode.OK);
        (await server.Log.WaitAsync("Overload")).GetProperty("turnedAway").GetInt32().Should().Be(1);
    }

    [Fact]
    public async Task Mutate_EveryWayOut_MakesRoomForTheNext()
    {
        var faults = true;
        await using var server = await TestServer.StartAsync(
            TestServer.NoCluster with
            {
                Review = (_, _) => faults ? throw new InvalidOperationException() : new Decision.Skip(SkipReason.NothingAsked),
            },
            "--max-concurrency=1");

        (await server.Client.ReviewAsync(new StringContent("{}"))).StatusCode.Should().Be(HttpStatusCode.UnsupportedMediaType);
        (await server.Client.ReviewAsync(Reviews.Json("{}"))).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await server.Client.ReviewAsync()).StatusCode.Should().Be(HttpStatusCode.InternalServerError);
        faults = false;
        (await server.Client.ReviewAsync()).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Mutate_OtherMethod_Is405ThatNamesPost(string method)
    {
        await using var server = await TestServer.StartAsync();

        using var response = await server.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), "/mutate"));

        response.StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
        response.Content.Headers.Allow.Should().Equal("POST");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/mutate/pods")]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    public async Task Mutate_OtherPath_Is404(string path)
    {
        await using var server = await TestServer.StartAsync();

        using var response = await server.Client.PostAsync(path, Reviews.CreatePod().Json());

        response.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Mutate_OnThePlainPort_IsNotThere()
    {
        await using var server = await TestServer.StartAsync();

        using var response = await server.Ops.PostAsync("/mutate", Reviews.CreatePod().Json());

        response.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    private static async Task<JsonNode> PatchedAsync(TestServer server, JsonObject review, JsonNode pod)
    {
        using var answer = await server.Client.ReviewAsync(review.Json());
        var patch = (await answer.ReadReviewAsync()).GetProperty("response").GetProperty("patch").GetBytesFromBase64();
        return JsonPatch.Apply(pod, JsonPatch.Read(JsonNode.Parse(patch)).Value).Value.Root!;
    }

    private static byte[] Bytes(Action<JsonObject> change, Func<string, string>? edit = null)
    {
        var text = Reviews.CreatePod(change).ToJsonString();
        return Encoding.UTF8.GetBytes(edit?.Invoke(text) ?? text);
    }
}
