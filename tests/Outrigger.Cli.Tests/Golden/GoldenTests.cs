using System.Text.Json.Nodes;
using Outrigger.Core.Manifests;
using Outrigger.Golden;

namespace Outrigger.Cli.Tests.Golden;

/// <summary>The golden folders through the command line (see tests/golden/README.md).</summary>
public sealed class GoldenTests
{
    [Theory]
    [MemberData(nameof(GoldenCase.Rows), MemberType = typeof(GoldenCase))]
    public void Inject_GoldenCase_DoesAsWritten(string name)
    {
        var golden = GoldenCase.Open(name);
        var decision = JsonNode.Parse(golden.Expected("decision.json")!)!;
        var run = Run("inject", golden);
        if (decision["outcome"]!.ToString() == "reject")
        {
            run.Should().Match<CliRun>(r => r.ExitCode == 1 && r.Output.Length == 0);
            Texts(decision["problems"]).Where(problem => !run.Tells("error: ", problem)).Should().BeEmpty("all mistakes are told");
            return;
        }

        run.ExitCode.Should().Be(0);
        Texts(decision["warnings"]).Where(warning => !run.Tells("warning: ", warning)).Should().BeEmpty("all warnings are told");
        if (golden.Expected("injected.yaml") is not { } injected)
        {
            run.Output.Should().Be(golden.Manifest.Text, "nothing is added");
            return;
        }

        YamlWriter.Write(Json(run.Output)).Should().Be(injected);
        GoldenText.Of(PatchOfThePod(Run("inject", golden, "-o", "patch").Output)).Should().Be(golden.Expected("patch.json"));
        CliRun.With(run.Output, "uninject", "-f", "-").Should().Be(new CliRun(0, golden.Manifest.Text, ""));
    }

    [Theory]
    [MemberData(nameof(GoldenCase.Rows), MemberType = typeof(GoldenCase))]
    public void Explain_GoldenCase_TellsWhatWasDecided(string name)
    {
        var golden = GoldenCase.Open(name);
        var decision = JsonNode.Parse(golden.Expected("decision.json")!)!;

        var review = JsonNode.Parse(Run("explain", golden, "-o", "json").Output)!.AsArray().Single()!;

        review["decision"]!.ToString().Should().Be(decision["outcome"]!.ToString());
        review["reason"]?.ToString().Should().Be(decision["reason"]?.ToString());
        review["mistakes"]!.AsArray().Should().HaveCount(Texts(decision["problems"]).Count());
        review["uses"]!.AsArray().Select(use => $"{use!["instance"]} {use["pattern"]}@{use["version"]}")
            .Should().Equal((decision["uses"] as JsonArray ?? []).Select(use => $"{use!["instance"]} {use["pattern"]}"));
    }

    private static CliRun Run(string command, GoldenCase golden, params string[] more)
    {
        using var folder = new TemporaryFolder();
        // In a cluster the webhook knows the labels of all namespaces; here they are among the manifests, whose output is then left out.
        var namespaces = golden.Settings.Namespaces.Select(labels => new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Namespace",
            ["metadata"] = new JsonObject
            {
                ["name"] = labels.Key,
                ["labels"] = new JsonObject(labels.Value.Select(label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value))),
            },
        }).ToList();
        var run = CliRun.Of(
        [
            command, "-f", Path.Combine(GoldenCase.Root, golden.Name, golden.InputFile), "-n", golden.Namespace,
            "--builtin-patterns", golden.HasBuiltIns ? "true" : "false",
            "--native-sidecars", golden.Settings.NativeSidecars ? "always" : "never",
            .. golden.CatalogPaths.SelectMany(path => new[] { "--catalog", path }),
            .. golden.Settings.Defaults.SelectMany(text => new[] { "--default", text }),
            .. golden.Settings.ImageRegistry is { } registry ? ["--image-registry", registry] : Array.Empty<string>(),
            .. namespaces.SelectMany(document => new[] { "-f", folder.Write($"{document["metadata"]!["name"]}.json", document.ToJsonString()) }),
            .. more,
        ]);
        return namespaces.Count == 0 ? run : run with { Output = WithoutNamespaces(run.Output) };
    }

    private static string WithoutNamespaces(string output)
    {
        if (!output.StartsWith('['))
            return output.Contains("---\n{") ? output[..output.IndexOf("---\n{", StringComparison.Ordinal)] : output;
        return JsonNode.Parse(output) is JsonArray { Count: 1 } documents && documents[0]!["patch"] is { } patch ? patch.ToJsonString() : output;
    }

    // The command line patches documents, and the expected patches are of Pods.
    private static JsonArray PatchOfThePod(string patch)
    {
        var operations = JsonNode.Parse(patch)!.AsArray();
        foreach (var operation in operations)
        {
            var path = operation!["path"]!.ToString();
            operation["path"] = path.Contains("/template/") ? path[(path.IndexOf("/template/", StringComparison.Ordinal) + "/template".Length)..] : path;
        }

        return operations;
    }

    private static IEnumerable<string> Texts(JsonNode? list) => (list as JsonArray ?? []).Select(text => text!.ToString());

    private static JsonNode? Json(string yaml) => ManifestReader.Read(yaml, "-").Value.Single(document => document.Root is not null).Root!.ToJson();
}
