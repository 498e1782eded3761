using System.Text.Json;
using System.Text.Json.Nodes;
using Outrigger.Core.Admission;
using Outrigger.Core.Catalog;
using Outrigger.Core.Manifests;
using Outrigger.Core.Patching;

namespace Outrigger.Core.Tests.Catalog;

/// <summary>The built-in catalog, with the examples that stand beside it in the project.</summary>
public sealed class BuiltInPatternsTests
{
    private static readonly string Root = FindRoot();

    public static TheoryData<string> PatternExamples => [.. Folders];

    /// <summary>All but what begins with a dot, which is the state of the last release.</summary>
    private static IEnumerable<string> Folders =>
        Directory.GetDirectories(Path.Combine(Root, "patterns")).Select(folder => Path.GetFileName(folder)).Where(name => !name.StartsWith('.')).Order(StringComparer.Ordinal);

    /// <summary>All but the demo, which is a program.</summary>
    public static TheoryData<string> Examples =>
        [.. Directory.GetDirectories(Path.Combine(Root, "examples")).Select(folder => Path.GetFileName(folder)).Where(name => name != "demo").Order()];

    [Fact]
    public void Read_BuiltInPatterns_FindsNoProblem()
    {
        CatalogReader.Read(BuiltInPatterns.Files, Installation.Plain).Problems.Should().BeEmpty();
        BuiltInPatterns.Files.Should().HaveCountGreaterThanOrEqualTo(4);
    }

    [Fact]
    public void Files_AreThoseOfTheFoldersOfThePatterns() =>
        BuiltInPatterns.Files.Select(file => file.Path).Should().BeEquivalentTo(Folders.Select(name => $"patterns/{name}/pattern.yaml"));

    [Fact]
    public void Check_BuiltInPatterns_FindsNothing() => PatternLint.Check(Catalog(), _ => true).Should().BeEmpty();

    [Theory]
    [MemberData(nameof(PatternExamples))]
    public void Review_ExampleOfAPattern_InjectsThatPattern(string pattern)
    {
        var pod = PodsOf(Path.Combine("patterns", pattern, "example.yaml")).Should().ContainSingle().Which;

        var decision = Review(pod).Should().BeOfType<Decision.Inject>().Which;

        decision.Warnings.Should().BeEmpty();
        decision.Explanation.Uses.Should().ContainSingle().Which.Use.Pattern.Name.Should().Be(pattern);
        // What was added does not count as a Pod's wish for more.
        Review(Patched(pod, decision)).Should().BeOfType<Decision.Skip>().Which.Reason.Should().Be(SkipReason.AlreadyInjected);
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Review_ExampleOfTheGuide_InjectsAUseAndRefusesNothing(string example)
    {
        var decisions = PodsOf(Path.Combine("examples", example, "manifests.yaml")).Select(Review).ToList();

        decisions.Should().NotContain(decision => decision is Decision.Reject);
        decisions.Should().Contain(decision => decision is Decision.Inject);
    }

    [Fact]
    public void Review_EachPatternTwiceInOnePod_OnlyNeedsPortsOfItsOwn()
    {
        var pod = JsonNode.Parse("""
            {
              "metadata": {"annotations": {
                "outrigger.dev/sidecar": "https, https2=https, topz, topz2=topz",
                "outrigger.dev/ambassador": "split, split2=split",
                "outrigger.dev/adapter": "metrics, metrics2=metrics",
                "https.outrigger.dev/secret": "shop-tls",
                "https2.outrigger.dev/secret": "shop-tls",
                "https2.outrigger.dev/port": "8444",
                "topz2.outrigger.dev/port": "8081",
                "split.outrigger.dev/backends": "[{host: a, port: 80}]",
                "split2.outrigger.dev/backends": "[{host: b, port: 80}]",
                "split2.outrigger.dev/port": "18081",
                "split2.outrigger.dev/urlVariable": "SECOND_URL",
                "metrics2.outrigger.dev/port": "9114",
                "metrics2.outrigger.dev/annotate": "false"
              }},
              "spec": {"containers": [{"name": "app", "image": "app:1", "ports": [{"containerPort": 80}]}]}
            }
            """);

        var decision = Review(pod);

        decision.Should().BeOfType<Decision.Inject>((decision as Decision.Reject)?.Message).Which.Explanation.Uses.Should().HaveCount(8);
    }

    private static CatalogSnapshot Catalog() =>
        CatalogReader.Read(BuiltInPatterns.Files, Installation.Plain).TryGet(out var snapshot) ? snapshot : CatalogSnapshot.Empty;

    private static Decision Review(JsonNode? pod) =>
        PodAdmission.Review(AdmissionRequest.CreatePod(JsonSerializer.SerializeToElement(pod), "default"), Catalog());

    private static JsonNode? Patched(JsonNode? pod, Decision.Inject decision) =>
        JsonPatch.Apply(pod, decision.Patch).TryGet(out var patched) ? patched.Root : null;

    private static IEnumerable<JsonNode?> PodsOf(string path)
    {
        if (!ManifestReader.Read(File.ReadAllText(Path.Combine(Root, path)), path).TryGet(out var documents))
            yield break;
        foreach (var document in documents.Select(document => document.Root?.ToJson()))
        {
            foreach (var template in PodTemplates.Find(document))
                yield return JsonPointer.Resolve(document, template.Pointer, out var pod) ? pod : null;
        }
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Webhook.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("the tests do not run inside the project");
    }
}
