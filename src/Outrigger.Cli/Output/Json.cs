using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Outrigger.Cli.Output;

/// <summary>JSON on its way to a person or a pipe.</summary>
internal static class Json
{
    // The output is no part of a web page, so that <, > and letters beyond ASCII may stay readable.
    private static readonly JsonWriterOptions Compact = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = int.MaxValue,
    };

    // Indented as by kubectl.
    private static readonly JsonWriterOptions Indented = Compact with { Indented = true, IndentSize = 4 };

    /// <summary>The text that <paramref name="write"/> writes, indented, without a line break at its end.</summary>
    public static string Pretty(Action<Utf8JsonWriter> write) => Text(write, Indented);

    /// <summary>The text that <paramref name="write"/> writes, on one line.</summary>
    public static string Line(Action<Utf8JsonWriter> write) => Text(write, Compact);

    private static string Text(Action<Utf8JsonWriter> write, JsonWriterOptions options)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, options))
            write(writer);
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
