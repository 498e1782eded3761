using System.Text.Json.Nodes;

namespace Outrigger.Core.Templating;

/// <summary>What the names of a template stand for while it is rendered: the root's values, and a frame for each loop around.</summary>
/// <remarks>
/// Lookup is lexical and the same for a check that reads the tree:
/// <list type="bullet">
/// <item><c>#each</c> and <c>$each</c> each open a frame around their body (not around <c>{{else}}</c>, nor around the list itself);
/// <c>#if</c> and <c>$when</c> open none.</item>
/// <item>A <see cref="PathRoot.Name"/> is looked up from the innermost frame outward, then in the root. A frame of <c>#each</c> knows
/// the members of its element where that is an object; a frame of <c>$each</c> knows <c>item</c> and <c>index</c> alone. The first that
/// has the name ends the search, even with null. A member that an element lacks is looked up further out, so a check that wants one
/// meaning for each name refuses those that both could know; <c>this.name</c> and <c>../name</c> say which one.</item>
/// <item><see cref="PathRoot.This"/>, <c>@index</c>, <c>@first</c> and <c>@last</c> are the innermost frame's, of either kind.</item>
/// <item>Each <c>../</c> leaves one frame out.</item>
/// <item>The further segments are members; a member of something that is not an object is absent. Absent and null are the same.</item>
/// </list>
/// The values are read, never changed, nor made part of what is rendered: several threads may share them.
/// </remarks>
public sealed class Scope
{
    private readonly IReadOnlyDictionary<string, JsonNode?>? _values;
    private readonly Scope? _outer;
    private readonly JsonArray? _list;
    private readonly bool _isNamed;
    private JsonNode? _item;
    private int _index;

    /// <summary>The root: a name that the dictionary does not know is absent. It may compute its values when they are asked for.</summary>
    public Scope(IReadOnlyDictionary<string, JsonNode?> values) => _values = values;

    private Scope(Scope outer, JsonArray list, bool isNamed) => (_outer, _list, _isNamed) = (outer, list, isNamed);

    /// <summary>A frame, on no element yet: <see cref="MoveTo"/> puts it on one.</summary>
    /// <param name="list">What is looped over.</param>
    /// <param name="isNamed">It is a <c>$each</c>, with <c>item</c> and <c>index</c>.</param>
    internal Scope Frame(JsonArray list, bool isNamed) => new(this, list, isNamed);

    // One frame serves all rounds of its loop: it never leaves the renderer.
    internal void MoveTo(int index) => (_index, _item) = (index, _list![index]);

    /// <summary>The value, which belongs to somebody else; null where it is absent.</summary>
    /// <exception cref="InvalidOperationException">The path steps out of more frames than there are.</exception>
    internal JsonNode? Resolve(PathExpression path)
    {
        var frame = this;
        for (var i = 0; i < path.Up; i++)
            frame = frame._outer ?? throw NoFrame(path);
        if (path.Root != PathRoot.Name && frame._outer is null)
            throw NoFrame(path);
        switch (path.Root)
        {
            case PathRoot.Name:
                return Follow(frame.Look(path.Segments[0]), path, 1);
            case PathRoot.This:
                return Follow(frame._item, path, 0);
            case PathRoot.Index:
                return JsonValue.Create(frame._index);
            case PathRoot.First:
                return JsonValue.Create(frame._index == 0);
            case PathRoot.Last:
                return JsonValue.Create(frame._index == frame._list!.Count - 1);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private JsonNode? Look(string name)
    {
        var frame = this;
        for (; frame._outer is { } outer; frame = outer)
        {
            if (!frame._isNamed)
            {
                if (frame._item is JsonObject members && members.TryGetPropertyValue(name, out var member))
                    return member;
            }
            else if (name == "item")
            {
                return frame._item;
            }
            else if (name == "index")
            {
                return JsonValue.Create(frame._index);
            }
        }

        return frame._values!.TryGetValue(name, out var value) ? value : null;
    }

    private static JsonNode? Follow(JsonNode? node, PathExpression path, int start)
    {
        for (var i = start; i < path.Segments.Length; i++)
            node = node is JsonObject members && members.TryGetPropertyValue(path.Segments[i], out var member) ? member : null;
        return node;
    }

    private static InvalidOperationException NoFrame(PathExpression path) => new($"{path.Location}: {path.Text} has no loop around it");
}
