using System.Collections.Immutable;

namespace Outrigger.Webhook.Metrics;

/// <summary>One line of a metric, or the lines of one histogram: a number for one set of labels. Any number of threads add to it.</summary>
internal sealed class Series
{
    private readonly ImmutableArray<double> _bounds;
    private readonly long[] _buckets;
    private long _bits;

    /// <param name="labels">As they are written, without braces: <c>outcome="skip",reason="opted_out"</c>; empty for none.</param>
    /// <param name="bounds">The upper bounds of a histogram's buckets, ascending, without infinity; empty for a plain number.</param>
    public Series(string labels, ImmutableArray<double> bounds)
    {
        (Labels, _bounds) = (labels, bounds);
        _buckets = bounds.IsEmpty ? [] : new long[bounds.Length + 1];
    }

    /// <summary>As they are written, without braces.</summary>
    public string Labels { get; }

    /// <summary>The number; of a histogram, the sum of all that was measured.</summary>
    public double Value => BitConverter.Int64BitsToDouble(Volatile.Read(ref _bits));

    /// <summary>Adds to the number.</summary>
    public void Add(double value)
    {
        var seen = Volatile.Read(ref _bits);
        while (true)
        {
            var next = BitConverter.DoubleToInt64Bits(BitConverter.Int64BitsToDouble(seen) + value);
            var found = Interlocked.CompareExchange(ref _bits, next, seen);
            if (found == seen)
                return;
            seen = found;
        }
    }

    /// <summary>Replaces the number.</summary>
    public void Set(double value) => Volatile.Write(ref _bits, BitConverter.DoubleToInt64Bits(value));

    /// <summary>Counts a measured value in its bucket and adds it to the sum.</summary>
    public void Measure(double value)
    {
        var bucket = 0;
        // A bucket holds what is at most its bound. What is no number fits nowhere but in the last.
        while (bucket < _bounds.Length && !(value <= _bounds[bucket]))
            bucket++;
        Interlocked.Increment(ref _buckets[bucket]);
        Add(value);
    }

    /// <summary>The counts of the buckets, each with those below it; the last is the number of all measured values.</summary>
    public long[] Cumulated()
    {
        var counts = new long[_buckets.Length];
        var sum = 0L;
        for (var i = 0; i < counts.Length; i++)
            counts[i] = sum += Interlocked.Read(ref _buckets[i]);
        return counts;
    }
}
