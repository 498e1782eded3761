using Outrigger.Core.Manifests;
using Outrigger.Core.Manifests.Syntax;
using YamlDotNet.Core;

namespace Outrigger.Core.Patching;

/// <summary>The end of a document that lacks its last line break.</summary>
internal static class YamlPatchEnd
{
    /// <summary>
    /// The same document with <c>|-</c> in place of <c>|</c> before the block scalar that is its end: it says the same, whatever comes to stand
    /// behind it. Null where it does not end in one.
    /// </summary>
    public static ManifestDocument? Stripped(ManifestDocument document)
    {
        var text = document.Text;
        if (text.EndsWith('\n') || document.Syntax is null || Last(document.Syntax) is not { } last)
            return null;
        var header = text.AsSpan(last.Span.Start).IndexOfAny('|', '>');
        if (header < 0)
            return null;
        var start = last.Span.Start + header + 1;
        var end = start;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] is '+' or '-'))
            end++;
        var indicators = text[start..end];
        if (indicators.Contains('-', StringComparison.Ordinal))
            return null;
        var problems = new List<Results.Problem>();
        var stripped = ManifestReader.ReadOne($"{text[..start]}{indicators.Replace("+", "", StringComparison.Ordinal)}-{text[end..]}", document.Start, problems);
        return problems.Count == 0 ? stripped : null;
    }

    private static SyntaxScalar? Last(SyntaxNode node) => node switch
    {
        SyntaxMapping { IsFlow: false, Entries: [.., var entry] } => Last(entry.Value),
        SyntaxSequence { IsFlow: false, Items: [.., var item] } => Last(item.Value),
        SyntaxScalar { Style: ScalarStyle.Literal or ScalarStyle.Folded } scalar => scalar,
        _ => null,
    };
}
