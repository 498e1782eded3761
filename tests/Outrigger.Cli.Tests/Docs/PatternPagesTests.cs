using Outrigger.Core.Tests.Docs;

namespace Outrigger.Cli.Tests.Docs;

/// <summary>Holds <c>docs/patterns</c> to the built-in catalog.</summary>
public sealed class PatternPagesTests : IDisposable
{
    private const string Remedy = "docs/patterns is written from patterns/: run `make docs`";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void DocsPatterns_AreThePagesOfThePatterns()
    {
        CliRun.Of("docs", Path.Combine(Repository.Root, "patterns"), "-o", _folder.Path).Error.Should().BeEmpty();
        var committed = Path.Combine(Repository.Root, "docs", "patterns");

        Names(committed).Should().Equal(Names(_folder.Path), Remedy);
        foreach (var name in Names(_folder.Path))
            File.ReadAllText(Path.Combine(committed, name)).Should().Be(File.ReadAllText(_folder[name]), "{0}, for {1} is not as it would be", Remedy, name);
    }

    private static IEnumerable<string> Names(string folder) => Directory.GetFiles(folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);
}
