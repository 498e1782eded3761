using System.Text.Json.Nodes;

namespace Outrigger.Cli.Tests.Commands;

public sealed class CompatCommandTests : IDisposable
{
    private const string Old = """
        apiVersion: outrigger.dev/v1alpha1
        kind: ClusterPattern
        metadata: {name: greeter}
        spec:
          role: sidecar
          version: 1.0.0
          summary: Greets.
          parameters:
            type: object
            properties:
              who: {type: string, format: dns-label, default: you, description: Whom to greet.}
              port: {type: integer, format: port, default: 8081, description: Port that it listens on.}
          containers:
            - {name: "{{instance}}", image: "a:1", args: ["{{who}}"], ports: [{containerPort: "{{port}}"}]}

        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Compat_VersionThatSaysLessThanTheChanges_IsAFinding()
    {
        var (old, now) = (_folder.Write("old/greeter.yaml", Old), _folder.Write("new/greeter.yaml", Old
            .Replace("1.0.0", "1.0.1").Replace("default: 8081", "default: 8082").Replace("summary: Greets.", "summary: Greets louder.")));

        CliRun.Of("compat", old, now).Should().Be(new CliRun(1,
            $"""
            {now}:1: greeter 1.0.0 -> 1.0.1: must be 2.0.0 or later for a major change
              major   parameters.port.default   was 8081, is 8082
              patch   summary                   was Greets., is Greets louder.
            0 unchanged, 1 changed, new or gone: 1 finding

            """, ""));
    }

    [Fact]
    public void Compat_VersionThatSaysEnough_IsFine()
    {
        var (old, now) = (_folder.Write("old/greeter.yaml", Old), _folder.Write("new/greeter.yaml", Old + "---\n"
            + Old.Replace("1.0.0", "2.0.0").Replace("name: greeter", "name: greeter-2").Replace("spec:", "spec:\n  pattern: greeter").Replace("default: 8081", "default: 8082")));

        CliRun.Of("compat", Path.GetDirectoryName(old)!, Path.GetDirectoryName(now)!).Should().Be(new CliRun(0,
            $"""
            {now}:16: greeter 1.0.0 -> 2.0.0: fine, 2.0.0 or later is wanted for a major change
              major   parameters.port.default   was 8081, is 8082
            note: {now}:16: greeter: a use without a version got 1.0.0 and now gets 2.0.0, which breaks it
            1 unchanged, 1 changed, new or gone: no findings

            """, ""));
    }

    [Theory]
    [InlineData("a:1", "a:2", "greeter 1.0.0: changed without a new version; it must be 1.0.1 or later")]
    [InlineData("1.0.0", "0.9.0", "greeter 1.0.0 -> 0.9.0: must be 2.0.0 or later for a major change")]
    [InlineData("name: greeter", "name: waver", "greeter 1.0.0: is gone, and no version number says so")]
    public void Compat_OtherFindings_AreTold(string old, string now, string told) =>
        CliRun.Of("compat", _folder.Write("old.yaml", Old), _folder.Write("new.yaml", Old.Replace(old, now))).Should().Match<CliRun>(run => run.ExitCode == 1 && run.Output.Contains(told));

    [Fact]
    public void Compat_SamePatterns_AreUnchanged() =>
        CliRun.With(Old, "compat", "-", _folder.Write("new.yaml", "# The same.\n" + Old)).Should().Be(new CliRun(0, "1 unchanged, 0 changed, new or gone: no findings\n", ""));

    [Fact]
    public void Compat_BuiltInPatterns_MayBeComparedAndReferredTo()
    {
        foreach (var file in Core.Catalog.BuiltInPatterns.Files)
            _folder.Write(file.Path, file.Text);
        _folder.Write("patterns/mine.yaml", Old.Replace("summary: Greets.", "summary: Greets.\n  after: [https]"));

        CliRun.Of("compat", _folder["patterns"], _folder["patterns"]).Output.Should().MatchRegex(@"^\d+ unchanged, 0 changed, new or gone: no findings\n$");
    }

    [Fact]
    public void Compat_Json_HasBothValues()
    {
        var run = CliRun.Of("compat", _folder.Write("old.yaml", Old), _folder.Write("new.yaml", Old.Replace("default: 8081", "default: 8082")), "-o", "json");

        run.ExitCode.Should().Be(1);
        var pattern = JsonNode.Parse(run.Output)!.AsArray().Single()!;
        pattern["file"]!.ToString().Should().Be(_folder["new.yaml"]);
        pattern.AsObject().Remove("file");
        pattern.ToJsonString().Should().Be(
            """{"name":"greeter","namespace":null,"line":1,"old":"1.0.0","new":"1.0.0","class":"major","least":"2.0.0","enough":false,"changes":[{"class":"major","subject":"parameters.port.default","old":"8081","new":"8082","note":null}]}""");
    }

    [Theory]
    [InlineData("missing.yaml", "there is no such file or folder")]
    [InlineData("broken.yaml", "spec.role: is missing")]
    [InlineData("empty", "there is no .yaml or .yml or .json file in this folder")]
    public void Compat_InputThatCannotBeRead_ExitsWith3(string name, string message)
    {
        var old = _folder.Write("old.yaml", Old);
        _folder.Write("broken.yaml", Old.Replace("  role: sidecar\n", ""));
        Directory.CreateDirectory(_folder["empty"]);

        foreach (var run in new[] { CliRun.Of("compat", old, _folder[name]), CliRun.Of("compat", _folder[name], old) })
            run.Should().Match<CliRun>(r => r.ExitCode == 3 && r.Output.Length == 0 && r.Error.Contains(_folder[name]) && r.Error.Contains(message));
    }
}
