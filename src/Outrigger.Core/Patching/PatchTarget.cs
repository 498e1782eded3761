using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Outrigger.Core.Manifests;

namespace Outrigger.Core.Patching;

/// <summary>A document that one patch is being applied to. Each operation changes it in place, or says why it cannot.</summary>
internal sealed class PatchTarget(JsonNode? root)
{
    /// <summary>The document; null is the JSON document <c>null</c>.</summary>
    public JsonNode? Root { get; private set; } = root;

    /// <summary>Null where the operation was done, else the reason why not; the document is then of no further use.</summary>
    public string? Apply(PatchOperation operation)
    {
        if (JsonPointer.Segments(operation.Path) is not { } path)
            return NoPointer(operation.Path);
        return operation switch
        {
            PatchOperation.Add add => Add(path, add.Value?.DeepClone()),
            PatchOperation.Remove => Remove(path),
            PatchOperation.Replace replace => Replace(path, replace.Value?.DeepClone()),
            PatchOperation.Move move => Move(move.From, path),
            PatchOperation.Copy copy => Copy(copy.From, path),
            PatchOperation.Test test => Test(path, test.Value),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>The value that an operation carries; null also where its kind carries none.</summary>
    public static JsonNode? ValueOf(PatchOperation operation) => operation switch
    {
        PatchOperation.Add add => add.Value,
        PatchOperation.Replace replace => replace.Value,
        PatchOperation.Test test => test.Value,
        _ => null,
    };

    private string? Add(ImmutableArray<string> path, JsonNode? value)
    {
        if (path.Length == 0)
        {
            Root = value;
            return null;
        }

        switch (Parent(path))
        {
            case JsonObject members:
                members[path[^1]] = value;
                return null;
            case JsonArray items when path[^1] == "-":
                items.Add(value);
                return null;
            case JsonArray items:
                if (!TryIndex(path[^1], items.Count, out var index))
                    return $"\"{path[^1]}\" is no place in an array of {items.Count}: allowed are 0 to {items.Count}, and -";
                items.Insert(index, value);
                return null;
            default:
                return "there is no object or array to add to";
        }
    }

    private string? Remove(ImmutableArray<string> path)
    {
        if (path.Length == 0)
            return "the whole document cannot be removed";
        switch (Parent(path))
        {
            case JsonObject members when members.Remove(path[^1]):
                return null;
            case JsonArray items when TryIndex(path[^1], items.Count - 1, out var index):
                items.RemoveAt(index);
                return null;
            default:
                return Missing(path);
        }
    }

    private string? Replace(ImmutableArray<string> path, JsonNode? value)
    {
        if (path.Length == 0)
        {
            Root = value;
            return null;
        }

        switch (Parent(path))
        {
            case JsonObject members when members.ContainsKey(path[^1]):
                members[path[^1]] = value;
                return null;
            case JsonArray items when TryIndex(path[^1], items.Count - 1, out var index):
                items[index] = value;
                return null;
            default:
                return Missing(path);
        }
    }

    private string? Move(string from, ImmutableArray<string> path)
    {
        if (JsonPointer.Segments(from) is not { } origin)
            return NoPointer(from);
        if (!TryFind(origin.AsSpan(), out var value))
            return Missing(origin);
        if (origin.AsSpan().SequenceEqual(path.AsSpan()))
            return null;
        if (path.AsSpan().StartsWith(origin.AsSpan()))
            return $"a value cannot be moved into itself: {path.Length - origin.Length} levels below {from}";
        return Remove(origin) ?? Add(path, value);
    }

    private string? Copy(string from, ImmutableArray<string> path)
    {
        if (JsonPointer.Segments(from) is not { } origin)
            return NoPointer(from);
        return TryFind(origin.AsSpan(), out var value) ? Add(path, value?.DeepClone()) : Missing(origin);
    }

    private string? Test(ImmutableArray<string> path, JsonNode? expected)
    {
        if (!TryFind(path.AsSpan(), out var actual))
            return Missing(path);
        return JsonNode.DeepEquals(actual, expected) ? null : "the value there is another one";
    }

    private JsonNode? Parent(ImmutableArray<string> path) => TryFind(path.AsSpan()[..^1], out var parent) ? parent : null;

    private bool TryFind(ReadOnlySpan<string> path, out JsonNode? node)
    {
        node = Root;
        foreach (var token in path)
        {
            switch (node)
            {
                case JsonObject members when members.TryGetPropertyValue(token, out var member):
                    node = member;
                    break;
                case JsonArray items when TryIndex(token, items.Count - 1, out var index):
                    node = items[index];
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    // RFC 6901, section 4: 0, or digits that do not start with 0; nothing else, so int.Parse alone would allow too much.
    private static bool TryIndex(string token, int last, out int index)
    {
        index = -1;
        return token.Length > 0 && (token[0] != '0' || token.Length == 1) && token.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0
            && int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out index) && index <= last;
    }

    private static string Missing(ImmutableArray<string> path) => $"there is nothing at \"{JsonPointer.Combine(path.AsSpan())}\"";

    private static string NoPointer(string text) => $"\"{text}\" is no JSON Pointer";
}
