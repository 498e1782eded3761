using Outrigger.Core.Catalog;

namespace Outrigger.Core.Tests.Docs;

public sealed class SnippetsTests
{
    private const string Page = "docs/writing-patterns.md";

    /// <summary>The line and text of each snippet that says that it is a whole pattern.</summary>
    public static TheoryData<int, string> Patterns
    {
        get
        {
            var patterns = new TheoryData<int, string>();
            foreach (var snippet in new MarkdownPage(Repository.Read(Page)).Snippets)
            {
                if (snippet.Language == "yaml" && snippet.Text.StartsWith("# pattern\n", StringComparison.Ordinal))
                    patterns.Add(snippet.Line, snippet.Text);
            }

            return patterns;
        }
    }

    [Theory]
    [MemberData(nameof(Patterns))]
    public void EveryPatternOfTheGuide_IsReadAndHasNoFindings(int line, string text)
    {
        var file = $"{Page}:{line}";
        var catalog = CatalogReader.Read([new CatalogFile(file, text)], Installation.Plain);
        catalog.Problems.Should().BeEmpty();
        catalog.Value.Patterns.Should().ContainSingle();
        PatternLint.Check(catalog.Value, name => name == file).Should().BeEmpty();
    }
}
