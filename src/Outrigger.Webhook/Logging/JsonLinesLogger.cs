using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Outrigger.Core.Results;

namespace Outrigger.Webhook.Logging;

/// <summary>
/// One line a message: <c>time</c>, <c>level</c>, <c>event</c>, <c>message</c>, the message's values by name (those that are null left
/// out), <c>exception</c>, <c>category</c>.
/// </summary>
internal sealed class JsonLinesLogger(string category, LineWriter lines, TimeProvider time) : ILogger
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Of one value, in characters: what a line says of a request may be as long as the request, and a line that is too long is dropped.</summary>
    private const int LongestValue = 16 * 1024;

    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Json)? _line;

    /// <inheritdoc />
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc />
    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    /// <inheritdoc />
    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var (buffer, json) = _line ??= NewLine();
        try
        {
            buffer.ResetWrittenCount();
            json.Reset(buffer);
            json.WriteStartObject();
            json.WriteString("time"u8, time.GetUtcNow().UtcDateTime);
            json.WriteString("level"u8, logLevel.Name());
            if (eventId.Name is { } name)
                json.WriteString("event"u8, name);
            json.WriteString("message"u8, Bounded(formatter(state, exception)));
            if (state is IReadOnlyList<KeyValuePair<string, object?>> values)
            {
                // The generator of log methods keeps the @ of a parameter that is called like a keyword.
                for (var i = 0; i < values.Count; i++)
                    Write(json, values[i].Key.TrimStart('@'), values[i].Value);
            }

            if (exception is not null)
                json.WriteString("exception"u8, Bounded(exception.ToString()));
            json.WriteString("category"u8, category);
            json.WriteEndObject();
            json.Flush();
            buffer.Write("\n"u8);
            lines.Write(buffer.WrittenSpan);
        }
        catch (Exception)
        {
            // Whatever a value's ToString throws, a log line is not worth a review.
            _line = null;
            lines.CountDropped();
        }
    }

    private static void Write(Utf8JsonWriter json, string key, object? value)
    {
        switch (value)
        {
            case null:
                break;
            case string text when key != "{OriginalFormat}":
                json.WriteString(key, Bounded(text));
                break;
            case string:
                break;
            case int number:
                json.WriteNumber(key, number);
                break;
            case long number:
                json.WriteNumber(key, number);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumber(key, number);
                break;
            case bool truth:
                json.WriteBoolean(key, truth);
                break;
            default:
                json.WriteString(key, Bounded(Convert.ToString(value, CultureInfo.InvariantCulture)));
                break;
        }
    }

    private static string? Bounded(string? text) => text is null ? null : Shown.Cut(text, LongestValue);

    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Json) NewLine()
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        return (buffer, new Utf8JsonWriter(buffer, Options));
    }
}
