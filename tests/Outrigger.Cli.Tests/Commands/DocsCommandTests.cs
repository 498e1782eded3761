using Outrigger.Cli.Docs;

namespace Outrigger.Cli.Tests.Commands;

public sealed class DocsCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private CliRun Docs() => CliRun.Of("docs", _folder["patterns"], "-o", _folder["pages"]);

    private string Greeter() => _folder.Write("patterns/greeter.yaml", File.ReadAllText(Tests.Greeter.Catalog));

    private string Tap() => _folder.Write("patterns/tap.yaml", File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Catalogs", "tap.yaml")));

    private string[] Pages() => [.. Directory.GetFileSystemEntries(_folder["pages"]).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Fact]
    public void Docs_Catalog_IsAPageAPatternAndAnIndex()
    {
        Greeter();

        Docs().Should().Be(new CliRun(0, $"{_folder["pages"]}: 2 pages, 2 written, 0 removed\n", ""));

        Pages().Should().Equal("README.md", "greeter.md");
        File.ReadAllText(_folder["pages/README.md"]).Should().Be(
            """
            <!-- Written by outrigger docs: changes made here are lost. -->

            # Patterns

            What each pattern does, its parameters, and what it adds to a Pod.

            | pattern | role | version | does |
            | --- | --- | --- | --- |
            | [greeter](greeter.md) | sidecar | 1.0.0, 2.0.0 | Greets. |

            """);
    }

    [Fact]
    public void Docs_Page_TellsAllOfAPattern()
    {
        Tap();

        Docs().ExitCode.Should().Be(0);

        File.ReadAllText(_folder["pages/tools.tap.md"]).Should().Be(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Pages", "tools.tap.md")));
    }

    [Fact]
    public void Docs_SeveralVersions_AreOnOnePageTheDefaultOneFirst()
    {
        Greeter();
        Docs();

        var page = File.ReadAllText(_folder["pages/greeter.md"]);

        page.Should().Contain("Its versions are 1.0.0, 2.0.0; a use without a version gets 1.0.0.");
        page.Split('\n').Where(line => line.StartsWith('#')).Should().Equal(
            "# greeter", "## Version 1.0.0", "### Parameters", "### What it adds to a Pod", "### Example",
            "## Version 2.0.0", "### What it adds to a Pod", "### Example");
        page.Should().Contain("outrigger.dev/sidecar: greeter@2.0.0").And.NotContain("outrigger.dev/status:", "the note is not shown");
    }

    [Fact]
    public void Docs_ExampleBesideAPattern_IsShownWithWhatComesOfIt()
    {
        Greeter();
        _folder.Write("patterns/example.yaml", Tests.Greeter.Pod);
        Docs();

        File.ReadAllText(_folder["pages/greeter.md"]).Should().Contain($"```yaml\n{Tests.Greeter.Pod}```\n").And.Contain("+    - name: greeter\n");
    }

    [Fact]
    public void Docs_ExampleThatWouldBeRefused_IsAFindingAndNothingIsWritten()
    {
        Greeter();
        var example = _folder.Write("patterns/example.yaml", Tests.Greeter.Pod.Replace("who: world", "whom: world"));

        Docs().Should().Match<CliRun>(run => run.ExitCode == 1 && run.Output.Length == 0 && run.Error.StartsWith($"error: {example}:") && run.Error.Contains("did you mean \"who\"?"));

        Directory.Exists(_folder["pages"]).Should().BeFalse();
    }

    [Theory]
    [InlineData("patterns/example.yaml", "a: [")]
    [InlineData("patterns/greeter.yaml", "a: [")]
    public void Docs_FileThatCannotBeRead_ExitsWith3(string file, string text)
    {
        Greeter();
        var broken = _folder.Write(file, text);

        Docs().Should().Match<CliRun>(run => run.ExitCode == 3 && run.Error.StartsWith($"error: {broken}:"));
        Directory.Exists(_folder["pages"]).Should().BeFalse();
    }

    [Fact]
    public void Docs_Again_WritesTheSameBytesAndTouchesNothing()
    {
        Greeter();
        Docs();
        var first = File.ReadAllBytes(_folder["pages/greeter.md"]);

        Docs().Output.Should().EndWith(": 2 pages, 0 written, 0 removed\n");
        CliRun.Of("docs", _folder["patterns"], "-o", _folder["others"]).ExitCode.Should().Be(0);

        File.ReadAllBytes(_folder["others/greeter.md"]).Should().Equal(first);
    }

    [Fact]
    public void Docs_PatternThatIsGone_TakesItsPageAlong_AndNothingOfOthers()
    {
        Greeter();
        Tap();
        _folder.Write("pages/notes.md", "# Notes\n");
        _folder.Write("pages/short.md", "<!--");
        _folder.Write("pages/tap.txt", Page.Mark);
        _folder.Write("pages/inner/old.md", Page.Mark);
        Docs().Output.Should().EndWith(": 3 pages, 3 written, 0 removed\n");
        File.Delete(_folder["patterns/tap.yaml"]);

        Docs().Output.Should().EndWith(": 2 pages, 1 written, 1 removed\n");

        Pages().Should().Equal("README.md", "greeter.md", "inner", "notes.md", "short.md", "tap.txt");
        File.Exists(_folder["pages/inner/old.md"]).Should().BeTrue();
    }

    [Fact]
    public void Docs_PageOfSomebodyElseInTheWay_IsLeftAndTold()
    {
        Greeter();
        var theirs = _folder.Write("pages/README.md", "# Ours\n");

        Docs().Should().Match<CliRun>(run => run.ExitCode == 3 && run.Error.Contains($"{theirs}: is in the way"));

        Pages().Should().Equal("README.md");
        File.ReadAllText(theirs).Should().Be("# Ours\n");
    }

    [Fact]
    public void Docs_FolderThatCannotBe_ExitsWith3()
    {
        Greeter();
        _folder.Write("pages", "a file");

        Docs().Should().Match<CliRun>(run => run.ExitCode == 3 && run.Error.StartsWith($"error: {_folder["pages"]}: cannot be written: "));
    }

    [Fact]
    public void Docs_CatalogWithoutPatterns_IsRefused()
    {
        _folder.Write("patterns/binding.yaml", "apiVersion: outrigger.dev/v1alpha1\nkind: ClusterPatternBinding\nmetadata: {name: all}\nspec:\n  uses: [{pattern: topz}]\n");

        Docs().Should().Match<CliRun>(run => run.ExitCode == 3 && run.Error.Contains("holds no pattern"));
    }
}
