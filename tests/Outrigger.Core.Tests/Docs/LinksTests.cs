namespace Outrigger.Core.Tests.Docs;

public sealed class LinksTests
{
    public static TheoryData<string> Pages => [.. Repository.Pages()];

    [Theory]
    [MemberData(nameof(Pages))]
    public void EveryRelativeLink_LeadsToAFileAndAHeading(string page)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Repository.Root, page))!;
        new MarkdownPage(Repository.Read(page)).Links
            .Where(link => !Uri.TryCreate(link, UriKind.Absolute, out _))
            .Where(link => !Leads(link, folder, page))
            .Should().BeEmpty();
    }

    [Fact]
    public void EveryPageOfDocs_IsInItsIndex()
    {
        var index = new MarkdownPage(Repository.Read("docs/README.md")).Links.Select(link => "docs/" + link);
        Repository.Pages()
            .Where(page => Path.GetDirectoryName(page) == "docs" && page != "docs/README.md")
            .Should().BeSubsetOf(index);
    }

    [Fact]
    public void EveryDecision_IsInItsIndex()
    {
        var index = new MarkdownPage(Repository.Read("docs/adr/README.md")).Links.Select(link => "docs/adr/" + link);
        Repository.Pages()
            .Where(page => page.StartsWith("docs/adr/", StringComparison.Ordinal) && page != "docs/adr/README.md")
            .Should().BeEquivalentTo(index);
    }

    private static bool Leads(string link, string folder, string page)
    {
        var parts = link.Split('#');
        var target = parts[0].Length == 0 ? Path.Combine(Repository.Root, page) : Path.Combine(folder, Uri.UnescapeDataString(parts[0]));
        if (parts.Length == 1)
            return Path.Exists(target);
        return File.Exists(target) && new MarkdownPage(File.ReadAllText(target)).Anchors.Contains(parts[1]);
    }
}
