using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Outrigger.Core.Manifests;

/// <summary>JSON Pointers (RFC 6901): <c>/metadata/annotations/outrigger.dev~1status</c>; the empty string is the whole document.</summary>
public static class JsonPointer
{
    /// <summary>A segment as it stands in a pointer: <c>~</c> becomes <c>~0</c> and <c>/</c> becomes <c>~1</c>.</summary>
    public static string Escape(string segment) =>
        segment.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>The pointer with these segments, which are escaped here; no segment gives the whole document.</summary>
    public static string Combine(params ReadOnlySpan<string> segments)
    {
        var pointer = new StringBuilder();
        foreach (var segment in segments)
            pointer.Append('/').Append(Escape(segment));
        return pointer.ToString();
    }

    /// <summary>
    /// The unescaped segments; null for a text that is no pointer: it is not empty and does not start with <c>/</c>, or a <c>~</c> in it
    /// is not followed by 0 or 1.
    /// </summary>
    public static ImmutableArray<string>? Segments(string path)
    {
        if (path.Length == 0)
            return [];
        if (path[0] != '/')
            return null;
        var segments = ImmutableArray.CreateBuilder<string>();
        foreach (var escaped in path[1..].Split('/'))
        {
            if (!TryUnescape(escaped, out var segment))
                return null;
            segments.Add(segment);
        }

        return segments.DrainToImmutable();
    }

    /// <summary>
    /// Whether the pointer names something in the document. <paramref name="found"/> is null too where it names a JSON null; an array's
    /// index is written without sign or leading zeros, and <c>-</c> names nothing.
    /// </summary>
    public static bool Resolve(JsonNode? root, string path, out JsonNode? found)
    {
        found = root;
        if (Segments(path) is not { } segments)
        {
            found = null;
            return false;
        }

        foreach (var segment in segments)
        {
            var inside = found switch
            {
                JsonObject members => members.TryGetPropertyValue(segment, out found),
                JsonArray items => TryItem(items, segment, out found),
                _ => false,
            };
            if (!inside)
            {
                found = null;
                return false;
            }
        }

        return true;
    }

    private static bool TryItem(JsonArray items, string segment, out JsonNode? item)
    {
        item = null;
        if (segment.Length > 1 && segment[0] == '0')
            return false;
        if (!int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index >= items.Count)
            return false;
        item = items[index];
        return true;
    }

    private static bool TryUnescape(string escaped, [NotNullWhen(true)] out string? segment)
    {
        segment = escaped;
        if (!escaped.Contains('~', StringComparison.Ordinal))
            return true;
        var text = new StringBuilder(escaped.Length);
        for (var i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] != '~')
            {
                text.Append(escaped[i]);
                continue;
            }

            if (++i == escaped.Length || escaped[i] is not ('0' or '1'))
            {
                segment = null;
                return false;
            }

            text.Append(escaped[i] == '0' ? '~' : '/');
        }

        segment = text.ToString();
        return true;
    }
}
