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

    private static Decision Review(GoldenManifest manifest, GoldenCase golden, CatalogSnapshot catalog) =>
        PodAdmission.Review(AdmissionRequest.CreatePod(GoldenManifest.Element(manifest.Pod), golden.Namespace), catalog);
}
