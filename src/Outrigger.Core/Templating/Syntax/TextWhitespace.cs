namespace Outrigger.Core.Templating.Syntax;

/// <summary>Takes away the whitespace that tags ask to be rid of: by <c>~</c>, or by standing alone on their line.</summary>
internal static class TextWhitespace
{
    public static void Trim(string text, List<TextToken> tokens)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            var tag = tokens[i];
            if (tag.Kind == TextTokenKind.Text)
                continue;
            // Judged by the text as it was written, so that two tags that share a line break both see it.
            var alone = tag.Kind != TextTokenKind.Value && IsLineStart(text, tag.Start) && LineEnd(text, tag.End) >= 0;
            if (i > 0 && tokens[i - 1] is { Kind: TextTokenKind.Text } before && before.End == tag.Start)
                tokens[i - 1] = before with { Content = TrimBefore(before.Content, tag, alone) };
            if (i + 1 < tokens.Count && tokens[i + 1] is { Kind: TextTokenKind.Text } after && after.Start == tag.End)
                tokens[i + 1] = after with { Content = TrimAfter(after.Content, tag, alone) };
        }
    }

    private static string TrimBefore(string content, TextToken tag, bool alone) =>
        tag.TrimBefore ? content.TrimEnd() : alone ? content.TrimEnd(' ', '\t') : content;

    private static string TrimAfter(string content, TextToken tag, bool alone) =>
        tag.TrimAfter ? content.TrimStart() : alone ? content[LineEnd(content, 0)..] : content;

    private static bool IsLineStart(string text, int at)
    {
        while (at > 0 && text[at - 1] is ' ' or '\t')
            at--;
        return at == 0 || text[at - 1] == '\n';
    }

    /// <summary>After the line break that ends a line of nothing but space; -1 where there is more on it.</summary>
    private static int LineEnd(string text, int at)
    {
        while (at < text.Length && text[at] is ' ' or '\t')
            at++;
        if (at == text.Length)
            return at;
        if (text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n')
            return at + 2;
        return text[at] == '\n' ? at + 1 : -1;
    }
}
