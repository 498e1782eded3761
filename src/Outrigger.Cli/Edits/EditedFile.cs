using System.Collections.Immutable;
using Outrigger.Cli.Inputs;
using Outrigger.Core.Patching;

namespace Outrigger.Cli.Edits;

/// <summary>A file with what a command makes of each of its documents.</summary>
internal sealed record EditedFile(ManifestFile File, ImmutableArray<EditedDocument> Documents)
{
    /// <summary>A file after edits; <paramref name="operations"/> says what changes in a document, nothing in those that stay.</summary>
    public static EditedFile Of(ManifestFile file, Func<Manifest, ImmutableArray<PatchOperation>> operations) => new(file,
    [
        .. file.Documents.Select(manifest => EditedDocument.Of(manifest, operations(manifest))),
    ]);

    /// <summary>The whole file after the edits; the same, character for character, where there are none.</summary>
    public string Text => string.Concat(Documents.Select(document => document.Text));
}

/// <summary>A document before and after.</summary>
/// <param name="Manifest">As it was read.</param>
/// <param name="Operations">What changes; empty where nothing does.</param>
/// <param name="Text">The document afterwards, its separator included.</param>
/// <param name="IsRewritten">Whether all of it was written anew, without its comments and layout.</param>
internal sealed record EditedDocument(Manifest Manifest, ImmutableArray<PatchOperation> Operations, string Text, bool IsRewritten)
{
    public static EditedDocument Of(Manifest manifest, ImmutableArray<PatchOperation> operations)
    {
        var text = YamlPatch.Apply(manifest.Source, operations, out var isRewritten);
        return new EditedDocument(manifest, operations, text, isRewritten);
    }
}
