using System.Collections.Concurrent;
using System.Collections.Immutable;
using Outrigger.Kubernetes.Tests.Wire;
using Outrigger.Kubernetes.Watching;

namespace Outrigger.Kubernetes.Tests.Watching;

public sealed class NamespaceLabelsTests
{
    private readonly BlockingCollection<ImmutableDictionary<string, ImmutableDictionary<string, string>>> _changes = [];

    [Fact]
    public async Task RunAsync_ListAndEvents_KeepTheSnapshotUpToDate()
    {
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            if (!context.IsWatch())
            {
                await context.JsonAsync(Answers.List("10", Answers.Namespace("plain", "1"), Answers.Namespace("shop", "2", ("team", "payments"))));
                return;
            }

            await context.SendAsync(
                Answers.Event("MODIFIED", Answers.Namespace("shop", "11", ("team", "payments"))),
                Answers.Event("MODIFIED", Answers.Namespace("shop", "12", ("team", "orders"))),
                Answers.Event("DELETED", Answers.Namespace("plain", "13")));
            await context.HoldAsync();
        });
        using var api = server.Client();
        using var cancel = new CancellationTokenSource();
        var labels = new NamespaceLabels(api, _changes.Add);
        labels.Current.Should().BeEmpty();

        var running = labels.RunAsync(cancel.Token);
        await labels.WaitForFirstListAsync(cancel.Token);

        // The second event changed no label and made no snapshot.
        var (first, second, third) = (Next(), Next(), Next());
        first.Keys.Should().BeEquivalentTo("plain", "shop");
        first["plain"].Should().BeEmpty();
        first["shop"].Should().ContainSingle().Which.Should().Be(KeyValuePair.Create("team", "payments"));
        second["shop"]["team"].Should().Be("orders");
        second["plain"].Should().BeSameAs(first["plain"]);
        third.Keys.Should().Equal("shop");
        labels.Current.Should().BeSameAs(third);
        first["shop"]["team"].Should().Be("payments");

        await cancel.CancelAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task RunAsync_ListedAgain_ForgetsWhatIsGoneAndToldNothing()
    {
        var watched = 0;
        await using var server = await LoopbackServer.StartAsync(context => context.IsWatch()
            ? watched++ == 0 ? context.JsonAsync(Answers.Status(410, "Expired", "old"), 410) : context.HoldAsync()
            : context.JsonAsync(watched == 0
                ? Answers.List("10", Answers.Namespace("a", "1"), Answers.Namespace("b", "2"))
                : Answers.List("20", Answers.Namespace("b", "2"), Answers.Namespace("c", "15"))));
        using var api = server.Client();
        using var cancel = new CancellationTokenSource();

        var running = new NamespaceLabels(api, _changes.Add).RunAsync(cancel.Token);

        Next().Keys.Should().BeEquivalentTo("a", "b");
        Next().Keys.Should().BeEquivalentTo("b", "c");
        await cancel.CancelAsync();
        await running;
    }

    [Fact]
    public async Task RunAsync_ClusterWithoutNamespaces_StillCompletesTheFirstList()
    {
        await using var server = await LoopbackServer.StartAsync(context => context.IsWatch() ? context.HoldAsync() : context.JsonAsync(Answers.List("1")));
        using var api = server.Client();
        using var cancel = new CancellationTokenSource();
        var labels = new NamespaceLabels(api, _changes.Add);

        var running = labels.RunAsync(cancel.Token);
        await labels.WaitForFirstListAsync(default).WaitAsync(TimeSpan.FromSeconds(10));

        Next().Should().BeEmpty();
        await cancel.CancelAsync();
        await running;
    }

    [Fact]
    public async Task RunAsync_ApiTrouble_IsReportedAndEndsOnlyByCancellation()
    {
        await using var server = await LoopbackServer.StartAsync(context => context.JsonAsync(Answers.Status(401, "Unauthorized", "who"), 401));
        using var api = server.Client();
        using var cancel = new CancellationTokenSource();
        var troubles = new BlockingCollection<KubernetesTrouble>();
        var labels = new NamespaceLabels(api, _changes.Add, troubles.Add);

        var running = labels.RunAsync(cancel.Token);
        troubles.TryTake(out _, TimeSpan.FromSeconds(10)).Should().BeTrue();
        troubles.TryTake(out var second, TimeSpan.FromSeconds(10)).Should().BeTrue();
        second!.Failures.Should().Be(2);
        running.IsCompleted.Should().BeFalse();

        await cancel.CancelAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(10));
        await FluentActions.Awaiting(() => labels.WaitForFirstListAsync(default)).Should().ThrowAsync<OperationCanceledException>();
    }

    private ImmutableDictionary<string, ImmutableDictionary<string, string>> Next() =>
        _changes.TryTake(out var snapshot, TimeSpan.FromSeconds(10)) ? snapshot : throw new TimeoutException("no snapshot within 10 s");
}
