using Outrigger.Core.Results;

namespace Outrigger.Core.Templating.Syntax;

/// <summary>A stretch of text, or a tag.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Content">The text; of a tag what is in its braces, without its sign (<c>#</c>, <c>/</c>, <c>else</c>) and space.</param>
/// <param name="Location">Where it starts.</param>
/// <param name="Start">Its first character in the text.</param>
/// <param name="End">After its last character.</param>
/// <param name="TrimBefore">A <c>~</c> takes the whitespace before it away.</param>
/// <param name="TrimAfter">A <c>~</c> takes the whitespace after it away.</param>
internal sealed record TextToken(
    TextTokenKind Kind, string Content, SourceLocation Location, int Start, int End, bool TrimBefore = false, bool TrimAfter = false);

internal enum TextTokenKind
{
    Text,
    Value,
    Comment,
    Open,
    Close,
    Else,
}
