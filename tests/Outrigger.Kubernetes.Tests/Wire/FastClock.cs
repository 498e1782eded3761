namespace Outrigger.Kubernetes.Tests.Wire;

/// <summary>The system's clock, a hundred times as fast: an hour of patience takes half a minute, a wait of ten seconds 100 ms.</summary>
internal sealed class FastClock : TimeProvider
{
    private const int Factor = 100;
    private readonly DateTimeOffset _start = DateTimeOffset.UtcNow;
    private readonly long _startTimestamp = System.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => _start + (System.GetElapsedTime(_startTimestamp) * Factor);

    public override long GetTimestamp() => (System.GetTimestamp() - _startTimestamp) * Factor;

    public override long TimestampFrequency => System.TimestampFrequency;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, Scaled(dueTime), Scaled(period));

    private static TimeSpan Scaled(TimeSpan time) => time == Timeout.InfiniteTimeSpan ? time : time / Factor;
}
