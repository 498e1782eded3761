using System.Collections.Immutable;
using YamlDotNet.Core;

namespace Outrigger.Core.Manifests.Syntax;

/// <summary>
/// A node as it was written: where its text starts and ends, with aliases and merge keys still in place. What the node means is a
/// <see cref="SourceNode"/>; this is for whoever edits the text.
/// </summary>
/// <param name="Span">Its text in the document's text.</param>
/// <param name="Tag">Its tag in full (<c>tag:yaml.org,2002:str</c>), or null.</param>
/// <param name="Anchor">Its anchor's name, or null.</param>
internal abstract record SyntaxNode(SyntaxSpan Span, string? Tag, string? Anchor);

/// <summary>
/// A piece of a document's text. The start includes tag and anchor; the end is behind the last character of content, so that comments,
/// blank lines and a last line break are outside.
/// </summary>
/// <param name="Start">Offset in the document's text.</param>
/// <param name="End">Offset behind it; equal to the start for a value that is left out.</param>
/// <param name="Line">The line in the document's text, from 1.</param>
/// <param name="Column">The column, from 1.</param>
internal readonly record struct SyntaxSpan(int Start, int End, int Line, int Column);

/// <summary>A scalar.</summary>
internal sealed record SyntaxScalar(SyntaxSpan Span, string? Tag, string? Anchor, string Text, ScalarStyle Style)
    : SyntaxNode(Span, Tag, Anchor);

/// <summary>A reference to an anchored node.</summary>
internal sealed record SyntaxAlias(SyntaxSpan Span, string Name) : SyntaxNode(Span, null, null);

/// <summary>A mapping, in block style or between braces.</summary>
internal sealed record SyntaxMapping(SyntaxSpan Span, string? Tag, string? Anchor, bool IsFlow, ImmutableArray<SyntaxEntry> Entries)
    : SyntaxNode(Span, Tag, Anchor);

/// <summary>A sequence, in block style or between brackets.</summary>
internal sealed record SyntaxSequence(SyntaxSpan Span, string? Tag, string? Anchor, bool IsFlow, ImmutableArray<SyntaxItem> Items)
    : SyntaxNode(Span, Tag, Anchor);

/// <summary>One entry of a mapping.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Value">Its value, empty where none was written.</param>
/// <param name="Separator">Offset of the colon, or -1 where there is none (<c>{a, b}</c>).</param>
/// <param name="Comma">Offset of the comma before it, in a flow mapping; else -1.</param>
internal sealed record SyntaxEntry(SyntaxNode Key, SyntaxNode Value, int Separator, int Comma);

/// <summary>One item of a sequence.</summary>
/// <param name="Value">The item.</param>
/// <param name="Dash">Offset of its dash in a block sequence; else -1.</param>
/// <param name="Comma">Offset of the comma before it, in a flow sequence; else -1.</param>
internal sealed record SyntaxItem(SyntaxNode Value, int Dash, int Comma);
