using System.Text.Json.Nodes;
using Outrigger.Core.Manifests.Syntax;

namespace Outrigger.Core.Patching;

/// <summary>Edits mappings and sequences that are written in block style: whole lines, so that the lines around stay as they are.</summary>
internal sealed class YamlPatchBlock(YamlPatchText text, bool indentSequences, bool mayEndInBlock)
{
    /// <summary>Whether the first sequence under a key is indented further than its key; null where there is none.</summary>
    public static bool? IndentsSequences(SyntaxNode node) => node switch
    {
        SyntaxMapping { IsFlow: false } mapping => mapping.Entries.Select(IndentsSequences).FirstOrDefault(found => found is not null),
        SyntaxSequence { IsFlow: false } sequence =>
            sequence.Items.Select(item => IndentsSequences(item.Value)).FirstOrDefault(found => found is not null),
        _ => null,
    };

    private static bool? IndentsSequences(SyntaxEntry entry) => entry.Value is SyntaxSequence { IsFlow: false } sequence
        ? sequence.Span.Column > entry.Key.Span.Column
        : IndentsSequences(entry.Value);

    /// <summary>Takes away the lines of removed members and puts the lines of new ones behind those of the members before them.</summary>
    /// <param name="written">The collection.</param>
    /// <param name="slot">Where it hangs; null for the root.</param>
    /// <param name="members">Its members now, of which at least one was there before.</param>
    public void EditMembers(SyntaxNode written, YamlPatchSlot? slot, List<YamlPatchMember> members)
    {
        var old = SlotsOf(written);
        var kept = members.Where(member => member.Slot is not null).Select(member => member.Slot!).ToList();
        var column = text.Column(old[0].Start);
        var sharesLine = !text.IsBlank(text.LineStart(old[0].Start), old[0].Start);
        Remove(old, kept, sharesLine);

        YamlPatchSlot? before = null;
        foreach (var member in members)
        {
            if (member.Slot is not null)
                before = member.Slot;
            else if (before is not null)
                text.Insert(text.LineEnd(before.End), Pad(column) + Lines(member, column));
            else if (sharesLine)
                text.Insert(old[0].Start, Lines(member, column) + Pad(column));
            else
                text.Insert(slot is null ? text.LineStart(old[0].Start) : text.LineEnd(slot.Indicator), Pad(column) + Lines(member, column));
        }
    }

    /// <summary>Writes a value in the place of another, behind its colon or dash.</summary>
    public void WriteValue(YamlPatchSlot slot, SyntaxNode old, JsonNode? value)
    {
        var writer = new BlockWriter(text.NewLine, indentSequences, mayEndInBlock);
        var column = text.Column(slot.Start);
        var written = (slot.HasKey ? writer.AfterKey(column, value) : writer.AfterDash(column, value)).ToString();
        var lineEnd = written.IndexOf('\n', StringComparison.Ordinal) + 1;
        var (line, body) = (written[..(lineEnd - text.NewLine.Length)], written[lineEnd..]);
        var (start, end) = (old.Span.Start, old.Span.End);
        if (!text.HasBreak(slot.Indicator, start))
        {
            // Blanks before a value may align it with others.
            var isShort = body.Length == 0 && start < end;
            text.Replace(isShort ? start : slot.Indicator, Math.Max(end, slot.Indicator), isShort ? line.TrimStart() : line);
            text.Insert(text.LineEnd(end), body);
            return;
        }

        // Comments between the members of a collection that becomes empty stay; inside of one that is replaced they go with it.
        text.Insert(slot.Indicator, line);
        text.Insert(text.LineEnd(slot.Indicator), body);
        if (value is JsonObject { Count: 0 } or JsonArray { Count: 0 } && SlotsOf(old) is { Count: > 0 } members)
            members.ForEach(member => DeleteLines(member.Start, member.End));
        else
            text.Delete(text.LineEnd(slot.Indicator), text.LineEnd(end));
    }

    private static List<YamlPatchSlot> SlotsOf(SyntaxNode written) => written switch
    {
        SyntaxMapping { IsFlow: false } mapping => [.. mapping.Entries.Select(YamlPatchSlot.Of)],
        SyntaxSequence { IsFlow: false } sequence => [.. sequence.Items.Select(YamlPatchSlot.Of)],
        _ => [],
    };

    private string Lines(YamlPatchMember member, int column)
    {
        var writer = new BlockWriter(text.NewLine, indentSequences, mayEndInBlock);
        var value = member.Node.Value;
        return (member.Key is { } key ? writer.Entry(column, key, value) : writer.Item(column, value)).ToString();
    }

    private void Remove(List<YamlPatchSlot> old, List<YamlPatchSlot> kept, bool sharesLine)
    {
        var keptStarts = kept.Select(member => member.Start).ToHashSet();
        var first = old.FindIndex(member => keptStarts.Contains(member.Start));
        var next = 0;
        if (sharesLine && first > 0)
        {
            // The first one that stays moves up beside the dash, unless comments stand between.
            var canMove = Enumerable.Range(0, first).All(i => text.IsBlank(old[i].End, old[i + 1].Start));
            text.Delete(old[0].Start, canMove ? old[first].Start : old[0].End);
            next = canMove ? first : 1;
        }

        foreach (var member in old.Skip(next).Where(member => !keptStarts.Contains(member.Start)))
            DeleteLines(member.Start, member.End);
    }

    private void DeleteLines(int start, int end) => text.Delete(text.LineStart(start), text.LineEnd(end));

    private static string Pad(int column) => new(' ', column);
}
