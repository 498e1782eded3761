using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Outrigger.Kubernetes.Api;
using Outrigger.Kubernetes.Resources;
using Outrigger.Kubernetes.Tests.Wire;
using Outrigger.Kubernetes.Watching;

namespace Outrigger.Kubernetes.Tests.Watching;

public sealed class ResourceWatcherTests
{
    private readonly ConcurrentQueue<KubernetesTrouble> _troubles = new();

    [Fact]
    public async Task WatchAsync_ListThenEvents_AreToldInOrder()
    {
        await using var server = await LoopbackServer.StartAsync(Script(
            [
                context => context.JsonAsync(Answers.List("10", Answers.Namespace("a", "1"), Answers.Namespace("b", "2"))),
            ],
            [
                context => context.SendAsync(
                    Answers.Event("ADDED", Answers.Namespace("c", "11")),
                    Answers.Event("MODIFIED", Answers.Namespace("a", "12")),
                    Answers.Event("DELETED", Answers.Namespace("b", "13"))),
            ]));

        (await TakeAsync(server, 4)).Should().Equal("all a,b", "up c", "up a", "gone b");
    }

    [Fact]
    public async Task WatchAsync_ServerEndsTheStream_GoesOnFromTheLastEventWithoutTrouble()
    {
        await using var server = await LoopbackServer.StartAsync(Script(
            [context => context.JsonAsync(Answers.List("10"))],
            [
                context => context.SendAsync(Answers.Event("ADDED", Answers.Namespace("a", "11"))),
                context => context.SendAsync(Answers.Event("ADDED", Answers.Namespace("b", "12"))),
            ]));

        (await TakeAsync(server, 3)).Should().Equal("all ", "up a", "up b");
        WatchedFrom(server).Take(2).Should().Equal("10", "11");
        _troubles.Should().BeEmpty();
    }

    [Fact]
    public async Task WatchAsync_Bookmark_MovesTheVersionAndTellsNothing()
    {
        await using var server = await LoopbackServer.StartAsync(Script(
            [context => context.JsonAsync(Answers.List("10"))],
            [
                context => context.SendAsync(Answers.Event("BOOKMARK", Answers.Namespace("", "500"))),
                context => context.SendAsync(Answers.Event("ADDED", Answers.Namespace("a", "501"))),
            ]));

        (await TakeAsync(server, 2)).Should().Equal("all ", "up a");
        WatchedFrom(server).Take(2).Should().Equal("10", "500");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WatchAsync_HistoryIsGone_ListsAgain(bool asEvent)
    {
        var gone = Answers.Status(410, "Expired", "too old resource version");
        await using var server = await LoopbackServer.StartAsync(Script(
            [
                context => context.JsonAsync(Answers.List("10", Answers.Namespace("a", "1"))),
                context => context.JsonAsync(Answers.List("90", Answers.Namespace("b", "80"))),
            ],
            [
                context => asEvent ? context.SendAsync(Answers.Event("ERROR", gone)) : context.JsonAsync(gone, 410),
                context => context.SendAsync(Answers.Event("ADDED", Answers.Namespace("c", "91"))),
            ]));

        (await TakeAsync(server, 3)).Should().Equal("all a", "all b", "up c");
        WatchedFrom(server).Take(2).Should().Equal("10", "90");
        _troubles.Should().BeEmpty();
    }

    [Fact]
    public async Task WatchAsync_ConnectionBreaksInsideALine_ResumesAfterTheLastWholeEvent()
    {
        await using var server = await LoopbackServer.StartAsync(Script(
            [context => context.JsonAsync(Answers.List("10"))],
            [
                async context =>
                {
                    await context.SendAsync(Answers.Event("ADDED", Answers.Namespace("a", "11")), Answers.Event("ADDED", Answers.Namespace("b", "12"))[..30]);
                    await Task.Delay(100);
                    context.Abort();
                },
                context => context.SendAsync(Answers.Event("ADDED", Answers.Namespace("b", "12"))),
            ]));

        (await TakeAsync(server, 3)).Should().Equal("all ", "up a", "up b");
        WatchedFrom(server).Take(2).Should().Equal("10", "11");
        _troubles.Should().ContainSingle().Which.Exception.Verb.Should().Be("watch");
    }

    [Fact]
    public async Task WatchAsync_SlowStream_IsToldAsItArrives()
    {
        var release = new TaskCompletionSource();
        await using var server = await LoopbackServer.StartAsync(Script(
            [context => context.JsonAsync(Answers.List("10"))],
            [
                async context =>
                {
                    var line = Answers.Event("ADDED", Answers.Namespace("a", "11"));
                    await context.SendAsync(line, Answers.Event("ADDED", Answers.Namespace("b", "12"))[..25]);
                    await release.Task;
                    await context.SendAsync(Answers.Event("ADDED", Answers.Namespace("b", "12"))[25..]);
                    await context.HoldAsync();
                },
            ]));

        (await TakeAsync(server, 3, seen =>
        {
            if (seen == "up a")
                release.SetResult();
        })).Should().Equal("all ", "up a", "up b");
    }

    [Fact]
    public async Task WatchAsync_ListFails_IsReportedAndTriedAgain()
    {
        await using var server = await LoopbackServer.StartAsync(Script(
            [
                context => context.JsonAsync(Answers.Status(403, "Forbidden", "not you"), 403),
                context => context.JsonAsync(Answers.Status(403, "Forbidden", "not you"), 403),
                context => context.JsonAsync(Answers.List("10", Answers.Namespace("a", "1"))),
            ],
            []));

        (await TakeAsync(server, 1)).Should().Equal("all a");
        _troubles.Select(trouble => trouble.Failures).Should().Equal(1, 2);
        _troubles.First().ToString().Should().StartWith("list api/v1/namespaces?limit=500: 403 Forbidden: not you (failure 1, next try in ");
    }

    [Fact]
    public async Task WatchAsync_WatchFailsThreeTimes_ListsAgain()
    {
        Func<HttpContext, Task> fails = context => context.JsonAsync(Answers.Status(500, "InternalError", "etcd"), 500);
        await using var server = await LoopbackServer.StartAsync(Script(
            [
                context => context.JsonAsync(Answers.List("10")),
                context => context.JsonAsync(Answers.List("5", Answers.Namespace("a", "1"))),
            ],
            [fails, fails, fails]));

        (await TakeAsync(server, 2)).Should().Equal("all ", "all a");
        WatchedFrom(server).Take(3).Should().Equal("10", "10", "10");
        _troubles.Should().HaveCount(3);
    }

    [Fact]
    public async Task WatchAsync_ServerEndsEveryWatchAtOnce_IsNotFlooded()
    {
        await using var server = await LoopbackServer.StartAsync(context =>
            context.IsWatch() ? Task.CompletedTask : context.JsonAsync(Answers.List("10")));
        using var cancel = new CancellationTokenSource();
        using var api = new KubernetesApi(server.Endpoint);
        cancel.CancelAfter(TimeSpan.FromSeconds(2));

        await FluentActions.Awaiting(() => TakeAsync(api, 100, null, cancel.Token)).Should().ThrowAsync<OperationCanceledException>();

        WatchedFrom(server).Should().HaveCountLessThan(6);
        _troubles.Should().NotBeEmpty();
        _troubles.First().Exception.Message.Should().Be("watch namespaces: the server ended the watch at once");
    }

    [Theory]
    [InlineData("in the list")]
    [InlineData("in the watch")]
    [InlineData("in a wait")]
    public async Task WatchAsync_Cancelled_EndsPromptly(string where)
    {
        await using var server = await LoopbackServer.StartAsync(context =>
            (where, context.IsWatch()) switch
            {
                ("in the list", _) or (_, true) => context.HoldAsync(),
                ("in a wait", _) => context.JsonAsync(Answers.Status(403, "Forbidden", "no"), 403),
                _ => context.JsonAsync(Answers.List("10")),
            });
        using var api = new KubernetesApi(server.Endpoint);
        using var cancel = new CancellationTokenSource();
        var running = TakeAsync(api, 100, null, cancel.Token);
        while (server.Requests.Count < (where == "in the watch" ? 2 : 1) || (where == "in a wait" && _troubles.IsEmpty))
            await Task.Delay(5);

        var reported = _troubles.Count;
        await cancel.CancelAsync();

        await FluentActions.Awaiting(() => running.WaitAsync(TimeSpan.FromSeconds(5))).Should().ThrowAsync<OperationCanceledException>();
        _troubles.Should().HaveCount(reported);
    }

    /// <summary>Lists and watches are answered from their own scripts; after the last line lists stay the same and watches stay silent.</summary>
    private static Func<HttpContext, Task> Script(Func<HttpContext, Task>[] lists, Func<HttpContext, Task>[] watches)
    {
        var (listed, watched) = (-1, -1);
        return context =>
        {
            if (!context.IsWatch())
                return lists[Math.Min(++listed, lists.Length - 1)](context);
            return ++watched < watches.Length ? watches[watched](context) : context.HoldAsync();
        };
    }

    private static IEnumerable<string> WatchedFrom(LoopbackServer server) =>
        server.Requests.Where(request => request.Contains("watch=true", StringComparison.Ordinal))
            .Select(request => request.Split("resourceVersion=")[1].Split('&')[0]);

    private async Task<List<string>> TakeAsync(LoopbackServer server, int count, Action<string>? seen = null)
    {
        using var api = server.Client();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(25));
        return await TakeAsync(api, count, seen, limit.Token);
    }

    private async Task<List<string>> TakeAsync(KubernetesApi api, int count, Action<string>? seen, CancellationToken cancellationToken)
    {
        var watcher = new ResourceWatcher<string>(
            api, new ResourceSelection(ApiResource.Namespaces), item => ApiJson.Metadata(item, "name")!, _troubles.Enqueue);
        var told = new List<string>();
        await foreach (var change in watcher.WatchAsync(cancellationToken))
        {
            told.Add(change switch
            {
                Listed<string> listed => "all " + string.Join(',', listed.Items),
                Upserted<string> upserted => "up " + upserted.Item,
                Deleted<string> deleted => "gone " + deleted.Item,
                _ => throw new System.Diagnostics.UnreachableException(),
            });
            seen?.Invoke(told[^1]);
            if (told.Count == count)
                break;
        }

        return told;
    }
}
