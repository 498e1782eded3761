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
            foreach (var (language, text, line) in new MarkdownPage(Repository.Read(Page)).Snippets)
            {
                if (language == "yaml" && text.StartsWith("# pattern\n", StringComparison.Ordinal))
                    patterns.Add(line, text);
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

    [Fact]
    public void TheGuidesFirstStep_BreaksAsItSays_WithoutTheBound()
    {
        var text = new MarkdownPage(Repository.Read(Page)).Snippets.First(snippet => snippet.Text.StartsWith("# pattern\n", StringComparison.Ordinal)).Text;
        var unbound = string.Join('\n', text.Split('\n').Where(line => !line.TrimStart().StartsWith("pattern:", StringComparison.Ordinal)));
        CatalogReader.Read([new CatalogFile(Page, unbound)], Installation.Plain)
            .Problems.Should().ContainSingle().Which.Subject.Should().Be("spec.files.index.html");
    }
}
