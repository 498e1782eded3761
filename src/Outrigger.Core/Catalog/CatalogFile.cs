namespace Outrigger.Core.Catalog;

/// <summary>One file of a catalog, already read: Core opens nothing itself.</summary>
/// <param name="Path">The name that errors show, as the user knows it.</param>
/// <param name="Text">A stream of YAML documents.</param>
public sealed record CatalogFile(string Path, string Text);
