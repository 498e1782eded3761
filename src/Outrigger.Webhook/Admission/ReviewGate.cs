namespace Outrigger.Webhook.Admission;

/// <summary>Lets a number of reviews in at once and turns the others away: what is answered late is of no use to the API server.</summary>
internal sealed partial class ReviewGate(int capacity, TimeProvider time, ILogger<ReviewGate> logger)
{
    private static readonly TimeSpan NoticeEvery = TimeSpan.FromSeconds(5);
    private int _underWay;
    private long _turnedAway;
    private long _noticedAt;

    /// <summary>True where there was room: the caller leaves again. False where there was none.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _underWay) <= capacity)
            return true;
        Interlocked.Decrement(ref _underWay);
        Notice();
        return false;
    }

    /// <summary>Makes room for another.</summary>
    public void Leave() => Interlocked.Decrement(ref _underWay);

    // A line for each would make the load worse.
    private void Notice()
    {
        Interlocked.Increment(ref _turnedAway);
        var (last, now) = (Interlocked.Read(ref _noticedAt), time.GetTimestamp());
        if ((last == 0 || time.GetElapsedTime(last, now) > NoticeEvery) && Interlocked.CompareExchange(ref _noticedAt, now, last) == last)
            LogOverload(capacity, Interlocked.Exchange(ref _turnedAway, 0));
    }

    [LoggerMessage(3, LogLevel.Warning, "more than {capacity} reviews at once: {turnedAway} were answered 429 since the last such line", EventName = "Overload")]
    private partial void LogOverload(int capacity, long turnedAway);
}
