using System.Text.Json.Nodes;
using Outrigger.Core.Manifests.Syntax;

namespace Outrigger.Core.Patching;

/// <summary>Edits what is written between braces and brackets, JSON files among it, in the layout that it has.</summary>
internal sealed class YamlPatchFlow(YamlPatchText text)
{
    /// <summary>Whether a collection is written between braces or brackets.</summary>
    public static bool IsFlow(SyntaxNode node) => node is SyntaxMapping { IsFlow: true } or SyntaxSequence { IsFlow: true };

    /// <summary>The layout of a collection's items.</summary>
    /// <param name="written">The collection.</param>
    /// <param name="slots">Those of its items that stay, at least one.</param>
    /// <param name="around">The layout around it, which tells what its own items do not.</param>
    public FlowStyle StyleOf(SyntaxNode written, List<YamlPatchSlot> slots, FlowStyle? around)
    {
        var first = slots[0];
        var start = text.LineStart(first.Start);
        var isLines = text.HasBreak(written.Span.Start, first.Start) && text.IsBlank(start, first.Start);
        var colons = slots.Where(slot => slot is { HasKey: true, Indicator: >= 0 } && slot.Old.Span.Start < slot.Old.Span.End);
        var commas = slots.Where(slot => slot.Comma >= 0);
        var isSpaced = colons.Select(slot => slot.Indicator).Concat(commas.Select(slot => slot.Comma + 1))
            .Select(behind => (bool?)text.IsBlank(behind, behind + 1)).FirstOrDefault() ?? around?.Spaced ?? true;
        if (!isLines)
            return new FlowStyle(text.NewLine, null, "  ", isSpaced);

        var indent = text.Between(start, first.Start);
        var outer = text.LineStart(written.Span.Start);
        var outerDepth = 0;
        while (outerDepth < indent.Length && text.Between(outer + outerDepth, outer + outerDepth + 1) is " " or "\t")
            outerDepth++;
        var step = outerDepth < indent.Length ? indent[outerDepth..] : "  ";
        return new FlowStyle(text.NewLine, indent, step, isSpaced);
    }

    /// <summary>Takes away removed members and puts new ones behind the members before them, with the commas that this needs.</summary>
    public void EditMembers(SyntaxNode written, List<YamlPatchMember> members, FlowStyle style)
    {
        var kept = members.Where(member => member.Slot is not null).Select(member => member.Slot!).ToList();
        Remove(SlotsOf(written), kept);
        YamlPatchSlot? before = null;
        foreach (var member in members)
        {
            if (member.Slot is not null)
                before = member.Slot;
            else if (before is not null)
                text.Insert(before.End, style.Separator + Item(member, style));
            else
                text.Insert(kept[0].Start, Item(member, style) + style.Separator);
        }
    }

    /// <summary>Writes a value in the place of another.</summary>
    public void WriteValue(YamlPatchSlot slot, SyntaxNode old, JsonNode? value, FlowStyle style)
    {
        var written = FlowWriter.Value(value, style);
        if (old.Span.Start < old.Span.End)
            text.Replace(old.Span.Start, old.Span.End, written);
        else
            text.Insert(slot.Indicator < 0 ? slot.End : slot.Indicator, " " + written);
    }

    private void Remove(List<YamlPatchSlot> old, List<YamlPatchSlot> kept)
    {
        var keptStarts = kept.Select(slot => slot.Start).ToHashSet();
        for (var i = 0; i < old.Count; i++)
        {
            var slot = old[i];
            if (keptStarts.Contains(slot.Start))
                continue;

            // The comma before it goes with it; the first ones have only one behind.
            var hasOneBefore = slot.Start > kept[0].Start;
            var (comma, near) = hasOneBefore ? (slot.Comma, slot.Start) : (old[i + 1].Comma, old[i + 1].Start);
            if (hasOneBefore && text.IsBlank(comma + 1, near) && text.IsBlank(old[i - 1].End, comma))
            {
                text.Delete(old[i - 1].End, slot.End);
            }
            else if (!hasOneBefore && text.IsBlank(comma + 1, near))
            {
                text.Delete(slot.Start, near);
            }
            else
            {
                // A comment stands between them, which stays.
                text.Delete(slot.Start, slot.End);
                text.Delete(comma, comma + 1);
            }
        }
    }

    private static List<YamlPatchSlot> SlotsOf(SyntaxNode written) => written switch
    {
        SyntaxMapping mapping => [.. mapping.Entries.Select(YamlPatchSlot.Of)],
        SyntaxSequence sequence => [.. sequence.Items.Select(YamlPatchSlot.Of)],
        _ => [],
    };

    private static string Item(YamlPatchMember member, FlowStyle style) => member.Key is { } key
        ? FlowWriter.Member(key, member.Node.Value, style)
        : FlowWriter.Value(member.Node.Value, style);
}
