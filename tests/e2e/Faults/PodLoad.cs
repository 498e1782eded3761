using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Outrigger.E2e.Charts;
using Outrigger.E2e.Clusters;

namespace Outrigger.E2e.Faults;

/// <summary>
/// Creates so many Pods a second, whether earlier ones are answered or not, until it is stopped. They are really stored, and deleted at once;
/// no scheduler takes them, so that the node is not asked to run them.
/// </summary>
internal sealed class PodLoad : IAsyncDisposable
{
    private readonly ClusterApi _api;
    private readonly string _path;
    private readonly JsonObject _pod = JsonNode.Parse(ChartInstallation.Asking("load"))!.AsObject();
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<Created> _created = [];
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly Task _running;

    private PodLoad(ClusterApi api, TestNamespace space, int perSecond)
    {
        (_api, _path) = (api, $"/api/v1/namespaces/{space.Name}/pods");
        _pod["metadata"]!.AsObject().Remove("name");
        _pod["metadata"]!["generateName"] = "load-";
        _pod["spec"]!["schedulerName"] = "nobody";
        _running = RunAsync(perSecond);
    }

    /// <summary>Since the load began.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_began);

    public static async Task<PodLoad> StartAsync(TestNamespace space, int perSecond = 20) => new(await ClusterApi.OpenAsync(), space, perSecond);

    /// <summary>Ends the load, waits for all answers and gives them in the order of their requests.</summary>
    public async Task<LoadResult> StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
        return new LoadResult([.. _created.OrderBy(one => one.SentAt)]);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
        _api.Dispose();
    }

    private async Task RunAsync(int perSecond)
    {
        var (body, all) = (_pod.ToJsonString(), new List<Task>());
        for (var n = 0; !_stop.IsCancellationRequested; n++)
        {
            if ((TimeSpan.FromSeconds((double)n / perSecond) - Elapsed) is { Ticks: > 0 } wait)
                await Task.Delay(wait);
            all.Add(Task.Run(() => CreateAsync(body)));
        }

        await Task.WhenAll(all);
    }

    private async Task CreateAsync(string body)
    {
        var sentAt = Elapsed;
        try
        {
            using var answer = await _api.SendAsync(HttpMethod.Post, _path, body);
            var answeredAt = Elapsed;
            var text = await answer.Content.ReadAsStringAsync();
            var json = JsonNode.Parse(text)!;
            var isInjected = answer.IsSuccessStatusCode && json["metadata"]!["annotations"]?["outrigger.dev/status"] is not null;
            _created.Enqueue(new Created(sentAt, answeredAt, isInjected ? null : answer.IsSuccessStatusCode ? "stored without its pattern" : (string)json["message"]!));
            if (answer.IsSuccessStatusCode)
                (await _api.SendAsync(HttpMethod.Delete, $"{_path}/{(string)json["metadata"]!["name"]!}?gracePeriodSeconds=0")).Dispose();
        }
        catch (HttpRequestException e)
        {
            _created.Enqueue(new Created(sentAt, Elapsed, e.Message));
        }
    }
}

/// <summary>One Pod that somebody wanted to create.</summary>
/// <param name="SentAt">Since the load began.</param>
/// <param name="AnsweredAt">Since the load began.</param>
/// <param name="Problem">Null where it is stored with its pattern.</param>
internal sealed record Created(TimeSpan SentAt, TimeSpan AnsweredAt, string? Problem);

/// <summary>What became of a load.</summary>
internal sealed record LoadResult(Created[] All)
{
    public Created[] Failed { get; } = [.. All.Where(one => one.Problem is not null)];

    /// <summary>How long an answer took at a share of all, from 0 to 1.</summary>
    public TimeSpan Quantile(double share)
    {
        var times = All.Select(one => one.AnsweredAt - one.SentAt).Order().ToArray();
        return times[Math.Min(times.Length - 1, (int)(times.Length * share))];
    }

    /// <summary>For the figures: how many, how many failed, and how long they took.</summary>
    public override string ToString() =>
        $"{All.Length} Pods created, {Failed.Length} failed; answered in {Quantile(0.5).TotalMilliseconds:0} ms (median), {Quantile(0.99).TotalMilliseconds:0} ms (99 %), {Quantile(1).TotalMilliseconds:0} ms (longest)";
}
