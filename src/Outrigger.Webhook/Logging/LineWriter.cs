using System.Buffers;
using System.Globalization;
using System.Text;

namespace Outrigger.Webhook.Logging;

/// <summary>
/// Takes lines without ever making their writer wait: a thread of its own writes them out, many at once. Where the output does not keep
/// up, lines beyond the capacity are dropped, and a line says how many.
/// </summary>
internal sealed class LineWriter : IDisposable
{
    /// <summary>About 4,000 lines of reviews.</summary>
    public const int Capacity = 1 << 20;

    // One write a few milliseconds costs far less than one a line, which would wake the thread each time.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly AutoResetEvent _arrived = new(false);
    private readonly ManualResetEvent _ending = new(false);
    private readonly Stream _output;
    private readonly Thread _thread;
    private ArrayBufferWriter<byte> _waiting = new(16 * 1024);
    private ArrayBufferWriter<byte> _writing = new(16 * 1024);
    private long _dropped;
    private long _droppedBefore;
    private bool _ended;

    public LineWriter(Stream output)
    {
        _output = output;
        _thread = new Thread(Run) { IsBackground = true, Name = "log" };
        _thread.Start();
    }

    /// <summary>How many lines were dropped since the start.</summary>
    public long Dropped
    {
        get
        {
            lock (_lock)
                return _droppedBefore + _dropped;
        }
    }

    /// <summary>Takes one line, its line break included.</summary>
    public void Write(ReadOnlySpan<byte> line)
    {
        lock (_lock)
        {
            if (_ended || _waiting.WrittenCount + line.Length > Capacity)
            {
                _dropped++;
                return;
            }

            var isFirst = _waiting.WrittenCount == 0;
            _waiting.Write(line);
            if (isFirst)
                _arrived.Set();
        }
    }

    /// <summary>Counts a line that could not even be made.</summary>
    public void CountDropped()
    {
        lock (_lock)
            _dropped++;
    }

    /// <summary>Writes what is waiting, for at most a second.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_ended)
                return;
            _ended = true;
            _ending.Set();
        }

        // After a second the output is taken as stuck: the thread is a background one and ends with the process.
        if (!_thread.Join(LastWords))
            return;
        _arrived.Dispose();
        _ending.Dispose();
    }

    private void Run()
    {
        WaitHandle[] handles = [_ending, _arrived];
        var ending = false;
        while (!ending)
        {
            ending = WaitHandle.WaitAny(handles) == 0 || _ending.WaitOne(Gathering);
            long dropped;
            lock (_lock)
            {
                (_waiting, _writing) = (_writing, _waiting);
                (dropped, _dropped) = (_dropped, 0);
                _droppedBefore += dropped;
            }

            try
            {
                _output.Write(_writing.WrittenSpan);
                if (dropped > 0)
                    _output.Write(Note(dropped));
                _output.Flush();
            }
            catch (IOException)
            {
                // Nobody reads the logs any more; reviews go on.
            }

            _writing.ResetWrittenCount();
        }
    }

    private static byte[] Note(long dropped) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"level":"warning","event":"LinesDropped","message":"the output did not keep up; log lines were dropped","dropped":{{dropped}}}{{'\n'}}"""));
}
