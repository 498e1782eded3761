namespace Outrigger.Cli.Tests.Commands;

/// <summary>Bad input: a clear message that names the place, the right exit code, and nothing half done.</summary>
public sealed class InjectMistakesTests : IDisposable
{
    private const string Asks = "outrigger.dev/sidecar: greeter";
    private const string Who = "greeter.outrigger.dev/who: world";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(6, "greter", "outrigger.dev/sidecar: greter")]
    [InlineData(6, "version", "outrigger.dev/sidecar: greeter@3")]
    [InlineData(6, "outrigger.dev/adapter", "outrigger.dev/adapter: greeter", Who)]
    [InlineData(6, "twice", "outrigger.dev/sidecar: greeter, greeter", Who)]
    [InlineData(6, "greeter.outrigger.dev/who", Asks)]
    [InlineData(8, "did you mean \"port\"", Asks, Who, "greeter.outrigger.dev/prot: \"1\"")]
    [InlineData(8, "greeter.outrigger.dev/port", Asks, Who, "greeter.outrigger.dev/port: eighty")]
    [InlineData(7, "greeter.outrigger.dev/who", Asks, "greeter.outrigger.dev/who: two words")]
    [InlineData(8, "operator", Asks, Who, "greeter.outrigger.dev/image: example.com/mine:1")]
    [InlineData(8, "outrigger.dev/sidecars", Asks, Who, "outrigger.dev/sidecars: greeter")]
    [InlineData(8, "outrigger.dev/inject", Asks, Who, "outrigger.dev/inject: \"no\"")]
    [InlineData(8, "outrigger.dev/container", Asks, Who, "outrigger.dev/container: wev")]
    public void Inject_MistakeInAnAnnotation_NamesItsLineAndPrintsNothing(int line, string named, params string[] annotations)
    {
        var run = Inject(Greeter.PodWith(annotations));

        run.ExitCode.Should().Be(1);
        run.Output.Should().BeEmpty();
        run.ErrorLines.Should().ContainSingle().Which.Should().StartWith($"error: -:{line}: Pod/shop: ").And.Contain(named);
    }

    [Theory]
    [InlineData("greeter", "- {name: greeter, image: other}")]
    [InlineData("8081", "- {name: other, image: other, ports: [{containerPort: 8081}]}")]
    [InlineData("greeter-files", "volumes: [{name: greeter-files}]")]
    public void Inject_ClashWithThePod_NamesWhatClashes(string named, string spec)
    {
        var run = Inject(Greeter.PodWith([Asks, Who], spec));

        run.Should().Match<CliRun>(r => r.ExitCode == 1 && r.Output.Length == 0);
        run.ErrorLines.Should().ContainSingle().Which.Should().StartWith("error: -:").And.Contain(named);
    }

    [Fact]
    public void Inject_ClashOfMountPaths_NamesThePath()
    {
        var pod = Greeter.PodWith([Asks, Who], "  volumeMounts: [{name: own, mountPath: /greetings/}]");

        Inject(pod).Should().Match<CliRun>(r => r.ExitCode == 1 && r.Output.Length == 0 && r.Error.Contains("/greetings"));
    }

    [Fact]
    public void Inject_AnnotationsOver256KiB_IsRefused()
    {
        var run = Inject(Greeter.PodWith([Asks, Who, $"big: {new string('x', 256 * 1024)}"]));

        run.Should().Match<CliRun>(r => r.ExitCode == 1 && r.Output.Length == 0);
        run.Error.Should().Contain("262,144");
    }

    [Fact]
    public void Inject_MistakesInSeveralDocuments_TellsAllAndPrintsNone()
    {
        var run = Inject(Greeter.Deployment + "---\n" + Greeter.PodWith([Asks]) + "---\n" + Greeter.PodWith(["outrigger.dev/sidecar: grater", "greeter.outrigger.dev/x: y"]));

        run.Should().Match<CliRun>(r => r.ExitCode == 1 && r.Output.Length == 0);
        run.ErrorLines.Should().HaveCountGreaterThan(2).And.OnlyContain(line => line.StartsWith("error: -:"));
    }

    [Fact]
    public void Inject_InputsThatCannotBeRead_TellsAllAndExitsWith3()
    {
        var broken = _folder.Write("broken.yaml", "a: 1\nb: [\n");
        var twice = _folder.Write("twice.yaml", "a: 1\na: 2\n");

        var run = CliRun.Of("inject", "-f", broken, "-f", _folder["missing.yaml"], "-f", twice);

        run.Should().Match<CliRun>(r => r.ExitCode == 3 && r.Output.Length == 0);
        run.ErrorLines.Should().HaveCount(3).And.OnlyContain(line => line.StartsWith("error: "));
        run.Error.Should().Contain($"{broken}:").And.Contain($"{_folder["missing.yaml"]}: there is no such file").And.Contain($"{twice}:2: ");
    }

    [Theory]
    [InlineData("not: [yaml")]
    [InlineData("apiVersion: v1\nkind: Pod\n")]
    [InlineData("apiVersion: outrigger.dev/v1alpha1\nkind: ClusterPattern\nmetadata: {name: x}\nspec: {role: sidecar, version: 1.0.0, containers: [{name: x, image: \"{{imgae}}\"}]}\n")]
    [InlineData("apiVersion: outrigger.dev/v1alpha1\nkind: ClusterPattern\nmetadata: {name: x}\nspec: {role: sidecar, version: 1.0.0, parameters: {type: object, properties: {free: {type: string}}}, containers: [{name: x, image: a, args: [\"{{free}}\"]}]}\n")]
    public void Inject_CatalogThatCannotBeRead_NamesItsPlaceAndExitsWith3(string catalog)
    {
        var file = _folder.Write("catalog.yaml", catalog);

        var run = CliRun.With(Greeter.Pod, "inject", "-f", "-", "--catalog", file);

        run.Should().Match<CliRun>(r => r.ExitCode == 3 && r.Output.Length == 0);
        run.ErrorLines.Should().NotBeEmpty().And.OnlyContain(line => line.StartsWith($"error: {file}:"));
    }

    [Fact]
    public void Inject_DefaultForNothing_IsTold() =>
        Inject(Greeter.Pod, "--default", "greeter.prot=1").Should().Match<CliRun>(r => r.ExitCode == 2 && r.Output.Length == 0 && r.Error.Contains("prot"));

    [Fact]
    public void Inject_MessageWithATerminalEscape_ShowsItEscaped()
    {
        var run = Inject(Greeter.Pod.Replace("shop   #", "\"sh\\eop\" #").Replace("who: world", "who: \"\\e[31m\""));

        run.ExitCode.Should().Be(1);
        run.Error.Should().NotContain("\e").And.Contain("Pod/sh\\u001bop");
    }

    [Fact]
    public void Inject_AskedForNoMore_IsAWarning()
    {
        var injected = Inject(Greeter.Pod).Output.Replace("        outrigger.dev/sidecar: greeter\n", "").Replace("        greeter.outrigger.dev/who: world\n", "");

        var run = Inject(injected);

        run.ExitCode.Should().Be(0);
        run.Output.Should().Be(injected);
        run.ErrorLines.Should().ContainSingle().Which.Should().Contain("use greeter was injected before, and nothing asks for it any more");
    }

    [Fact]
    public void Inject_PatchOfAListWhoseMetadataIsAText_IsPrinted()
    {
        var list = "apiVersion: v1\nkind: List\nmetadata: abc\nitems:\n- " + Greeter.PodWith(["outrigger.dev/sidecar: greeter", "greeter.outrigger.dev/who: world"]).TrimEnd().Replace("\n", "\n  ") + "\n---\na: 1\n";

        Inject(list, "-o", "patch").Should().Match<CliRun>(run => run.ExitCode == 0 && run.Output.Contains("\"path\":\"/items/0/spec/containers/-\""));
    }

    [Fact]
    public void Inject_OnATerminal_ColorsTheWordError()
    {
        var run = CliRun.In(terminal => terminal with { ErrorHasColors = true }, "inject", "-f", _folder["missing.yaml"]);

        run.Error.Should().StartWith("\e[1;31merror: \e[0m");
    }

    private static CliRun Inject(string text, params string[] more) => CliRun.With(text, ["inject", "-f", "-", .. Greeter.Only, .. more]);
}
