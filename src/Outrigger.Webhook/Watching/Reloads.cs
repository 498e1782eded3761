using System.Collections.Immutable;
using Outrigger.Core.Results;

namespace Outrigger.Webhook.Watching;

/// <summary>How the readings of some files went, the first one included. One thread writes at a time, any number read.</summary>
internal sealed class Reloads(TimeProvider time)
{
    private long _taken;
    private long _refused;
    private long _lastTaken;
    private volatile ReloadFailure? _failure;

    /// <summary>Why what is in force is not what the files hold now; null where it is.</summary>
    public ReloadFailure? Failure => _failure;

    /// <summary>How often what was read came into force.</summary>
    public long Taken => Volatile.Read(ref _taken);

    /// <summary>How often it was wrong.</summary>
    public long Refused => Volatile.Read(ref _refused);

    /// <summary>When something came into force last.</summary>
    public DateTimeOffset LastTaken => DateTimeOffset.FromUnixTimeMilliseconds(Volatile.Read(ref _lastTaken));

    /// <summary>What was read is in force.</summary>
    public void Take()
    {
        _failure = null;
        Volatile.Write(ref _lastTaken, time.GetUtcNow().ToUnixTimeMilliseconds());
        Interlocked.Increment(ref _taken);
    }

    /// <summary>What was read is wrong; the last good files stay in force.</summary>
    public void Refuse(ImmutableArray<Problem> problems)
    {
        _failure = new ReloadFailure(time.GetUtcNow(), problems);
        Interlocked.Increment(ref _refused);
    }
}
