namespace Outrigger.Cli.Tests.Commands;

public sealed class UninjectCommandTests
{
    public static TheoryData<string> Manifests { get; } =
    [
        Greeter.Pod,
        Greeter.Deployment,
        Greeter.Pod.ReplaceLineEndings("\r\n"),
        Greeter.Pod.TrimEnd('\n'),
        "# first\n---\n" + Greeter.Pod + "---\n" + Greeter.Deployment + "...\n# last\n",
        Greeter.PodWith(["outrigger.dev/sidecar: greeter, second=greeter@2", "greeter.outrigger.dev/who: me"], "  env: []", "volumes: []", "initContainers: []"),
        Greeter.PodWith(["outrigger.dev/sidecar: greeter@2"], "volumes:  # none yet", "initContainers: null"),
        """{"apiVersion": "v1", "kind": "Pod", "metadata": {"annotations": {"outrigger.dev/sidecar": "greeter@2"}}, "spec": {"containers": [{"name": "web"}]}}""",
        "{\n  \"apiVersion\": \"v1\",\n  \"kind\": \"Pod\",\n  \"metadata\": {\n    \"annotations\": {\n      \"outrigger.dev/sidecar\": \"greeter\",\n      \"greeter.outrigger.dev/who\": \"me\"\n    }\n  },\n  \"spec\": {\n    \"containers\": [\n      {\n        \"name\": \"web\"\n      }\n    ]\n  }\n}\n",
        "kind: CronJob\napiVersion: batch/v1\nmetadata: {name: a}\nspec: {jobTemplate: {spec: {template: {metadata: {annotations: {outrigger.dev/sidecar: greeter@2}}, spec: {containers: [{name: web}]}}}}}\n",
    ];

    public static TheoryData<string> Examples { get; } = [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Examples"), "*.yaml", SearchOption.AllDirectories)];

    [Theory]
    [MemberData(nameof(Manifests))]
    public void Uninject_AfterInject_GivesTheInputBackByteForByte(string manifest)
    {
        foreach (var nativeSidecars in new[] { "never", "always" })
        {
            var injected = CliRun.With(manifest, ["inject", "-f", "-", "--native-sidecars", nativeSidecars, .. Greeter.Only]);
            injected.ExitCode.Should().Be(0);
            injected.Output.Should().NotBe(manifest);

            CliRun.With(injected.Output, "uninject", "-f", "-").Should().Be(new CliRun(0, manifest, ""));
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Uninject_AfterInjectOfAPatternsExample_GivesTheExampleBack(string file)
    {
        var injected = CliRun.Of("inject", "-f", file);
        injected.ExitCode.Should().Be(0);
        injected.Output.Should().NotBe(File.ReadAllText(file));

        CliRun.With(injected.Output, "uninject", "-f", "-").Should().Be(new CliRun(0, File.ReadAllText(file), ""));
    }

    [Fact]
    public void Uninject_NeverInjected_GivesTheInputBack() => CliRun.With(Greeter.Pod, "uninject", "-f", "-").Should().Be(new CliRun(0, Greeter.Pod, ""));

    [Theory]
    [InlineData("a: 1")]
    [InlineData("\"a\": [x]")]
    public void Uninject_AnnotationOfOthersThatIsNoString_StaysAsItIs(string annotation)
    {
        var manifest = Greeter.PodWith([annotation]);
        CliRun.With(manifest, "uninject", "-f", "-").Should().Be(new CliRun(0, manifest, ""));
        var pod = Greeter.PodWith(["outrigger.dev/sidecar: greeter", "greeter.outrigger.dev/who: world"]);
        var injected = CliRun.With(pod, ["inject", "-f", "-", .. Greeter.Only]).Output.Replace("  annotations:\n", $"  annotations:\n    {annotation}\n");
        CliRun.With(injected, "uninject", "-f", "-").Output.Should().Be(pod.Replace("  annotations:\n", $"  annotations:\n    {annotation}\n"));
    }

    [Fact]
    public void Uninject_StatusThatIsNoString_IsTold() =>
        CliRun.With(Greeter.PodWith(["outrigger.dev/status: 5"]), "uninject", "-f", "-").Should()
            .Match<CliRun>(run => run.ExitCode == 1 && run.Error.StartsWith("error: -:6: Pod/shop: metadata.annotations[outrigger.dev/status]: must be a string"));

    [Fact]
    public void Uninject_BrokenStatus_NamesItsLineAndPrintsNothing()
    {
        var run = CliRun.With(Greeter.PodWith(["outrigger.dev/status: nonsense"]) + "---\n" + Greeter.Pod, "uninject", "-f", "-");

        run.Should().Match<CliRun>(r => r.ExitCode == 1 && r.Output.Length == 0);
        run.ErrorLines.Should().ContainSingle().Which.Should().StartWith("error: -:6: Pod/shop: outrigger.dev/status: ");
    }

    [Fact]
    public void Uninject_Patch_RemovesWhatWasAdded()
    {
        var injected = CliRun.With(Greeter.Pod, ["inject", "-f", "-", .. Greeter.Only]).Output;

        CliRun.With(injected, "uninject", "-f", "-", "-o", "patch").Output.Should().Contain("""{"op":"remove","path":"/spec/containers/1"}""").And.NotContain("\"add\"");
    }

    [Fact]
    public void Uninject_Unreadable_ExitsWith3() =>
        CliRun.With("a: [", "uninject", "-f", "-").Should().Match<CliRun>(r => r.ExitCode == 3 && r.Output.Length == 0 && r.Error.StartsWith("error: -:"));
}
