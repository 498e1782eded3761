using System.Text.Json.Nodes;

namespace Outrigger.Cli.Tests.Commands;

public sealed class ExplainCommandTests
{
    [Fact]
    public void Explain_Injection_ShowsEachParameterWithItsOrigin()
    {
        var run = Explain(Greeter.Deployment.Replace("namespace: live", "namespace: shop", StringComparison.Ordinal).Replace("who: world", "path: /x", StringComparison.Ordinal)
            .Replace("sidecar: greeter", "sidecar: hello=greeter", StringComparison.Ordinal).Replace("greeter.outrigger", "hello.outrigger", StringComparison.Ordinal),
            "--catalog", Greeter.Bindings, "--default", "greeter.port=9000");

        run.Should().Match<CliRun>(r => r.ExitCode == 0 && r.Error.Length == 0);
        run.Output.Should().Be(
            """
            -:1: Deployment/shop: gets hello; the application is the container "web"
              hello: sidecar greeter@1.0.0, asked for by annotation outrigger.dev/sidecar, PatternBinding shop/shop-greeted
                parameters
                  who     "shop"                        PatternBinding shop-greeted
                  port    9000                          the installation's default
                  path    "/x"                          annotation hello.outrigger.dev/path
                  image   "example.com/greeter:1.0.0"   the pattern's default
                adds
                  container   hello, image example.com/greeter:1.0.0, port 9000
                  volumes     hello-files
                  files       greeting.txt
                  env         GREETER
                  mounts      /x
              left out: hello, asked for by ClusterPatternBinding payments-greeted: its namespaceSelector does not select this namespace by its name, and other labels of namespace shop are not known here

            """);
    }

    [Fact]
    public void Explain_ThreeMistakes_NamesAllThree()
    {
        var run = Explain(Greeter.PodWith(["outrigger.dev/sidecar: greeter", "greeter.outrigger.dev/prot: \"1\"", "greeter.outrigger.dev/port: \"0\""]));

        run.ExitCode.Should().Be(1);
        run.Output.Should().Contain("is refused for 3 mistakes").And.ContainAll("prot", "greeter.outrigger.dev/port", "greeter.outrigger.dev/who");
    }

    [Theory]
    [InlineData("no annotation and no binding asks", "note: none")]
    [InlineData("outrigger.dev/inject", "outrigger.dev/inject: \"false\"", "outrigger.dev/sidecar: greeter")]
    public void Explain_Skip_SaysWhy(string reason, params string[] annotations)
    {
        var run = Explain(Greeter.PodWith(annotations));

        run.ExitCode.Should().Be(0);
        run.Output.Should().StartWith("-:1: Pod/shop: stays as it is: ").And.Contain(reason);
    }

    [Fact]
    public void Explain_InjectedManifest_SaysThatAllIsThere()
    {
        var injected = CliRun.With(Greeter.Pod, ["inject", "-f", "-", .. Greeter.Only]).Output;

        Explain(injected).Output.Should().Contain("all that it should get is there already").And.Contain("greeter@1.0.0");
    }

    [Fact]
    public void Explain_NativeSidecar_SaysSo() => Explain(Greeter.Pod, "--native-sidecars", "always").Output.Should().Contain("init container   greeter,").And.Contain("as a native sidecar");

    [Fact]
    public void Explain_NoPod_SaysSo() => Explain("kind: ConfigMap\napiVersion: v1\n").Should().Match<CliRun>(r => r.ExitCode == 0 && r.Output.StartsWith("There is no Pod"));

    [Fact]
    public void Explain_Json_HoldsTheSame()
    {
        var run = Explain(Greeter.Deployment + "---\n" + Greeter.PodWith(["outrigger.dev/sidecar: greeter"]), "-o", "json");

        run.ExitCode.Should().Be(1);
        var reviews = JsonNode.Parse(run.Output)!.AsArray();
        reviews.Select(review => review!["decision"]!.ToString()).Should().Equal("inject", "reject");
        reviews[0]!["podTemplate"]!.ToString().Should().Be("/spec/template");
        reviews[0]!["uses"]![0]!["parameters"]![0]!.ToJsonString().Should().Be("""{"name":"who","value":"world","origin":"annotation greeter.outrigger.dev/who"}""");
        reviews[0]!["uses"]![0]!["adds"]!["containers"]!.ToJsonString().Should().Be("""["greeter"]""");
        reviews[1]!["mistakes"]![0]!["subject"]!.ToString().Should().Be("greeter.outrigger.dev/who");
        reviews[1]!["mistakes"]![0]!["line"]!.GetValue<int>().Should().Be(24);
    }

    [Fact]
    public void Explain_BindingThatFails_SaysWhatWasLeftOutOnce()
    {
        var run = Explain(Greeter.PodWith(["note: none"], "- {name: hello, image: other}"), "--catalog", Greeter.Bindings, "-n", "shop");

        run.ExitCode.Should().Be(0);
        run.Output.Should().Contain("stays as it is: bindings select it");
        run.Output.Split('\n').Count(line => line.Contains("PatternBinding shop/shop-greeted: ")).Should().Be(1, "the webhook's warning says the same");
    }

    private static CliRun Explain(string text, params string[] more) => CliRun.With(text, ["explain", "-f", "-", .. Greeter.Only, .. more]);
}
