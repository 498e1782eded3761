namespace Outrigger.Cli.Tests.Commands;

public sealed class LintCommandTests : IDisposable
{
    private const string Head = "apiVersion: outrigger.dev/v1alpha1\nkind: ClusterPattern\nmetadata: {name: x}\nspec:\n  role: sidecar\n  version: 1.0.0\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Lint_NothingFound_Counts()
    {
        var file = _folder.Write("binding.yaml", "apiVersion: outrigger.dev/v1alpha1\nkind: ClusterPatternBinding\nmetadata: {name: all}\nspec:\n  uses: [{pattern: topz}]\n");

        CliRun.Of("lint", file).Should().Be(new CliRun(0, "0 patterns, 1 binding: no findings\n", ""));
    }

    [Fact]
    public void Lint_Finding_NamesItsPlaceAndExitsWith1()
    {
        var file = _folder.Write("pattern.yaml", Head + "  containers: [{name: fixed, image: \"a:latest\"}]\n");

        var run = CliRun.Of("lint", file);

        run.Should().Match<CliRun>(r => r.ExitCode == 1 && r.Error.Length == 0);
        run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().NotBeEmpty().And.OnlyContain(line => line.StartsWith($"{file}:"));
    }

    [Theory]
    [InlineData("{{imgae}}")]
    [InlineData("{{")]
    public void Lint_PatternThatTheReaderRefuses_IsAFinding(string image)
    {
        var file = _folder.Write("pattern.yaml", Head + $"  containers: [{{name: x, image: \"{image}\"}}]\n");

        CliRun.Of("lint", file).Should().Match<CliRun>(r => r.ExitCode == 1 && r.Output.StartsWith($"{file}:7: "));
    }

    [Fact]
    public void Lint_Folder_PassesOverManifestsOfOthers()
    {
        _folder.Write("x/binding.yaml", "apiVersion: outrigger.dev/v1alpha1\nkind: ClusterPatternBinding\nmetadata: {name: all}\nspec:\n  uses: [{pattern: topz}]\n");
        var example = _folder.Write("x/example.yaml", Greeter.Pod);

        CliRun.Of("lint", _folder.Path).ExitCode.Should().Be(0);
        CliRun.Of("lint", example).ExitCode.Should().Be(1, "it was named itself");
    }

    [Fact]
    public void Lint_PatternsThatAreBuiltIn_AreNoClash()
    {
        foreach (var file in Core.Catalog.BuiltInPatterns.Files)
            _folder.Write(file.Path, file.Text);

        CliRun.Of("lint", _folder.Path).Output.Should().EndWith(" patterns, 0 bindings: no findings\n");
    }

    [Fact]
    public void Lint_MissingFile_ExitsWith3() =>
        CliRun.Of("lint", _folder["missing.yaml"]).Should().Match<CliRun>(r => r.ExitCode == 3 && r.Output.Length == 0 && r.Error.StartsWith("error: "));
}
