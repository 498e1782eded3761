using Outrigger.Core.Manifests.Syntax;
using Outrigger.Core.Results;

namespace Outrigger.Core.Manifests;

/// <summary>One document of a YAML stream, with its text as it was written.</summary>
public sealed record ManifestDocument
{
    /// <summary>
    /// The part of the stream that belongs to the document: its separator, comments, blank lines and line ends included. The texts of all
    /// documents, one after the other, are the stream, character for character.
    /// </summary>
    public required string Text { get; init; }

    /// <summary>Where <see cref="Text"/> starts in its file.</summary>
    public required SourceLocation Start { get; init; }

    /// <summary>What the document says; null for one that holds nothing but comments.</summary>
    public required SourceNode? Root { get; init; }

    /// <summary>Whether it uses aliases or merge keys, so that one place of the text stands for several of the document.</summary>
    public required bool HasAliases { get; init; }

    /// <summary>How it is written; null where <see cref="Root"/> is.</summary>
    internal SyntaxNode? Syntax { get; init; }
}
