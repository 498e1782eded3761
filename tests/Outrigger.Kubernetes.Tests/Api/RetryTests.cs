using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Outrigger.Kubernetes.Api;
using Outrigger.Kubernetes.Tests.Wire;

namespace Outrigger.Kubernetes.Tests.Api;

public sealed class RetryTests
{
    private readonly FastClock _clock = new();

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task GetAsync_ServerInTrouble_IsAskedAgain(int code)
    {
        await using var server = await LoopbackServer.StartAsync(FailingFirst(2, code));
        using var api = server.Client(clock: _clock);

        (await api.GetAsync("version", default)).GetProperty("major").GetString().Should().Be("1");
        server.Requests.Should().HaveCount(3);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(501)]
    public async Task GetAsync_OurOwnMistake_IsNotRepeated(int code)
    {
        await using var server = await LoopbackServer.StartAsync(FailingFirst(1, code));
        using var api = server.Client(clock: _clock);

        var failure = await FailureAsync(api);

        failure.Status.Should().Be((HttpStatusCode)code);
        failure.IsTransient.Should().BeFalse();
        server.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task GetAsync_TroubleThatLasts_EndsAfterTheLastRetry()
    {
        await using var server = await LoopbackServer.StartAsync(FailingFirst(100, 503));
        using var api = server.Client(LoopbackServer.Patient with { MaxRetries = 2 }, _clock);

        var failure = await FailureAsync(api);

        failure.Message.Should().Be("get version: 503 Test: the message");
        failure.Reason.Should().Be("Test");
        server.Requests.Should().HaveCount(3);
    }

    [Fact]
    public async Task GetAsync_RetryAfter_IsWaitedFor()
    {
        await using var server = await LoopbackServer.StartAsync(FailingFirst(1, 429, "20"));
        using var api = server.Client(clock: _clock);
        var start = _clock.GetTimestamp();

        await api.GetAsync("version", default);

        _clock.GetElapsedTime(start).Should().BeGreaterThan(TimeSpan.FromSeconds(19));
    }

    [Fact]
    public async Task GetAsync_RetryAfterInTheStatus_IsWaitedFor()
    {
        var asked = 0;
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            var status = Answers.Status(504, "ServerTimeout", "later");
            status["details"] = new System.Text.Json.Nodes.JsonObject { ["retryAfterSeconds"] = 20 };
            return asked++ == 0 ? context.JsonAsync(status, 504) : Version(context);
        });
        using var api = server.Client(clock: _clock);
        var start = _clock.GetTimestamp();

        await api.GetAsync("version", default);

        _clock.GetElapsedTime(start).Should().BeGreaterThan(TimeSpan.FromSeconds(19));
    }

    [Fact]
    public async Task GetAsync_RetryAfterBeyondOurPatience_FailsAtOnce()
    {
        await using var server = await LoopbackServer.StartAsync(FailingFirst(1, 503, "3600"));
        using var api = server.Client(clock: _clock);

        (await FailureAsync(api)).RetryAfter.Should().Be(TimeSpan.FromHours(1));
        server.Requests.Should().ContainSingle();
    }

    [Theory]
    [InlineData(HttpProtocols.Http1)]
    [InlineData(HttpProtocols.Http2)]
    public async Task GetAsync_ConnectionBreaksInsideTheAnswer_IsAskedAgain(HttpProtocols protocols)
    {
        var asked = 0;
        await using var server = await LoopbackServer.StartAsync(
            async context =>
            {
                if (asked++ > 0)
                {
                    await Version(context);
                    return;
                }

                await context.SendAsync("{\"major"u8.ToArray());
                context.Abort();
            },
            protocols);
        using var api = server.Client(clock: _clock);

        await api.GetAsync("version", default);

        server.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task GetAsync_NobodyListens_SaysWhoAndWhy()
    {
        var server = await LoopbackServer.StartAsync(Version);
        var endpoint = server.Endpoint;
        await server.DisposeAsync();
        using var api = new KubernetesApi(endpoint, LoopbackServer.Patient with { MaxRetries = 1 }, _clock);

        var failure = await FailureAsync(api);

        failure.Message.Should().StartWith($"get version: no answer from {endpoint.Server}: ").And.Contain("refused");
        failure.IsTransient.Should().BeTrue();
        failure.Status.Should().BeNull();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task GetAsync_AnswerThatDoesNotCome_TimesOutPerAttempt(bool withHeaders)
    {
        var isStuck = false;
        await using var server = await LoopbackServer.StartAsync(context => !isStuck ? Version(context)
            : withHeaders ? context.HoldAsync()
            : Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default));
        using var api = server.Client(new KubernetesApiOptions { MaxRetries = 1, AttemptTimeout = TimeSpan.FromSeconds(100) }, _clock);
        // The first request pays for the connection, so that what times out later has reached the server.
        await api.GetAsync("version", default);
        isStuck = true;

        (await FailureAsync(api)).Message.Should().Be($"get version: no answer from {server.Address} within 100 s");
        server.Requests.Should().HaveCount(3);
    }

    [Fact]
    public async Task GetAsync_ManyFailures_OpenTheCircuitUntilItsTimeIsOver()
    {
        var isWell = false;
        await using var server = await LoopbackServer.StartAsync(context =>
            isWell ? Version(context) : context.JsonAsync(Answers.Status(500, "InternalError", "etcd"), 500));
        var options = LoopbackServer.Patient with { MaxRetries = 0, BreakAfter = 3, BreakDuration = TimeSpan.FromSeconds(60) };
        var clock = new SteppedClock();
        using var api = new KubernetesApi(server.Endpoint, options, clock);
        for (var i = 0; i < 3; i++)
            (await FailureAsync(api)).Status.Should().Be(HttpStatusCode.InternalServerError);

        var failure = await FailureAsync(api);
        failure.Message.Should().Be($"get version: not sent: {server.Address} failed too often; next try in 60 s");
        failure.RetryAfter.Should().Be(TimeSpan.FromSeconds(60));
        server.Requests.Should().HaveCount(3);

        isWell = true;
        clock.Step(TimeSpan.FromSeconds(61));
        await api.GetAsync("version", default);
    }

    [Fact]
    public async Task GetAsync_Cancelled_EndsAtOnceAndIsNoApiFailure()
    {
        await using var server = await LoopbackServer.StartAsync(context => context.HoldAsync());
        using var api = server.Client(clock: _clock);
        using var cancel = new CancellationTokenSource();
        var call = api.GetAsync("version", cancel.Token);
        while (server.Requests.IsEmpty)
            await Task.Delay(5);

        await cancel.CancelAsync();

        await FluentActions.Awaiting(() => call).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task GetAsync_GatewayAnswersInHtml_TheMessageHasItsBeginningOnOneLine()
    {
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.StatusCode = 404;
            return context.Response.WriteAsync("<html>\n<body>" + new string('x', 100_000));
        });
        using var api = server.Client(clock: _clock);

        (await FailureAsync(api)).Message.Should().StartWith("get version: 404 NotFound: <html> <body>xxx").And.HaveLength(327);
    }

    [Fact]
    public async Task GetAsync_AnswerIsNoJson_SaysSo()
    {
        await using var server = await LoopbackServer.StartAsync(context => context.Response.WriteAsync("ok"));
        using var api = server.Client(clock: _clock);

        (await FailureAsync(api)).Message.Should().StartWith("get version: the answer is not JSON: ");
    }

    private static async Task<KubernetesApiException> FailureAsync(KubernetesApi api) =>
        (await FluentActions.Awaiting(() => api.GetAsync("version", default)).Should().ThrowAsync<KubernetesApiException>()).Which;

    private static Func<HttpContext, Task> FailingFirst(int times, int code, string? retryAfter = null)
    {
        var asked = 0;
        return context =>
        {
            if (Interlocked.Increment(ref asked) > times)
                return Version(context);
            if (retryAfter is not null)
                context.Response.Headers.RetryAfter = retryAfter;
            return context.JsonAsync(Answers.Status(code, "Test", "the message"), code);
        };
    }

    private static Task Version(HttpContext context) =>
        context.JsonAsync(new System.Text.Json.Nodes.JsonObject { ["major"] = "1" });
}
