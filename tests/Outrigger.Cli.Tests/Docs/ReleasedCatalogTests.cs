using System.Diagnostics;
using System.Text.RegularExpressions;
using Outrigger.Core.Tests.Docs;

namespace Outrigger.Cli.Tests.Docs;

/// <summary>The state of the last release, <c>patterns/.released</c>, and how <c>make release-catalog</c> makes it.</summary>
public sealed class ReleasedCatalogTests : IDisposable
{
    private static readonly string Patterns = Path.Combine(Repository.Root, "patterns");
    private static readonly string Released = Path.Combine(Patterns, ".released");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void BuiltInPatterns_KeepToWhatWasReleased()
    {
        // Before the first release there is nothing to keep to. From then on, it is there.
        var isReleased = Regex.IsMatch(Repository.Read("CHANGELOG.md"), @"^## \[\d+\.\d+\.\d+\] - \d", RegexOptions.Multiline);
        if (!Directory.Exists(Released))
        {
            isReleased.Should().BeFalse("CHANGELOG.md names a release, and patterns/.released is not there: run `make release-catalog`");
            return;
        }

        var run = CliRun.Of("compat", Released, Patterns);
        run.ExitCode.Should().Be(0, "of what `make compat` says:\n{0}", run.Output + run.Error);
    }

    [Fact]
    public void ReleasedPatterns_AreNoPartOfThePrograms() =>
        Core.Catalog.BuiltInPatterns.Files.Select(file => file.Path).Should().NotBeEmpty().And.OnlyContain(path => Regex.IsMatch(path, "^patterns/[a-z0-9][a-z0-9-]*/pattern.yaml$"));

    [Fact]
    public void Release_KeepsACopyThatNothingElseReads()
    {
        Copy();

        var (exitCode, output) = Run("release");

        (exitCode, output).Should().Match<(int ExitCode, string Output)>(run => run.ExitCode == 0 && run.Output.Contains(".released is not there: nothing was released yet"));
        File.ReadAllText(_folder["patterns/.released/https/pattern.yaml"]).Should().Be(File.ReadAllText(Path.Combine(Patterns, "https", "pattern.yaml")));
        Directory.GetFiles(_folder["patterns/.released"], "*", SearchOption.AllDirectories).Should().HaveCount(Core.Catalog.BuiltInPatterns.Files.Count());
        CliRun.Of("lint", _folder["patterns"]).Output.Should().StartWith($"{Core.Catalog.BuiltInPatterns.Files.Count()} patterns");
        Run("check").ExitCode.Should().Be(0);
    }

    [Fact]
    public void Release_OfWhatBreaksTheLast_IsRefused_UntilTheVersionSaysSo()
    {
        Copy();
        Run("release").ExitCode.Should().Be(0);
        var released = File.ReadAllText(_folder["patterns/.released/topz/pattern.yaml"]);
        var broken = released.Replace("default: 8080", "default: 8081", StringComparison.Ordinal);
        broken.Should().NotBe(released);
        _folder.Write("patterns/topz/pattern.yaml", broken);

        Run("check").Should().Match<(int ExitCode, string Output)>(run => run.ExitCode == 1 && run.Output.Contains("topz 1.0.0: changed without a new version; it must be 2.0.0 or later"));
        Run("release").ExitCode.Should().Be(1);
        File.ReadAllText(_folder["patterns/.released/topz/pattern.yaml"]).Should().Be(released);

        var raised = Regex.Replace(broken, @"version: \d+\.\d+\.\d+", "version: 99.0.0");
        _folder.Write("patterns/topz/pattern.yaml", raised);
        Run("release").ExitCode.Should().Be(0);
        File.ReadAllText(_folder["patterns/.released/topz/pattern.yaml"]).Should().Be(raised);
        Directory.GetDirectories(_folder["patterns"]).Should().NotContain(folder => folder.EndsWith(".new") || folder.EndsWith(".old"));
    }

    [Fact]
    public void Release_OfWhatCannotBeRead_LeavesTheLast()
    {
        Copy();
        Run("release").ExitCode.Should().Be(0);
        _folder.Write("patterns/topz/pattern.yaml", "a: [");

        Run("release").ExitCode.Should().Be(3);

        Directory.Exists(_folder["patterns/.released/topz"]).Should().BeTrue();
    }

    private void Copy()
    {
        foreach (var file in Core.Catalog.BuiltInPatterns.Files)
            _folder.Write(file.Path, file.Text);
    }

    private (int ExitCode, string Output) Run(string mode)
    {
        var start = new ProcessStartInfo("/bin/sh", [Path.Combine(Repository.Root, ".ci", "released-catalog"), mode, "patterns"])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["OUTRIGGER"] = $"dotnet {typeof(OutriggerCommand).Assembly.Location}";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
