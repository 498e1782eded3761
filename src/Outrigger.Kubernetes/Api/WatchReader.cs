using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Outrigger.Kubernetes.Resources;

namespace Outrigger.Kubernetes.Api;

/// <summary>Cuts the body of a watch into events: one JSON object a line, in chunks that end anywhere.</summary>
internal sealed class WatchReader(ApiRequest request, Uri server, Stream stream, int maxEventBytes) : IAsyncDisposable
{
    private readonly PipeReader _pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 32 * 1024, leaveOpen: true));

    /// <summary>The next event, or null at the end of the stream.</summary>
    /// <exception cref="KubernetesApiException">The connection broke, the line is no event, or the event is an ERROR.</exception>
    public async ValueTask<WatchEvent?> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            ReadResult read;
            try
            {
                read = await _pipe.ReadAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or HttpRequestException)
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw ApiFailure.OfConnection(request, server, e);
            }

            var buffer = read.Buffer;
            if (buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = buffer.Slice(0, end);
                var watchEvent = IsBlank(line) ? null : Event(line);
                _pipe.AdvanceTo(buffer.GetPosition(1, end));
                if (watchEvent is null)
                    continue;
                return watchEvent;
            }

            if (read.IsCompleted)
                return IsBlank(buffer) ? null : throw Broken("the stream ended in the middle of an event");
            if (buffer.Length > maxEventBytes)
                throw Broken($"an event is longer than {maxEventBytes} bytes");
            _pipe.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    public ValueTask DisposeAsync() => _pipe.CompleteAsync();

    private WatchEvent Event(ReadOnlySequence<byte> line)
    {
        JsonElement json;
        try
        {
            json = ApiJson.Parse(line.IsSingleSegment ? line.FirstSpan : line.ToArray());
        }
        catch (JsonException e)
        {
            throw Broken($"a line is not JSON: {e.Message}", e);
        }

        if (ApiJson.Text(json, "type") is not { } type || ApiJson.Property(json, "object") is not { } content)
            throw Broken("a line has no type or no object");
        return type == "ERROR" ? throw ApiFailure.OfStatus(request, content) : new WatchEvent(type, content);
    }

    private KubernetesApiException Broken(string what, Exception? inner = null) => new(request, what, inner) { IsTransient = true };

    private static bool IsBlank(ReadOnlySequence<byte> bytes)
    {
        foreach (var segment in bytes)
        {
            if (segment.Span.ContainsAnyExcept(" \t\r"u8))
                return false;
        }

        return true;
    }
}
