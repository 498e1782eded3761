using System.Text.RegularExpressions;

namespace Outrigger.Core.Tests.Docs;

/// <summary>The parts of a Markdown page that tests look at, as GitHub reads them.</summary>
internal sealed partial class MarkdownPage
{
    private readonly List<(string Language, string Text, int Line)> _snippets = [];
    private readonly List<string> _prose = [];

    public MarkdownPage(string text)
    {
        string? fence = null;
        var (language, start) = ("", 0);
        var snippet = new List<string>();
        foreach (var (index, line) in text.ReplaceLineEndings("\n").Split('\n').Index())
        {
            var trimmed = line.TrimStart();
            if (fence is null && trimmed.StartsWith("```", StringComparison.Ordinal))
            {
                var info = trimmed.TrimStart('`');
                fence = trimmed[..^info.Length];
                (language, start) = (info.Trim(), index + 2);
                snippet.Clear();
            }
            else if (fence is not null && trimmed.TrimEnd() == fence)
            {
                _snippets.Add((language, string.Join('\n', snippet) + "\n", start));
                fence = null;
            }
            else
            {
                (fence is null ? _prose : snippet).Add(line);
            }
        }
    }

    /// <summary>The fenced blocks, each with the line of the page that it starts on.</summary>
    public IEnumerable<(string Language, string Text, int Line)> Snippets => _snippets;

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
