using System.Text;
using System.Text.Json;

namespace Outrigger.Webhook.Tests.Hosting;

/// <summary>Takes the server's log, so that a test can wait for what it says in place of sleeping.</summary>
internal sealed class LogLines : Stream
{
    private readonly Lock _lock = new();
    private readonly List<JsonElement> _lines = [];
    private readonly StringBuilder _partial = new();
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>All lines so far.</summary>
    public IReadOnlyList<JsonElement> All
    {
        get
        {
            lock (_lock)
                return [.. _lines];
        }
    }

    /// <summary>The first line, from <paramref name="skip"/> on, of that event and to that condition; fails after 20 s.</summary>
    public Task<JsonElement> WaitAsync(string @event, Func<JsonElement, bool>? when = null, int skip = 0) =>
        WaitAsync(line => line.TryGetProperty("event", out var name) && name.GetString() == @event && when?.Invoke(line) != false, skip);

    /// <summary>The first line to a condition; fails after 20 s.</summary>
    public async Task<JsonElement> WaitAsync(Func<JsonElement, bool> when, int skip = 0)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            Task more;
            lock (_lock)
            {
                foreach (var line in _lines.Skip(skip))
                {
                    if (when(line))
                        return line;
                }

                more = _more.Task;
            }

            await more.WaitAsync(patience.Token);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        lock (_lock)
        {
            _partial.Append(Encoding.UTF8.GetString(buffer));
            var text = _partial.ToString();
            var end = text.LastIndexOf('\n') + 1;
            _partial.Clear().Append(text, end, text.Length - end);
            foreach (var line in text[..end].Split('\n', StringSplitOptions.RemoveEmptyEntries))
                _lines.Add(JsonDocument.Parse(line).RootElement);
            _more.TrySetResult();
            _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
