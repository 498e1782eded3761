using System.Runtime.CompilerServices;
using System.Text.Json;
using Outrigger.Kubernetes.Api;
using Outrigger.Kubernetes.Resources;

namespace Outrigger.Kubernetes.Watching;

/// <summary>
/// Follows one selection of objects for as long as it is asked to: a list, then a watch from the list's resourceVersion, and so on
/// (https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes). API trouble is reported and
/// outlived, never thrown.
/// </summary>
/// <param name="api">Its clock times the waits.</param>
/// <param name="selection">What is followed.</param>
/// <param name="read">Makes an item of an object's JSON, which it may keep. It must take any object: what it throws ends the watch.</param>
/// <param name="report">Called for every failure, before the wait.</param>
public sealed class ResourceWatcher<T>(
    KubernetesApi api, ResourceSelection selection, Func<JsonElement, T> read, Action<KubernetesTrouble>? report = null)
{
    // After so many failures in a row the state that we hold may be one that the server never had (a restored backup): start anew.
    private const int RelistAfter = 3;

    // A watch that ends at once and empty is no normal end: asking again without a pause would be a flood.
    private static readonly TimeSpan ShortestWatch = TimeSpan.FromSeconds(1);

    /// <summary>The events, without end. They are fetched as fast as they are consumed.</summary>
    /// <exception cref="OperationCanceledException">The only way out.</exception>
    public async IAsyncEnumerable<ResourceEvent<T>> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var backoff = new WatchBackoff();
        while (true)
        {
            var list = await ListAsync(backoff, cancellationToken).ConfigureAwait(false);
            yield return new Listed<T>([.. list.Items.Select(read)]);

            var position = new Position(list.ResourceVersion);
            while (position.Version is not null)
            {
                var started = api.Time.GetTimestamp();
                position.Begin();
                var events = api.WatchAsync(selection, position.Version, cancellationToken).GetAsyncEnumerator(cancellationToken);
                await using var owned = events.ConfigureAwait(false);
                while (await NextAsync(events, position).ConfigureAwait(false) is { } next)
                {
                    backoff.Reset();
                    if (Event(next) is { } told)
                        yield return told;
                }

                if (position.Failure is null && (position.Moved || api.Time.GetElapsedTime(started) >= ShortestWatch))
                {
                    backoff.Reset();
                    continue;
                }

                await PauseAsync(position, backoff, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<ResourceList> ListAsync(WatchBackoff backoff, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await api.ListAsync(selection, cancellationToken).ConfigureAwait(false);
            }
            catch (KubernetesApiException e)
            {
                await WaitAsync(e, backoff, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static async ValueTask<WatchEvent?> NextAsync(IAsyncEnumerator<WatchEvent> events, Position position)
    {
        try
        {
            if (!await events.MoveNextAsync().ConfigureAwait(false))
                return null;
        }
        catch (KubernetesApiException e)
        {
            position.Failure = e;
            return null;
        }

        position.MoveTo(ApiJson.Metadata(events.Current.Item, "resourceVersion"));
        return events.Current;
    }

    private ResourceEvent<T>? Event(WatchEvent watchEvent) => watchEvent.Type switch
    {
        "ADDED" or "MODIFIED" => new Upserted<T>(read(watchEvent.Item)),
        "DELETED" => new Deleted<T>(read(watchEvent.Item)),
        // Bookmarks only move the position; a type of a later Kubernetes tells nothing that we asked for.
        _ => null,
    };

    // Where to go on after a watch that ended badly: from the last event, or with a new list.
    private async Task PauseAsync(Position position, WatchBackoff backoff, CancellationToken cancellationToken)
    {
        var failure = position.Failure;
        // Expired history is the answer to a long silence; the first time it costs no wait.
        if (failure is not { IsGone: true } || backoff.Failures > 0)
        {
            failure ??= new KubernetesApiException($"watch {selection.Resource}: the server ended the watch at once");
            await WaitAsync(failure, backoff, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            backoff.Next(null);
        }

        position.Restart(relist: failure.IsGone || backoff.Failures >= RelistAfter);
    }

    private async Task WaitAsync(KubernetesApiException failure, WatchBackoff backoff, CancellationToken cancellationToken)
    {
        var wait = backoff.Next(failure.RetryAfter);
        report?.Invoke(new KubernetesTrouble(failure, backoff.Failures, wait));
        await Task.Delay(wait, api.Time, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>How far the watch has come.</summary>
    private sealed class Position(string version)
    {
        /// <summary>Of the last event; null: list again.</summary>
        public string? Version { get; private set; } = version;

        /// <summary>Whether this watch brought anything.</summary>
        public bool Moved { get; private set; }

        public KubernetesApiException? Failure { get; set; }

        /// <summary>A watch begins, which has brought nothing yet.</summary>
        public void Begin() => Moved = false;

        public void MoveTo(string? version)
        {
            Moved = true;
            Version = version ?? Version;
        }

        public void Restart(bool relist)
        {
            (Moved, Failure) = (false, null);
            if (relist)
                Version = null;
        }
    }
}
