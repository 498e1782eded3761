using System.Text.Json.Nodes;
using Outrigger.Core.Manifests.Syntax;

namespace Outrigger.Core.Patching;

/// <summary>Turns changed values into edits of the text around them.</summary>
internal sealed class YamlPatchEditor
{
    private readonly YamlPatchText _text;
    private readonly YamlPatchBlock _block;
    private readonly YamlPatchFlow _flow;

    private YamlPatchEditor(YamlPatchText text, SyntaxNode root, bool mayEndInBlock)
    {
        _text = text;
        _block = new YamlPatchBlock(text, YamlPatchBlock.IndentsSequences(root) ?? false, mayEndInBlock);
        _flow = new YamlPatchFlow(text);
    }

    /// <summary>The text with the changes of the document's root. It is for the caller to check that it says what it should.</summary>
    /// <param name="text">The document.</param>
    /// <param name="root">Its root, with what changed in it.</param>
    /// <param name="mayEndInBlock">Whether new texts that end with a line break may become literal blocks.</param>
    public static string Edit(string text, YamlPatchNode root, bool mayEndInBlock)
    {
        var edits = new YamlPatchText(text);
        var editor = new YamlPatchEditor(edits, root.Written!, mayEndInBlock);
        editor.Visit(root, null, null);
        return edits.Edited();
    }

    /// <summary>Edits what changed inside of a value.</summary>
    /// <param name="node">The value.</param>
    /// <param name="slot">Where it hangs; null for the root.</param>
    /// <param name="around">The layout around it where that is in flow style, else null.</param>
    private void Visit(YamlPatchNode node, YamlPatchSlot? slot, FlowStyle? around)
    {
        if (node.Members is not { } members || node.Written is not { } written)
            return;
        var slots = members.Where(member => member.Slot is not null).Select(member => member.Slot!).ToList();
        if (slots.Count == 0)
        {
            Write(slot, written, NewValue(written, members), around ?? BesideComment(slot, written));
            return;
        }

        var style = YamlPatchFlow.IsFlow(written) ? _flow.StyleOf(written, slots, around) : null;
        foreach (var member in members)
        {
            if (member.Slot is null)
                continue;
            if (member.Node.Written is null)
                Write(member.Slot, member.Slot.Old, member.Node.Value, style);
            else
                Visit(member.Node, member.Slot, style);
        }

        // After its members: what is inserted behind the last line of a member stands before what is inserted behind the member.
        if (style is null)
            _block.EditMembers(written, slot, members);
        else
            _flow.EditMembers(written, members, style);
    }

    private void Write(YamlPatchSlot? slot, SyntaxNode old, JsonNode? value, FlowStyle? around)
    {
        if (around is not null)
            _flow.WriteValue(slot!, old, value, around);
        else if (slot is not null)
            _block.WriteValue(slot, old, value);
        else
            _text.Replace(old.Span.Start, old.Span.End, FlowWriter.Value(value, OneLine));
    }

    // In "- {} # comment" the comment is about the whole item. It would not be, behind the first of its lines in block style.
    private FlowStyle? BesideComment(YamlPatchSlot? slot, SyntaxNode written) =>
        slot is { HasKey: false } && YamlPatchFlow.IsFlow(written) && !_text.IsBlank(written.Span.End, _text.LineEnd(written.Span.End))
            ? OneLine
            : null;

    private FlowStyle OneLine => new(_text.NewLine, null, "  ", Spaced: true);

    private static JsonNode NewValue(SyntaxNode written, List<YamlPatchMember> members)
    {
        if (written is SyntaxSequence)
            return new JsonArray([.. members.Select(member => member.Node.Value?.DeepClone())]);
        return new JsonObject(members.Select(member => KeyValuePair.Create(member.Key!, member.Node.Value?.DeepClone())));
    }
}
