using Outrigger.Webhook.Logging;

namespace Outrigger.Webhook.Admission;

/// <summary>
/// Lets a number of reviews in at once, with bodies of a number of bytes together, and turns the others away: what is answered late is of no
/// use to the API server, and memory ends.
/// </summary>
internal sealed partial class ReviewGate(int capacity, long bodyCapacity, TimeProvider time, ILogger<ReviewGate> logger)
{
    private readonly Seldom _turnedAway = new(TimeSpan.FromSeconds(5), time);
    private int _underWay;
    private long _bodyBytes;

    /// <summary>How many reviews may be under way.</summary>
    public int Capacity => capacity;

    /// <summary>How many are.</summary>
    public int UnderWay => Volatile.Read(ref _underWay);

    /// <summary>What is set aside for their bodies.</summary>
    public long BodyBytes => Volatile.Read(ref _bodyBytes);

    private long BodyCapacity => bodyCapacity;

    /// <summary>
    /// Before the gate: the body is received first, so that callers who send none keep nobody out. The caller disposes of it.
    /// </summary>
    public Place Approach() => new(this);

    private void TurnAway()
    {
        var count = _turnedAway.Count();
        if (count > 0)
            LogOverload(capacity, bodyCapacity, count);
    }

    [LoggerMessage(
        3, LogLevel.Warning,
        "more than {capacity} reviews at once, or more than {bodyBytes} bytes: {turnedAway} were answered 429 since the last such line",
        EventName = "Overload")]
    private partial void LogOverload(int capacity, long bodyBytes, long turnedAway);

    /// <summary>One review's place.</summary>
    public sealed class Place(ReviewGate gate) : IDisposable
    {
        private long _bytes;
        private bool _isIn;

        /// <summary>Goes in. False where too many are.</summary>
        public bool TryEnter()
        {
            _isIn = Interlocked.Increment(ref gate._underWay) <= gate.Capacity;
            if (_isIn)
                return true;
            Interlocked.Decrement(ref gate._underWay);
            gate.TurnAway();
            return false;
        }

        /// <summary>Sets memory aside for a body that has so many bytes, as far as is known. False where there is none.</summary>
        public bool TryHold(long bytes)
        {
            var more = bytes - _bytes;
            if (more <= 0)
                return true;
            if (Interlocked.Add(ref gate._bodyBytes, more) > gate.BodyCapacity)
            {
                Interlocked.Add(ref gate._bodyBytes, -more);
                gate.TurnAway();
                return false;
            }

            _bytes = bytes;
            return true;
        }

        /// <inheritdoc />
        public void Dispose()
        {
            Interlocked.Add(ref gate._bodyBytes, -_bytes);
            if (_isIn)
                Interlocked.Decrement(ref gate._underWay);
        }
    }
}
