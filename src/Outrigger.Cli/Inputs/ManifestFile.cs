using System.Text.Json.Nodes;
using Outrigger.Core.Manifests;

namespace Outrigger.Cli.Inputs;

/// <summary>A file of manifests, cut into its documents: their texts, one after the other, are the file's.</summary>
internal sealed record ManifestFile(string Name, string Text, IReadOnlyList<Manifest> Documents);

/// <summary>One document of a file.</summary>
/// <param name="Source">The document as it is written.</param>
/// <param name="Json">What it says; null for one that holds nothing but comments. Never changed.</param>
internal sealed record Manifest(ManifestDocument Source, JsonNode? Json);
