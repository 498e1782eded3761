using System.Text.Json.Nodes;
using Outrigger.Core.Manifests;
using Outrigger.Core.Results;

namespace Outrigger.Cli.Inputs;

/// <summary>A file of manifests, cut into its documents: their texts, one after the other, are the file's.</summary>
internal sealed record ManifestFile(string Name, string Text, IReadOnlyList<Manifest> Documents)
{
    /// <summary>Cuts a file into its documents, or tells every mistake in it.</summary>
    public static Result<ManifestFile> Of(InputFile file)
    {
        var read = ManifestReader.Read(file.Text, file.Name);
        return read.TryGet(out var documents)
            ? Result.Ok(new ManifestFile(file.Name, file.Text, [.. documents.Select(document => new Manifest(document, document.Root?.ToJson()))]))
            : Result.Fail<ManifestFile>(read.Problems);
    }
}

/// <summary>One document of a file.</summary>
/// <param name="Source">The document as it is written.</param>
/// <param name="Json">What it says; null for one that holds nothing but comments. Never changed.</param>
internal sealed record Manifest(ManifestDocument Source, JsonNode? Json);
