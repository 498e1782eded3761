using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Outrigger.Core.Composition;

/// <summary>Additions with their values as JSON, for those that are added to many Pods.</summary>
internal static class EncodedAdditions
{
    private static readonly JsonWriterOptions Style = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The same additions with their values written, and how many bytes these take together.</summary>
    public static (ImmutableArray<Addition> Additions, int Bytes) Of(ImmutableArray<Addition> additions)
    {
        var bytes = 0;
        ImmutableArray<Addition> encoded = [.. additions.Select(addition => addition switch
        {
            Addition.Entry entry => entry with { Json = Written(entry.Value.WriteTo) },
            Addition.Annotation annotation => annotation with { Json = Text(annotation.Value) },
            _ => addition,
        })];
        return (encoded, bytes);

        ReadOnlyMemory<byte> Written(Action<Utf8JsonWriter, JsonSerializerOptions?> write)
        {
            var json = Write(writer => write(writer, null));
            bytes += json.Length;
            return json;
        }

        ReadOnlyMemory<byte> Text(string value)
        {
            var json = OfText(value);
            bytes += json.Length;
            return json;
        }
    }

    /// <summary>A text as a JSON string.</summary>
    public static byte[] OfText(string value) => Write(writer => writer.WriteStringValue(value));

    private static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Style))
            write(writer);
        return buffer.WrittenSpan.ToArray();
    }
}
