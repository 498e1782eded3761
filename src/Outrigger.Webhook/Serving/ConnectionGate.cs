using Microsoft.AspNetCore.Connections;
using Outrigger.Webhook.Logging;

namespace Outrigger.Webhook.Serving;

/// <summary>
/// Lets a number of connections be open at once on one port and closes those beyond it. Each takes memory and a file, also while nothing is
/// asked on it; where files run out, a server can take in no connection at all. One count for all ports would let callers shut out the kubelet.
/// </summary>
internal sealed partial class ConnectionGate(int capacity, TimeProvider time, ILogger<ConnectionGate> logger)
{
    // Longer than any handshake takes on a busy machine.
    private static readonly TimeSpan FirstRequest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    private readonly Seldom _notices = new(TimeSpan.FromSeconds(5), time);
    private volatile bool _closed;
    private int _open;
    private int _new;
    private long _turnedAway;

    /// <summary>How many are open.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>How many were closed at once.</summary>
    public long TurnedAway => Volatile.Read(ref _turnedAway);

    /// <summary>Serves a connection where there is room.</summary>
    public async Task RunAsync(ConnectionDelegate next, ConnectionContext connection)
    {
        // Counted before the look at the gate: whoever closes it and then counts does not miss anybody.
        var visit = new Visit(this);
        var open = Interlocked.Increment(ref _open);
        try
        {
            if (_closed)
            {
                connection.Abort();
            }
            else if (open > capacity)
            {
                TurnAway(connection);
            }
            else
            {
                connection.Features.Set(visit);
                await next(connection);
            }
        }
        finally
        {
            visit.Asks();
            Interlocked.Decrement(ref _open);
        }
    }

    /// <summary>
    /// Lets nobody in any more, and ends when all who are in have asked: whoever was let in is about to, and the server that ends now would
    /// close the connection under his request. Who takes longer than two seconds is not waited for.
    /// </summary>
    public async Task CloseAsync()
    {
        _closed = true;
        Interlocked.MemoryBarrier();
        for (var began = time.GetTimestamp(); Volatile.Read(ref _new) > 0 && time.GetElapsedTime(began) < FirstRequest;)
            await Task.Delay(Look, time);
    }

    private void TurnAway(ConnectionContext connection)
    {
        Interlocked.Increment(ref _turnedAway);
        connection.Abort();
        var count = _notices.Count();
        if (count > 0)
            LogTurnedAway(capacity, count);
    }

    [LoggerMessage(
        34, LogLevel.Warning, "more than {capacity} connections at once: {turnedAway} were closed since the last such line", EventName = "ConnectionsRefused")]
    private partial void LogTurnedAway(int capacity, long turnedAway);

    /// <summary>One connection, until its first request: a feature of the connection.</summary>
    public sealed class Visit
    {
        private readonly ConnectionGate _gate;
        private int _asked;

        public Visit(ConnectionGate gate)
        {
            _gate = gate;
            Interlocked.Increment(ref gate._new);
        }

        /// <summary>A request has come, or none will.</summary>
        public void Asks()
        {
            if (_asked == 0 && Interlocked.Exchange(ref _asked, 1) == 0)
                Interlocked.Decrement(ref _gate._new);
        }
    }
}
