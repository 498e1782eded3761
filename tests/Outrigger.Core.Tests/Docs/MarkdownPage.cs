using System.Text.RegularExpressions;

namespace Outrigger.Core.Tests.Docs;

/// <summary>The parts of a Markdown page that tests look at, as GitHub reads them.</summary>
internal sealed partial class MarkdownPage
{
    private readonly List<MarkdownSnippet> _snippets = [];
    private readonly List<string> _prose = [];

    public MarkdownPage(string text)
    {
        string? fence = null;
        var (info, start) = ("", 0);
        var snippet = new List<string>();
        foreach (var (index, line) in text.ReplaceLineEndings("\n").Split('\n').Index())
        {
            var trimmed = line.TrimStart();
            if (fence is null && trimmed.StartsWith("```", StringComparison.Ordinal))
            {
                info = trimmed.TrimStart('`');
                fence = trimmed[..^info.Length];
                start = index + 2;
                snippet.Clear();
            }
            else if (fence is not null && trimmed.TrimEnd() == fence)
            {
                var words = info.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                _snippets.Add(new(words.FirstOrDefault() ?? "", words.ElementAtOrDefault(1), string.Join('\n', snippet) + "\n", start));
                fence = null;
            }
            else
            {
                (fence is null ? _prose : snippet).Add(line);
            }
        }
    }

    /// <summary>The fenced blocks.</summary>
    public IReadOnlyList<MarkdownSnippet> Snippets => _snippets;

    /// <summary>The targets of links and images outside of code.</summary>
    public IEnumerable<string> Links => _prose.SelectMany(line => Link().Matches(Code().Replace(line, "")).Select(link => link.Groups[1].Value));

    /// <summary>The names by which links reach the page's headings.</summary>
    public IEnumerable<string> Anchors => _prose.Where(line => line.StartsWith('#'))
        .Select(line => NotInAnchors().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"\]\(([^)\s]+)[^)]*\)")]
    private static partial Regex Link();

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex Code();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchors();
}

/// <summary>A fenced block.</summary>
/// <param name="Language">The first word behind the fence, which says how to colour it.</param>
/// <param name="File">The second one, which readers do not see: the file that the text tells to write it to.</param>
/// <param name="Text">What is in it.</param>
/// <param name="Line">The line of the page that it starts on.</param>
internal sealed record MarkdownSnippet(string Language, string? File, string Text, int Line);
