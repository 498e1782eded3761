using System.Text.Json.Nodes;
using Outrigger.Core.Admission;
using Outrigger.Core.Catalog;
using Outrigger.Core.Manifests;
using Outrigger.Core.Patching;
using Outrigger.Golden;

namespace Outrigger.Core.Tests.Golden;

/// <summary>The golden folders through the engine itself, which writes them too (see tests/golden/README.md).</summary>
public class GoldenTests
{
    [Theory]
    [MemberData(nameof(GoldenCase.Rows), MemberType = typeof(GoldenCase))]
    public void Review_GoldenCase_DecidesAsWritten(string name)
    {
        var golden = GoldenCase.Open(name);
        var decision = Review(golden.Manifest, golden, golden.Catalog());
        golden.Expect("decision.json", GoldenText.Of(decision));
        golden.Expect("patch.json", GoldenText.PatchOf(decision));

        var injected = decision is Decision.Inject inject ? golden.Manifest.With(inject.Patch) : null;
        golden.Expect("injected.yaml", injected is null ? null : YamlWriter.Write(injected.Document));
        if (injected is not null)
        {
            ExpectNothingTheSecondTime(injected, golden);
            ExpectTheWayBack(injected, golden.Manifest);
        }

        if (golden.Between is { } between)
            injected = (injected ?? golden.Manifest).With(JsonPatch.Read(between).Value);
        var again = golden.IsReviewedAgain ? Review(injected ?? golden.Manifest, golden, golden.LaterCatalog()) : null;
        golden.Expect("again.json", again is null ? null : GoldenText.Of(again));
        golden.Expect("again-patch.json", again is null ? null : GoldenText.PatchOf(again));
        var update = golden.Update is { } change ? Update(injected ?? golden.Manifest, change, golden) : null;
        golden.Expect("updated.json", update is null ? null : GoldenText.Of(update));
        golden.Expect("updated-patch.json", update is null ? null : GoldenText.PatchOf(update));
        golden.ExpectNoOtherFiles();
    }

    [Fact]
    public void SharedCatalogs_Each_IsReadByACase()
    {
        var read = GoldenCase.Names().SelectMany(name => GoldenCase.Open(name).CatalogPaths).ToHashSet();
        Directory.EnumerateFiles(GoldenCase.Root, "*.yaml").Should().NotBeEmpty().And.BeSubsetOf(read);
    }

    private static void ExpectNothingTheSecondTime(GoldenManifest injected, GoldenCase golden)
    {
        var second = Review(injected, golden, golden.Catalog());
        second.Should().BeOfType<Decision.Skip>("the second review of {0} finds all in place", golden.Name)
            .Which.Reason.Should().Be(SkipReason.AlreadyInjected);
    }

    private static void ExpectTheWayBack(GoldenManifest injected, GoldenManifest input)
    {
        var back = Uninjection.Of(GoldenManifest.Element(injected.Pod)).Value.Operations;
        injected.With(back).Document.ToJsonString().Should().Be(input.Document.ToJsonString(), "the way back ends where it began");
    }

    /// <summary>The decision on an update; where it has a patch, the updated Pod is held to what every one must be.</summary>
    private static Decision Update(GoldenManifest running, JsonNode change, GoldenCase golden)
    {
        var changed = running.With(JsonPatch.Read(change).Value);
        var decision = ReviewUpdate(running, changed, golden);
        if (decision is not Decision.Inject inject)
            return decision;
        var updated = changed.With(inject.Patch);
        ReviewUpdate(running, updated, golden).Should().BeOfType<Decision.Skip>("the server may ask again within one request")
            .Which.Reason.Should().Be(SkipReason.AlreadyInjected);
        ReviewUpdate(updated, updated, golden).Should().BeOfType<Decision.Skip>().Which.Reason.Should().Be(SkipReason.NothingChanged);
        Review(updated, golden, golden.LaterCatalog()).Should().BeOfType<Decision.Skip>("{0} is as if it had been created so", golden.Name)
            .Which.Reason.Should().BeOneOf(SkipReason.AlreadyInjected, SkipReason.OptedOut);
        return decision;
    }

    private static Decision ReviewUpdate(GoldenManifest before, GoldenManifest after, GoldenCase golden) => PodAdmission.Review(
        AdmissionRequest.UpdatePod(GoldenManifest.Element(before.Pod), GoldenManifest.Element(after.Pod), golden.Namespace), golden.LaterCatalog());

    private static Decision Review(GoldenManifest manifest, GoldenCase golden, CatalogSnapshot catalog) =>
        PodAdmission.Review(AdmissionRequest.CreatePod(GoldenManifest.Element(manifest.Pod), golden.Namespace), catalog);
}
