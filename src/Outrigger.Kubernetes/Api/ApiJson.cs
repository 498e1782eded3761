using System.Text.Json;

namespace Outrigger.Kubernetes.Api;

/// <summary>Reads single members of raw JSON; what is missing or of another kind is null.</summary>
public static class ApiJson
{
    // Objects may nest deeper than the 64 levels that the parser takes by itself: schemas of custom resources do.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 512 };

    /// <summary>The member of an object.</summary>
    public static JsonElement? Property(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } parent && parent.TryGetProperty(name, out var value) ? value : null;

    /// <summary>The string member of an object.</summary>
    public static string? Text(JsonElement? element, string name) =>
        Property(element, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary><c>metadata.NAME</c> of a Kubernetes object or list.</summary>
    public static string? Metadata(JsonElement? element, string name) => Text(Property(element, "metadata"), name);

    /// <exception cref="JsonException">This is not JSON.</exception>
    internal static JsonElement Parse(ReadOnlySpan<byte> utf8) => JsonElement.Parse(utf8, Options);
}
