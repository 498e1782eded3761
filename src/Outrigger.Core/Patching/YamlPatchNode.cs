using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Outrigger.Core.Manifests;
using Outrigger.Core.Manifests.Syntax;

namespace Outrigger.Core.Patching;

/// <summary>
/// A value of a document that is being patched: still as it was written, or new, or written with changed members. Operations change
/// these values; the text is edited once, at the end, so that no operation depends on offsets that an earlier one moved.
/// </summary>
internal sealed class YamlPatchNode
{
    private YamlPatchNode(SyntaxNode? written, JsonNode? value) => (Written, Value) = (written, value);

    /// <summary>How it was written; null for a new value.</summary>
    public SyntaxNode? Written { get; }

    /// <summary>The value, where it is new.</summary>
    public JsonNode? Value { get; private set; }

    /// <summary>The members in their new order; null where nothing was changed in here.</summary>
    public List<YamlPatchMember>? Members { get; private set; }

    /// <summary>A value that still is as it was written.</summary>
    public static YamlPatchNode Of(SyntaxNode written) => new(written, null);

    /// <summary>A new value.</summary>
    public static YamlPatchNode Of(JsonNode? value) => new(null, value);

    /// <summary>
    /// Does the operation in here. False where the text does not have its target in a place of its own (behind an alias, from a merge
    /// key), or the operation is none of those that edit in place.
    /// </summary>
    public bool Apply(PatchOperation operation) =>
        operation is PatchOperation.Test || (JsonPointer.Segments(operation.Path) is { Length: > 0 } path && Apply(operation, path));

    private bool Apply(PatchOperation operation, ImmutableArray<string> path)
    {
        if (Written is null)
            return ApplyToNew(operation, path);
        if (!Open())
            return false;
        var index = IndexOf(path[0]);
        if (path.Length > 1)
            return index >= 0 && index < Members!.Count && Members[index].Node.Apply(operation, path[1..]);
        var isInside = index >= 0 && index < Members!.Count;
        switch (operation)
        {
            case PatchOperation.Add add when Written is SyntaxSequence && index >= 0:
                Members!.Insert(index, new YamlPatchMember(null, null, Of(add.Value)));
                return true;
            case PatchOperation.Add add when !isInside:
                Members!.Add(new YamlPatchMember(path[0], null, Of(add.Value)));
                return Written is SyntaxMapping;
            case PatchOperation.Add add:
                Members![index] = Members[index] with { Node = Of(add.Value) };
                return true;
            case PatchOperation.Replace replace when isInside:
                Members![index] = Members[index] with { Node = Of(replace.Value) };
                return true;
            case PatchOperation.Remove when isInside:
                Members!.RemoveAt(index);
                return true;
            default:
                return false;
        }
    }

    private bool ApplyToNew(PatchOperation operation, ImmutableArray<string> path)
    {
        var target = JsonPointer.Combine(path.AsSpan());
        PatchOperation? inside = operation switch
        {
            PatchOperation.Add add => new PatchOperation.Add(target, add.Value),
            PatchOperation.Replace replace => new PatchOperation.Replace(target, replace.Value),
            PatchOperation.Remove => new PatchOperation.Remove(target),
            _ => null,
        };
        if (inside is null || !JsonPatch.Apply(Value, [inside]).TryGet(out var patched))
            return false;
        Value = patched.Root;
        return true;
    }

    private int IndexOf(string segment)
    {
        if (Written is SyntaxMapping)
            return Members!.FindIndex(member => member.Key == segment);
        if (segment == "-")
            return Members!.Count;
        return int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index <= Members!.Count ? index : -1;
    }

    private bool Open()
    {
        Members ??= Written switch
        {
            SyntaxMapping mapping => [.. mapping.Entries.Select(Member)],
            SyntaxSequence sequence => [.. sequence.Items.Select(item => new YamlPatchMember(null, YamlPatchSlot.Of(item), Of(item.Value)))],
            _ => null,
        };
        return Members is not null;
    }

    private static YamlPatchMember Member(SyntaxEntry entry) =>
        new((entry.Key as SyntaxScalar)?.Text, YamlPatchSlot.Of(entry), Of(entry.Value));
}

/// <summary>A member of a mapping or a sequence.</summary>
/// <param name="Key">Its key in a mapping.</param>
/// <param name="Slot">Where it was written; null for a new one.</param>
/// <param name="Node">Its value.</param>
internal sealed record YamlPatchMember(string? Key, YamlPatchSlot? Slot, YamlPatchNode Node);

/// <summary>The place of a member in the text.</summary>
/// <param name="Start">Where it starts: its key, its dash, or in a flow sequence its value.</param>
/// <param name="Indicator">Offset behind the colon or dash; -1 where there is none.</param>
/// <param name="Comma">Offset of the comma before it, or -1.</param>
/// <param name="Old">The value that was written.</param>
internal sealed record YamlPatchSlot(int Start, int Indicator, int Comma, SyntaxNode Old)
{
    /// <summary>Offset behind its last character.</summary>
    public int End => Math.Max(Indicator, Old.Span.End);

    /// <summary>Whether the value follows a key, not a dash.</summary>
    public required bool HasKey { get; init; }

    public static YamlPatchSlot Of(SyntaxEntry entry) =>
        new(entry.Key.Span.Start, entry.Separator < 0 ? -1 : entry.Separator + 1, entry.Comma, entry.Value) { HasKey = true };

    public static YamlPatchSlot Of(SyntaxItem item) =>
        new(item.Dash < 0 ? item.Value.Span.Start : item.Dash, item.Dash < 0 ? -1 : item.Dash + 1, item.Comma, item.Value) { HasKey = false };
}
