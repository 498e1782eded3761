using System.Text.Json.Nodes;

namespace Outrigger.Cli.Tests.Commands;

public sealed class PatternsCommandTests
{
    public static TheoryData<string> BuiltIn { get; } =
        [.. JsonNode.Parse(CliRun.Of("patterns", "-o", "json").Output)!.AsArray().Select(pattern => $"{pattern!["name"]}@{pattern["version"]}")];

    [Fact]
    public void Patterns_All_IsATable() => CliRun.Of(["patterns", .. Greeter.Only]).Should().Be(new CliRun(0,
        """
        NAME      VERSION   ROLE      DEFAULT   SUMMARY
        greeter   1.0.0     sidecar   yes       Greets.
        greeter   2.0.0     sidecar             Greets louder.

        """, ""));

    [Fact]
    public void Patterns_FolderWithSomethingElse_IsRefusedWithItsFileAndKind()
    {
        using var folder = new TemporaryFolder();
        folder.Write("greeter.yaml", File.ReadAllText(Greeter.Catalog));
        var other = folder.Write("inner/shop.yaml", Greeter.Deployment);

        var run = CliRun.Of("patterns", "--catalog", folder.Path);

        run.ExitCode.Should().Be(3);
        run.ErrorLines.Should().ContainSingle().Which.Should().StartWith($"error: {other}:1: kind: \"Deployment\" does not belong in a catalog");
    }

    [Fact]
    public void Patterns_FolderWithoutFiles_IsAWarning()
    {
        using var folder = new TemporaryFolder();

        var run = CliRun.Of("patterns", "--catalog", folder.Path);

        run.ExitCode.Should().Be(0);
        run.Error.Should().Be($"warning: --catalog {folder.Path}: there is no .yaml or .yml or .json file in this folder\n");
    }

    [Fact]
    public void Patterns_FileThatIsNoText_IsToldByItsName()
    {
        using var folder = new TemporaryFolder();
        var large = folder.Write("large.yaml", new string('#', (3 * 1024 * 1024) + 1));
        File.WriteAllBytes(folder["latin1.yaml"], [(byte)'#', 0xE9]);
        string[] expected = [$"error: {folder["latin1.yaml"]}: is not UTF-8 text", $"error: {large}: is larger than 3 MiB, which no file of a catalog may be"];

        CliRun.Of("patterns", "--catalog", folder.Path).ErrorLines.Should().BeEquivalentTo(expected);
        CliRun.Of("patterns", "--catalog", folder["latin1.yaml"], "--catalog", large).ErrorLines.Should().Equal(expected);
    }

    [Fact]
    public void Patterns_Name_ShowsTheDefaultVersionWithAnExample() => CliRun.Of(["patterns", "greeter", .. Greeter.Only]).Output.Should().Be(
        """
        greeter@1.0.0, sidecar, the default version
        Greets.

        Greets whoever asks, by name.

        Parameters
        NAME    TYPE            DEFAULT                       SET BY          DESCRIPTION
        who     dns-label                                     Pod, required   Whom to greet. Allowed: a DNS label: up to 63 lower-case letters, digits and "-", a letter or digit at both ends.
        port    port            8081                          Pod             Port that it listens on. Allowed: a port: an integer from 1 to 65535.
        path    absolute-path   "/greetings"                  Pod             Where the application sees the greetings. Allowed: a path that begins with "/", of letters, digits and ._-+@%=~ without "..".
        image   image           "example.com/greeter:1.0.0"   operator        Its image. Allowed: a container image, such as nginx:1.29 or ghcr.io/org/app@sha256:....

        Containers
        NAME           IMAGE       PORTS
        {{instance}}   {{image}}   {{instance}} {{port}}

        Example
        metadata:
          annotations:
            outrigger.dev/sidecar: greeter
            greeter.outrigger.dev/who: world

        """);

    [Theory]
    [InlineData("greeter@2", "greeter@2.0.0, sidecar\n")]
    [InlineData("greeter@1", "greeter@1.0.0, sidecar, the default version\n")]
    public void Patterns_Version_ShowsThatOne(string name, string headline) => CliRun.Of(["patterns", name, .. Greeter.Only]).Output.Should().StartWith(headline);

    [Theory]
    [InlineData("greter", "error: there is no pattern \"greter\"; did you mean \"greeter\"?\n")]
    [InlineData("greeter@3", "error: the pattern \"greeter\" has no version \"3\"; it has 1.0.0, 2.0.0\n")]
    public void Patterns_UnknownName_IsWrongUsage(string name, string error) => CliRun.Of(["patterns", name, .. Greeter.Only]).Should().Be(new CliRun(2, "", error));

    [Theory]
    [MemberData(nameof(BuiltIn))]
    public void Patterns_Example_IsEnoughToBeInjected(string name)
    {
        var annotations = JsonNode.Parse(CliRun.Of("patterns", name, "-o", "json").Output)!["example"]!;
        var pod = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Pod",
            ["metadata"] = new JsonObject { ["annotations"] = annotations.DeepClone() },
            ["spec"] = JsonNode.Parse("""{"containers": [{"name": "web", "image": "web:1", "ports": [{"containerPort": 80}], "securityContext": {"runAsUser": 1000, "runAsGroup": 1000}}]}"""),
        };

        var run = CliRun.With(pod.ToJsonString(), "inject", "-f", "-");

        run.Error.Should().BeEmpty();
        run.Output.Should().Contain("outrigger.dev/status");
    }

    [Fact]
    public void Patterns_Json_TellsWhatAParameterIs() =>
        JsonNode.Parse(CliRun.Of(["patterns", "greeter", "-o", "json", .. Greeter.Only]).Output)!["parameters"]![3]!.ToJsonString().Should().Be(
            """{"name":"image","type":"string","format":"image","allowed":"a container image, such as nginx:1.29 or ghcr.io/org/app@sha256:...","default":"\u0022example.com/greeter:1.0.0\u0022","required":false,"setByOperator":true,"description":"Its image."}""");

    [Fact]
    public void Patterns_Completion_KnowsTheBuiltInOnes() => CliRun.Of("[suggest:13]", "patterns http").Output.Should().Contain("https");
}
