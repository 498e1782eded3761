namespace Outrigger.Cli.Tests;

public sealed class UsageTests
{
    [Theory]
    [InlineData("--nothing")]
    [InlineData("inject")]
    [InlineData("inject", "-f")]
    [InlineData("inject", "-f", "a.yaml", "--unknown")]
    [InlineData("inject", "-f", "a.yaml", "-o", "xml")]
    [InlineData("inject", "-f", "a.yaml", "-o", "json", "--diff")]
    [InlineData("inject", "-f", "a.yaml", "--native-sidecars", "maybe")]
    [InlineData("inject", "-f", "a.yaml", "--builtin-patterns", "perhaps")]
    [InlineData("inject", "-f", "a.yaml", "--default", "https")]
    [InlineData("inject", "-f", "a.yaml", "b.yaml")]
    [InlineData("uninject")]
    [InlineData("explain")]
    [InlineData("explain", "-f", "a.yaml", "-o", "yaml")]
    [InlineData("patterns", "https", "split")]
    [InlineData("lint")]
    [InlineData("compat", "a.yaml")]
    [InlineData("compat", "-", "-")]
    [InlineData("compat", "a.yaml", "b.yaml", "-o", "yaml")]
    [InlineData("docs", "a.yaml")]
    [InlineData("docs", "-o", "x")]
    [InlineData("certs")]
    [InlineData("certs", "-o", "x", "--days", "0")]
    [InlineData("certs", "-o", "x", "--days", "many")]
    [InlineData("certs", "-o", "x", "--ip", "localhost")]
    [InlineData("certs", "-o", "x", "--dns", "a_b")]
    [InlineData("certs", "-o", "x", "--service", "outrigger")]
    [InlineData("frobnicate")]
    [InlineData]
    public void Invoke_WrongUsage_ExitsWith2AndPointsToTheHelp(params string[] args)
    {
        var run = CliRun.Of(args);

        run.ExitCode.Should().Be(2);
        run.Output.Should().BeEmpty();
        run.ErrorLines[..^1].Should().NotBeEmpty().And.OnlyContain(line => line.StartsWith("error: "));
        run.ErrorLines[^1].Should().StartWith("See \"outrigger").And.EndWith("--help\".");
        Directory.Exists("x").Should().BeFalse();
    }

    [Fact]
    public void Invoke_UnknownOption_NamesIt() =>
        CliRun.Of("inject", "-f", "a.yaml", "--unknown").Error.Should().Contain("'--unknown'").And.Contain("See \"outrigger inject --help\".");

    [Theory]
    [InlineData("error: there is no command \"explian\"; did you mean \"explain\"?; there are inject, ", "explian", "-f", "a.yaml")]
    [InlineData("error: \"a.yaml\" stands alone; files are named by -f: inject -f a.yaml\nSee", "inject", "a.yaml")]
    [InlineData("error: \"b\" is one argument too many\nSee", "patterns", "a", "b")]
    [InlineData("error: there is no option '--filenam'; did you mean \"--filename\"?\n", "inject", "--filenam", "a.yaml")]
    [InlineData("error: --builtin-patterns no: allowed is true or false\nSee", "patterns", "--builtin-patterns", "no")]
    public void Invoke_Mistyped_SaysWhatIsMeant(string message, params string[] args) => CliRun.Of(args).Error.Should().StartWith(message);

    [Fact]
    public void Invoke_Help_ListsAllCommands()
    {
        var run = CliRun.Of("--help");

        run.ExitCode.Should().Be(0);
        run.Output.Should().ContainAll("inject", "uninject", "explain", "patterns", "lint", "compat", "docs", "certs", "outrigger [command] [options]");
    }

    [Fact]
    public void Invoke_AsAPluginOfKubectl_ShowsTheNameThatTheUserTyped()
    {
        var help = CliRun.In(terminal => terminal with { ProgramName = ProgramNames.Of("/usr/local/bin/kubectl-outrigger") }, "inject", "--help");

        help.ExitCode.Should().Be(0);
        help.Output.Should().Contain("kubectl outrigger inject [options]");
    }

    [Theory]
    [InlineData("/usr/bin/outrigger", "outrigger")]
    [InlineData("outrigger.exe", "outrigger")]
    [InlineData("./kubectl-outrigger", "kubectl outrigger")]
    [InlineData("C:/tools/kubectl-outrigger.exe", "kubectl outrigger")]
    [InlineData("/usr/bin/dotnet", "outrigger")]
    [InlineData(null, "outrigger")]
    public void Of_PathOfTheProgram_IsWhatTheUserTypes(string? path, string name) => ProgramNames.Of(path).Should().Be(name);

    [Fact]
    public void Invoke_Version_PrintsItAlone()
    {
        var run = CliRun.Of("--version");

        run.ExitCode.Should().Be(0);
        run.Output.Should().MatchRegex(@"^\d+\.\d+\.\d+\n$");
    }

    [Fact]
    public void Invoke_Suggest_CompletesCommands() => CliRun.Of("[suggest:1]", "u").Output.Should().Contain("uninject");
}
