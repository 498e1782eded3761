using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Outrigger.Core.Admission;
using Outrigger.Golden;

namespace Outrigger.Core.Tests.Properties;

/// <summary>The contract's promises about any Pod and any catalog.</summary>
public class InjectionProperties
{
    [Fact]
    public void Review_AnyPodAndCatalog_AddsOnlyWhatItOwnsAndOnceAndTakesItBack() => ForInjections(400, (scenario, inject) =>
        Invariants.Check(scenario.Pod, inject, scenario.Review));

    [Fact]
    public void Review_AfterAnotherWebhookAndTheServer_AddsNothing() => ForInjections(400, (scenario, inject) =>
    {
        foreach (var isInFront in (bool[])[true, false])
        {
            var between = Invariants.Apply(scenario.Pod, inject.Patch).AsObject();
            Others.Normalise(between);
            Others.AddContainer(between, isInFront);
            scenario.Review(between).Should().BeOfType<Decision.Skip>("{0}", between.ToJsonString())
                .Which.Reason.Should().Be(SkipReason.AlreadyInjected);
        }
    });

    [Fact]
    public void Review_TheSameRequest_IsTheSameDecision() => ForAll(200, scenario =>
    {
        var decision = scenario.Review();
        var request = AdmissionRequest.CreatePod(JsonElement.Parse(scenario.Pod.ToJsonString()), "web");
        var dryRun = PodAdmission.Review(request with { DryRun = true, Uid = "other" }, scenario.Catalog);
        GoldenText.Of(dryRun).Should().Be(GoldenText.Of(decision));
        GoldenText.PatchOf(dryRun).Should().Be(GoldenText.PatchOf(decision));
    });

    [Fact]
    public void Read_AnyReview_IsDecidedAsThePodItself() => ForAll(200, scenario =>
    {
        AddVariables(scenario.Pod, 100);
        var body = Wire(scenario.Pod);
        var request = AdmissionReview.Read(body, out var document).Value;
        using (document)
        {
            var decision = PodAdmission.Review(request, scenario.Catalog);
            GoldenText.Of(decision).Should().Be(GoldenText.Of(scenario.Review()));
            GoldenText.PatchOf(decision).Should().Be(GoldenText.PatchOf(scenario.Review()));
        }
    });

    [Fact]
    public void Write_AnyDecision_IsJsonThatSaysTheSame() => ForAll(200, scenario =>
    {
        var decision = scenario.Review();
        var output = new ArrayBufferWriter<byte>();
        AdmissionReview.Write(output, "u", decision);
        var response = JsonNode.Parse(output.WrittenSpan)!["response"]!;
        response["allowed"]!.GetValue<bool>().Should().Be(decision is not Decision.Reject);
        var patch = response["patch"] is { } encoded ? GoldenText.Of(JsonNode.Parse(Convert.FromBase64String(encoded.GetValue<string>()))) : null;
        patch.Should().Be(GoldenText.PatchOf(decision));
        (response["warnings"] as JsonArray ?? []).Select(warning => warning!.GetValue<string>()).Should().Equal(decision.Warnings)
            .And.NotContain(warning => warning.Length > 256 || warning.Any(char.IsControl));
    });

    private static void AddVariables(JsonObject pod, int count)
    {
        var container = pod["spec"]!["containers"]!.AsArray()[^1]!.AsObject();
        var variables = container["env"] as JsonArray ?? [];
        for (var i = 0; i < count; i++)
            variables.Add(new JsonObject { ["name"] = $"VARIABLE_{i}", ["value"] = "]}\\\"[{ some text that is long enough" });
        if (variables.Parent is null)
            container["env"] = variables;
    }

    private static byte[] Wire(JsonNode pod) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["apiVersion"] = AdmissionReview.ApiVersion,
        ["kind"] = "AdmissionReview",
        ["request"] = new JsonObject
        {
            ["uid"] = "u",
            ["kind"] = new JsonObject { ["group"] = "", ["version"] = "v1", ["kind"] = "Pod" },
            ["operation"] = "CREATE",
            ["namespace"] = "web",
            ["object"] = pod.DeepClone(),
        },
    }.ToJsonString());

    private static void ForAll(int count, Action<Scenario> check) =>
        Prop.ForAll(Scenario.Any.ToArbitrary(), check).Check(Config.QuickThrowOnFailure.WithMaxTest(count));

    /// <summary>For scenarios that end in an injection, of which there must be enough for the property to mean something.</summary>
    private static void ForInjections(int count, Action<Scenario, Decision.Inject> check)
    {
        var injections = 0;
        ForAll(count, scenario =>
        {
            if (scenario.Review() is not Decision.Inject inject)
                return;
            injections++;
            check(scenario, inject);
        });
        injections.Should().BeGreaterThan(count / 5);
    }
}
