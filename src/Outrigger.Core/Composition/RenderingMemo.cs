using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Outrigger.Core.Catalog;

namespace Outrigger.Core.Composition;

/// <summary>
/// Remembers what uses of a snapshot were rendered to. The Pods of one workload ask for the same thing, so that most reviews only have to look
/// whether there is room for it. It changes no outcome, only what it costs; it goes with its snapshot.
/// </summary>
/// <remarks>
/// Bounded whatever strangers ask for: a number of places, of which each key has one, and what is large is not kept. Safe for all threads: a
/// place holds one object that nobody changes, and a lost race costs one more rendering.
/// </remarks>
internal sealed class RenderingMemo
{
    private const int Places = 128;

    /// <summary>In bytes of JSON; with its nodes an entry takes a few times as much.</summary>
    private const int MaxBytes = 24 * 1024;

    private static readonly ConditionalWeakTable<CatalogSnapshot, RenderingMemo> Memos = [];

    private readonly Entry?[] _places = new Entry?[Places];

    /// <summary>The memory of a snapshot.</summary>
    public static RenderingMemo Of(CatalogSnapshot snapshot) => Memos.GetOrCreateValue(snapshot);

    /// <summary>What a use was rendered to, or null where that is not known (any more).</summary>
    public RenderedUse? Find(RenderingKey key) =>
        Volatile.Read(ref Place(key)) is { } entry && entry.Key.Equals(key) ? entry.Rendered : null;

    /// <summary>Remembers a use that was bound and rendered without a problem, unless it is large.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="rendered">The use; nobody may change its nodes from now on.</param>
    /// <param name="asked">The hash that its status notes.</param>
    /// <returns>The use with what is worth knowing of it beforehand.</returns>
    public RenderedUse Add(RenderingKey key, RenderedUse rendered, string asked)
    {
        if (rendered.Bound.Use.Pattern.SharesProcessNamespace)
            return rendered;
        var alone = UseFitter.FitAlone(rendered);
        if (!alone.Problems.IsEmpty || !alone.AuthorProblems.IsEmpty || !alone.Warnings.IsEmpty)
            return rendered;
        var (additions, bytes) = EncodedAdditions.Of(alone.Additions);
        if (bytes > MaxBytes)
            return rendered;
        var noted = rendered with { Asked = asked };
        var known = noted with { Alone = alone with { Rendered = noted, Additions = additions, Status = new() } };
        foreach (var addition in additions)
        {
            if (addition is Addition.Entry entry)
                Touch(entry.Value);
        }

        Volatile.Write(ref Place(key), new(key, known));
        return known;
    }

    /// <summary>Makes all nodes of a tree: they make each other when they are first asked for, which threads may not do together.</summary>
    private static void Touch(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (_, member) in members)
                    Touch(member);
                break;
            case JsonArray items:
                foreach (var item in items)
                    Touch(item);
                break;
        }
    }

    private ref Entry? Place(RenderingKey key) => ref _places[(uint)key.GetHashCode() % Places];

    private sealed record Entry(RenderingKey Key, RenderedUse Rendered);
}
