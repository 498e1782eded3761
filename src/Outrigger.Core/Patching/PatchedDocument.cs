using System.Text.Json.Nodes;

namespace Outrigger.Core.Patching;

/// <summary>What a patch made.</summary>
/// <param name="Root">The document; null is the JSON document <c>null</c>.</param>
public sealed record PatchedDocument(JsonNode? Root);
