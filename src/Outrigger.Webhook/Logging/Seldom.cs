namespace Outrigger.Webhook.Logging;

/// <summary>Counts what happens often, for one line now and then: a line for each would make a bad moment worse.</summary>
internal sealed class Seldom(TimeSpan every, TimeProvider time)
{
    private long _count;
    private long _toldAt;

    /// <summary>Counts one more.</summary>
    /// <returns>How many there were since the last line, where it is time for the next; else 0.</returns>
    public long Count()
    {
        Interlocked.Increment(ref _count);
        var (last, now) = (Interlocked.Read(ref _toldAt), time.GetTimestamp());
        var isTime = last == 0 || time.GetElapsedTime(last, now) > every;
        return isTime && Interlocked.CompareExchange(ref _toldAt, now, last) == last ? Interlocked.Exchange(ref _count, 0) : 0;
    }
}
