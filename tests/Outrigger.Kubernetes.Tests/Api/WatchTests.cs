using System.Net;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Outrigger.Kubernetes.Api;
using Outrigger.Kubernetes.Resources;
using Outrigger.Kubernetes.Tests.Wire;

namespace Outrigger.Kubernetes.Tests.Api;

public sealed class WatchTests
{
    private static readonly byte[] Added = Answers.Event("ADDED", Answers.Namespace("größe-日本-🛶", "5"));

    [Fact]
    public async Task WatchAsync_OneByteAtATime_KeepsEveryCharacterWhole()
    {
        await using var server = await LoopbackServer.StartAsync(context => context.SendAsync([.. Added.Select(one => new[] { one })]));

        var events = await ReadAsync(server);

        events.Should().ContainSingle();
        ApiJson.Metadata(events[0].Item, "name").Should().Be("größe-日本-🛶");
    }

    [Fact]
    public async Task WatchAsync_ManyEventsInOneChunk_AreAllSeenInOrder()
    {
        byte[] chunk = [.. Enumerable.Range(0, 500).SelectMany(i => Answers.Event("MODIFIED", Answers.Namespace($"n{i}", $"{i}")))];
        await using var server = await LoopbackServer.StartAsync(context => context.SendAsync(chunk, "\r\n"u8.ToArray()));

        var events = await ReadAsync(server);

        events.Select(item => ApiJson.Metadata(item.Item, "name")).Should().Equal(Enumerable.Range(0, 500).Select(i => $"n{i}"));
    }

    [Fact]
    public async Task WatchAsync_LargeEvent_IsOneEvent()
    {
        var large = Answers.Namespace("a", "1", ("x", new string('y', 2_000_000)));
        await using var server = await LoopbackServer.StartAsync(context => context.SendAsync(Answers.Event("ADDED", large), Added));

        (await ReadAsync(server)).Should().HaveCount(2);
    }

    [Fact]
    public async Task WatchAsync_EventBeyondTheLimit_Fails()
    {
        var large = Answers.Namespace("a", "1", ("x", new string('y', 200_000)));
        await using var server = await LoopbackServer.StartAsync(context => context.SendAsync(Answers.Event("ADDED", large)));
        using var api = server.Client(LoopbackServer.Patient with { MaxEventBytes = 100_000 });

        (await FailureAsync(api)).Message.Should().EndWith("an event is longer than 100000 bytes");
    }

    [Fact]
    public async Task WatchAsync_Asks_ForBookmarksFromTheGivenVersion()
    {
        await using var server = await LoopbackServer.StartAsync(_ => Task.CompletedTask);
        using var api = server.Client(LoopbackServer.Patient with { WatchDuration = TimeSpan.FromMinutes(5) });

        await api.WatchAsync(new ResourceSelection(ApiResource.Namespaces), "42", default).GetAsyncEnumerator().MoveNextAsync();

        server.Requests.Should().Equal("/api/v1/namespaces?watch=true&allowWatchBookmarks=true&resourceVersion=42&timeoutSeconds=300");
    }

    [Fact]
    public async Task WatchAsync_ErrorEvent_IsAnExceptionWithItsCode()
    {
        await using var server = await LoopbackServer.StartAsync(context =>
            context.SendAsync(Added, Answers.Event("ERROR", Answers.Status(410, "Expired", "too old resource version: 1 (9)"))));
        using var api = server.Client();

        var failure = await FailureAsync(api);

        failure.IsGone.Should().BeTrue();
        failure.Message.Should().EndWith(": 410 Expired: too old resource version: 1 (9)");
    }

    [Theory]
    [InlineData("{\"type\":\"ADDED\"", "the stream ended in the middle of an event")]
    [InlineData("no json\n", "a line is not JSON: *")]
    [InlineData("{\"type\":\"ADDED\"}\n", "a line has no type or no object")]
    public async Task WatchAsync_StreamIsNoWatch_SaysSo(string body, string message)
    {
        await using var server = await LoopbackServer.StartAsync(context => context.SendAsync(Encoding.UTF8.GetBytes(body)));
        using var api = server.Client();

        var failure = await FailureAsync(api);

        failure.Message.Should().Match("watch api/v1/namespaces?*: " + message);
        failure.IsTransient.Should().BeTrue();
    }

    [Theory]
    [InlineData(HttpProtocols.Http1)]
    [InlineData(HttpProtocols.Http2)]
    public async Task WatchAsync_ConnectionBreaksInsideALine_IsATransientFailure(HttpProtocols protocols)
    {
        await using var server = await LoopbackServer.StartAsync(
            async context =>
            {
                await context.SendAsync(Added, Added[..20]);
                await Task.Delay(100);
                context.Abort();
            },
            protocols);
        using var api = server.Client();

        var failure = await FailureAsync(api);

        failure.IsTransient.Should().BeTrue();
        failure.Status.Should().BeNull();
    }

    [Fact]
    public async Task WatchAsync_Refused_IsNotRetried()
    {
        await using var server = await LoopbackServer.StartAsync(context => context.JsonAsync(Answers.Status(503, "Busy", "later"), 503));
        using var api = server.Client();

        (await FailureAsync(api)).Status.Should().Be(HttpStatusCode.ServiceUnavailable);
        server.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task WatchAsync_ServerForgetsToEndTheStream_EndsByItself()
    {
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            await context.SendAsync(Added);
            await context.HoldAsync();
        });
        using var api = server.Client(LoopbackServer.Patient with { WatchDuration = TimeSpan.FromMinutes(5) });

        (await ReadAsync(api)).Should().ContainSingle();
    }

    [Fact]
    public async Task WatchAsync_CancelledWhileNothingHappens_EndsAtOnce()
    {
        await using var server = await LoopbackServer.StartAsync(context => context.HoldAsync());
        using var api = server.Client();
        using var cancel = new CancellationTokenSource();
        var events = api.WatchAsync(new ResourceSelection(ApiResource.Namespaces), "1", cancel.Token).GetAsyncEnumerator();
        var next = events.MoveNextAsync();
        while (server.Requests.IsEmpty)
            await Task.Delay(5);

        await cancel.CancelAsync();

        await FluentActions.Awaiting(() => next.AsTask().WaitAsync(TimeSpan.FromSeconds(10))).Should().ThrowAsync<OperationCanceledException>();
        await events.DisposeAsync();
    }

    private static async Task<List<WatchEvent>> ReadAsync(LoopbackServer server)
    {
        using var api = server.Client();
        return await ReadAsync(api);
    }

    private static async Task<List<WatchEvent>> ReadAsync(KubernetesApi api)
    {
        var events = new List<WatchEvent>();
        await foreach (var item in api.WatchAsync(new ResourceSelection(ApiResource.Namespaces), "1", default))
            events.Add(item);
        return events;
    }

    private static async Task<KubernetesApiException> FailureAsync(KubernetesApi api) =>
        (await FluentActions.Awaiting(() => ReadAsync(api)).Should().ThrowAsync<KubernetesApiException>()).Which;
}
