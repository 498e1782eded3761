using System.Text.Json.Nodes;
using Outrigger.Core.Manifests;
using Outrigger.Core.Manifests.Syntax;

namespace Outrigger.Core.Patching;

/// <summary>Patches a document as a person would edit it: in the text, which otherwise stays as it is.</summary>
public static class YamlPatch
{
    /// <summary>
    /// The document's text after the patch. Comments, order, quotes and layout of everything that the patch does not touch are kept, and
    /// what is added follows the layout around it: block style between block style, JSON between braces. Removing what was added gives
    /// the text from before.
    /// </summary>
    /// <remarks>
    /// The result always says what the patched JSON does. Where the text cannot be edited in place (an edit behind an alias or a
    /// merge key, a <c>move</c> or <c>copy</c>), the whole document is written anew, and only the comments before it stay.
    /// </remarks>
    /// <exception cref="InvalidOperationException">The patch does not apply to the document: a bug of who made it.</exception>
    public static string Apply(ManifestDocument document, IReadOnlyList<PatchOperation> operations) => Apply(document, operations, out _);

    /// <summary>The same, and whether the whole document had to be written anew.</summary>
    public static string Apply(ManifestDocument document, IReadOnlyList<PatchOperation> operations, out bool isRewritten)
    {
        isRewritten = false;
        if (operations.Count == 0)
            return document.Text;
        var patched = JsonPatch.Apply(document.Root?.ToJson(), operations).Value.Root;
        if (Edit(document, operations, patched) is { } edited)
            return edited;
        isRewritten = true;
        return Rewrite(document, patched);
    }

    private static string? Edit(ManifestDocument document, IReadOnlyList<PatchOperation> operations, JsonNode? patched)
    {
        if (document.Syntax is null)
            return null;
        var root = YamlPatchNode.Of(document.Syntax);
        if (!operations.All(root.Apply))
            return null;
        var edited = YamlPatchEditor.Edit(document.Text, root, mayEndInBlock: true);
        if (Says(edited, patched))
            return edited;

        // Without a line break at the end of the document, a literal block there would be a text without one.
        edited = YamlPatchEditor.Edit(document.Text, root, mayEndInBlock: false);
        if (Says(edited, patched))
            return edited;

        // Nor can anything stand behind a block of the author's own that ends so, unless its header says that it ends without one.
        return YamlPatchEnd.Stripped(document) is { } stripped ? Edit(stripped, operations, patched) : null;
    }

    private static bool Says(string text, JsonNode? expected) =>
        ManifestReader.Read(text, "").TryGet(out var documents) && documents.Count == 1
        && JsonNode.DeepEquals(documents[0].Root?.ToJson(), expected);

    private static string Rewrite(ManifestDocument document, JsonNode? patched)
    {
        var (head, tail) = DocumentSplitter.Frame(document.Text);
        var body = YamlWriter.Write(patched);
        return head + (document.Text.Contains("\r\n", StringComparison.Ordinal) ? body.ReplaceLineEndings("\r\n") : body) + tail;
    }
}
