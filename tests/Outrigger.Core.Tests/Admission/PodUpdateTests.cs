using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Outrigger.Core.Admission;
using Outrigger.Core.Catalog;
using Outrigger.Core.Composition;
using Outrigger.Core.Patching;
using Outrigger.Core.Tests.Catalog;
using Outrigger.Core.Tests.Properties;

namespace Outrigger.Core.Tests.Admission;

/// <summary>Updates of running Pods; most of what can happen stands in the golden folders.</summary>
public class PodUpdateTests
{
    private const string Live = """
        live: true
        parameters:
          type: object
          properties:
            text: {type: string, format: dns-label, default: a}
            count: {type: integer, default: 1}
        files: {f: "{{text}}"}
        containers: [{name: "{{instance}}", image: example.com/p, args: ["{{count}}"]}]
        """;

    private static readonly CatalogSnapshot Catalog = Catalogs.Read(Catalogs.Pattern(Live));

    private static readonly JsonObject Running = RunningPods.New(("outrigger.dev/sidecar", "p")).Injected(Catalog);

    [Theory]
    [InlineData("UPDATE", "Pod", "status")]
    [InlineData("UPDATE", "Pod", "ephemeralcontainers")]
    [InlineData("UPDATE", "Deployment", "")]
    [InlineData("DELETE", "Pod", "")]
    [InlineData("CONNECT", "Pod", "")]
    public void Review_NoUpdateOfThePodItself_IsNotLookedAt(string operation, string kind, string subResource)
    {
        var request = AdmissionRequest.UpdatePod(Element(Running), Element(Running.With(("p.outrigger.dev/count", "2"))), "web");
        PodAdmission.Review(request with { Operation = operation, Kind = kind, SubResource = subResource }, Catalog)
            .Should().BeOfType<Decision.Skip>().Which.Reason.Should().Be(SkipReason.NotAPodCreation);
    }

    [Fact]
    public void Review_ChangedText_WritesTheFileAndTheStatusAlone()
    {
        var inject = RunningPods.Update(Running, Running.With(("p.outrigger.dev/text", "b")), Catalog).Should().BeOfType<Decision.Inject>().Subject;
        inject.Patch.Should().AllBeOfType<PatchOperation.Replace>().And.HaveCount(2);
        inject.Patch[0].Should().Be(new PatchOperation.Replace("/metadata/annotations/files.outrigger.dev~1p.f", ((PatchOperation.Replace)inject.Patch[0]).Value));
        ((PatchOperation.Replace)inject.Patch[0]).Value!.GetValue<string>().Should().Be("b");
        inject.Patch[1].Path.Should().Be("/metadata/annotations/outrigger.dev~1status");
        inject.Plan.Uses.Should().ContainSingle().Which.Bound.Use.Instance.Should().Be("p");
    }

    [Theory]
    [InlineData("not what an injector writes")]
    [InlineData("""{"application":"web","uses":[]}""")]
    public void Review_StatusOfNobody_IsAPodThatWasNotInjected(string status)
    {
        var pod = RunningPods.New(("outrigger.dev/status", status));
        var decision = RunningPods.Update(pod, pod.With(("outrigger.dev/status", null), ("outrigger.dev/sidecar", "p")), Catalog);
        decision.Should().BeOfType<Decision.Skip>().Which.Reason.Should().Be(SkipReason.NotInjected);
        decision.Warnings.Should().Equal("outrigger.dev/sidecar: without effect, since nothing can be added to a running Pod: this takes a new Pod");
    }

    [Fact]
    public void Review_ManyAnnotationsOfAPodThatWasNotInjected_WarnsInOneLine()
    {
        var pod = RunningPods.New();
        var decision = RunningPods.Update(pod, pod.With([.. Enumerable.Range(0, 100).Select(i => ($"p{i}.outrigger.dev/text", (string?)"b"))]), Catalog);
        decision.Warnings.Should().ContainSingle().Which.Length.Should().BeLessThanOrEqualTo(256);
    }

    [Fact]
    public void Review_AnnotationThatIsNoText_IsRefused()
    {
        var changed = Running.DeepClone().AsObject();
        changed["metadata"]!["annotations"]!["p.outrigger.dev/count"] = 2;
        changed["metadata"]!["annotations"]!["example.com/mine"] = 2;
        RunningPods.Update(Running, changed, Catalog).Should().BeOfType<Decision.Reject>().Which.Problems
            .Should().ContainSingle().Which.Subject.Should().Be("metadata.annotations[p.outrigger.dev/count]");
    }

    [Fact]
    public void Review_AllAnnotationsRemoved_IsRefusedForTheInjectorsOwn()
    {
        var changed = Running.DeepClone().AsObject();
        changed["metadata"]!.AsObject().Remove("annotations");
        RunningPods.Update(Running, changed, Catalog).Should().BeOfType<Decision.Reject>().Which.Problems.Select(problem => problem.Subject)
            .Should().Equal("outrigger.dev/sidecar", "files.outrigger.dev/p.f", "outrigger.dev/status");
    }

    [Fact]
    public void Review_SecondTimeWithinOneRequest_FindsOnlyWhatIsMissing()
    {
        var changed = Running.With(("p.outrigger.dev/text", "b"));
        var inject = RunningPods.Update(Running, changed, Catalog).Should().BeOfType<Decision.Inject>().Subject;
        var half = Invariants.Apply(changed, inject.Patch.Take(1));
        RunningPods.Update(Running, half, Catalog).Should().BeOfType<Decision.Inject>().Which.Patch.Select(operation => operation.Path)
            .Should().Equal(inject.Patch.Skip(1).Select(operation => operation.Path));
        RunningPods.Update(Running, Invariants.Apply(changed, inject.Patch), Catalog)
            .Should().BeOfType<Decision.Skip>().Which.Reason.Should().Be(SkipReason.AlreadyInjected);
    }

    [Fact]
    public void Review_StatusOfAnotherUpdate_IsRefused()
    {
        var b = Running.With(("p.outrigger.dev/text", "b"));
        var updated = Invariants.Apply(b, ((Decision.Inject)RunningPods.Update(Running, b, Catalog)).Patch);
        var mixed = Running.With(("p.outrigger.dev/text", "c"), ("outrigger.dev/status", updated["metadata"]!["annotations"]!["outrigger.dev/status"]!.GetValue<string>()));
        RunningPods.Update(Running, mixed, Catalog).Should().BeOfType<Decision.Reject>().Which.Problems.Should().ContainSingle().Which.Subject.Should().Be("outrigger.dev/status");
    }

    [Fact]
    public void Review_UseThatDoesNotChange_KeepsItsFilesWhateverTheCatalogSays()
    {
        var running = RunningPods.New(("outrigger.dev/sidecar", "p, q=p")).Injected(Catalog);
        var newer = Catalogs.Read(Catalogs.Pattern(Live.Replace("f: \"{{text}}\"", "f: \"newer {{text}}\"", StringComparison.Ordinal)));
        var changed = running.With(("q.outrigger.dev/text", "b"));
        var updated = Invariants.Apply(changed, RunningPods.Update(running, changed, newer).Should().BeOfType<Decision.Inject>().Subject.Patch);
        updated["metadata"]!["annotations"]!["files.outrigger.dev/p.f"]!.GetValue<string>().Should().Be("a");
        updated["metadata"]!["annotations"]!["files.outrigger.dev/q.f"]!.GetValue<string>().Should().Be("newer b");
        var status = InjectionStatus.Read(updated["metadata"]!["annotations"]!["outrigger.dev/status"]!.GetValue<string>()).Value;
        status["p"]!.Revision.Should().Be(Catalog.Patterns.Single().Revision);
        status["q"]!.Revision.Should().Be(newer.Patterns.Single().Revision);
    }

    [Fact]
    public void Review_FilesTooLarge_AreRefusedWithTheSizes()
    {
        var catalog = Catalogs.Read(Catalogs.Pattern("""
            live: true
            parameters:
              type: object
              properties:
                words: {type: array, items: {type: string, format: dns-label}}
            files: {f: "{{#each words}}{{this}}{{/each}}"}
            """));
        var running = RunningPods.New(("outrigger.dev/sidecar", "p")).Injected(catalog);
        RunningPods.Update(running, running.With(("p.outrigger.dev/words", Words(120_000))), catalog).Should().BeOfType<Decision.Inject>();
        RunningPods.Update(running, running.With(("p.outrigger.dev/words", Words(140_000))), catalog).Should().BeOfType<Decision.Reject>().Which.Message
            .Should().StartWith("metadata.annotations: would take ").And.Contain("files.outrigger.dev/p.f 14");

        static string Words(int length) => string.Join(',', Enumerable.Repeat(new string('a', 40), length / 40));
    }

    [Fact]
    public void Review_FilesJustFit_CountsTheOldOnesNot()
    {
        var running = RunningPods.New(("outrigger.dev/sidecar", "p"), ("p.outrigger.dev/text", "b")).Injected(Catalog);
        var size = running["metadata"]!["annotations"]!.AsObject().Sum(text => text.Key.Length + text.Value!.GetValue<string>().Length);
        running["metadata"]!["annotations"]!["x"] = new string('x', AnnotationSize.Limit - size - 1);
        RunningPods.Update(running, running.With(("p.outrigger.dev/text", "c")), Catalog).Should().BeOfType<Decision.Inject>();
        RunningPods.Update(running, running.With(("p.outrigger.dev/text", "cc")), Catalog).Should().BeOfType<Decision.Reject>();
    }

    [Fact]
    public void Read_UpdateWithThousandsOfVariables_FindsThoseOfTheUse()
    {
        var catalog = Catalogs.Read(Catalogs.Pattern(Live + "\napplication: {env: [{name: COUNT, value: \"{{count}}\"}]}"));
        var pod = RunningPods.New(("outrigger.dev/sidecar", "p"));
        pod["spec"]!["containers"]![0]!["env"] = new JsonArray([.. Enumerable.Range(0, 500).Select(i => new JsonObject { ["name"] = $"V{i}", ["value"] = "some text" })]);
        var running = pod.Injected(catalog);
        Wire(running, running.With(("p.outrigger.dev/text", "b")), catalog).Should().BeOfType<Decision.Inject>();
        var without = running.DeepClone().AsObject();
        without["spec"]!["containers"]![0]!["env"]!.AsArray().RemoveAt(500);
        Wire(without, without.With(("p.outrigger.dev/text", "b")), catalog).Should().BeOfType<Decision.Reject>().Which.Message
            .Should().Contain("would by now differ in variable COUNT of container web;");
    }

    [Fact]
    public void Read_UpdateWithoutTheOldPod_IsNoReview()
    {
        var review = Review(Running, Running);
        review["request"]!.AsObject().Remove("oldObject");
        AdmissionReview.Read(Encoding.UTF8.GetBytes(review.ToJsonString()), out _).Problems.Should().ContainSingle().Which.ToString().Should().Be("request.oldObject: is missing");
    }

    [Fact]
    public void Review_ManyAnnotationsAndManyUsesInAStatus_DecidesSoon()
    {
        var uses = string.Join(',', Enumerable.Range(0, 1_000).Select(i => string.Create(CultureInfo.InvariantCulture,
            $$"""{"instance":"p{{i}}","pattern":"p","version":"1.0.0","revision":"x","asked":"x","containers":["c{{i}}"],"initContainers":["i{{i}}"]}""")));
        var pod = RunningPods.New(("outrigger.dev/status", $$"""{"application":"web","uses":[{{uses}}]}"""));
        var changed = pod.With([
            .. Enumerable.Range(0, 1_000).SelectMany(i => new[] { ($"p{i}.outrigger.dev/text", (string?)"b"), ($"files.outrigger.dev/p{i}.f", "mine"), ($"n{i}.outrigger.dev/text", "b") }),
            ("outrigger.dev/native-sidecars", "true"),
        ]);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        RunningPods.Update(pod, changed, Catalog).Should().BeOfType<Decision.Reject>().Which.Message.Length.Should().BeLessThan(100_000);
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(20), "a stranger's megabyte may not take a core for long");
    }

    private static Decision Wire(JsonNode before, JsonNode after, CatalogSnapshot catalog)
    {
        var request = AdmissionReview.Read(Encoding.UTF8.GetBytes(Review(before, after).ToJsonString()), out var document).Value;
        using (document)
        {
            request.LongLists.Should().NotBeEmpty();
            return PodAdmission.Review(request, catalog);
        }
    }

    private static JsonObject Review(JsonNode before, JsonNode after) => new()
    {
        ["apiVersion"] = AdmissionReview.ApiVersion,
        ["kind"] = "AdmissionReview",
        ["request"] = new JsonObject
        {
            ["uid"] = "u",
            ["kind"] = new JsonObject { ["group"] = "", ["version"] = "v1", ["kind"] = "Pod" },
            ["operation"] = "UPDATE",
            ["namespace"] = "web",
            ["object"] = after.DeepClone(),
            ["oldObject"] = before.DeepClone(),
        },
    };

    private static System.Text.Json.JsonElement Element(JsonNode node) => System.Text.Json.JsonElement.Parse(node.ToJsonString());
}
