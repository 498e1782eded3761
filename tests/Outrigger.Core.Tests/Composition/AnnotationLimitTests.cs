using System.Text.Json.Nodes;
using Outrigger.Core.Admission;
using Outrigger.Core.Catalog;
using Outrigger.Core.Composition;
using Outrigger.Core.Tests.Catalog;
using Outrigger.Core.Tests.Properties;

namespace Outrigger.Core.Tests.Composition;

/// <summary>Kubernetes' limit of 256 KiB for all annotations of a Pod.</summary>
public class AnnotationLimitTests
{
    private static readonly string Pattern = Catalogs.Pattern("files: {f: \"0123456789\"}");
    private static readonly CatalogSnapshot Asked = Catalogs.Read(Pattern);
    private static readonly CatalogSnapshot Given = Catalogs.Read(Pattern, Catalogs.Binding("uses: [{pattern: p}]"));
    private static readonly CatalogSnapshot Required = Catalogs.Read(Pattern, Catalogs.Binding("uses: [{pattern: p}]\nrequired: true"));

    [Fact]
    public void Review_AnnotationsJustFit_Injects() =>
        Scenario.Review(Pod(AnnotationSize.Limit - Added(), asks: true), Asked).Should().BeOfType<Decision.Inject>();

    [Fact]
    public void Review_OneByteTooMany_IsRefusedWithTheSizes() =>
        Scenario.Review(Pod(AnnotationSize.Limit - Added() + 1, asks: true), Asked).Should().BeOfType<Decision.Reject>().Which.Message
            .Should().StartWith("metadata.annotations: would take 262,145 bytes, and Kubernetes allows 262,144: the Pod's own ").And.Contain("files.outrigger.dev/p.f 33");

    [Fact]
    public void Review_TheBindingsUseIsTooMuch_IsLeftOutWithAWarning()
    {
        var decision = Scenario.Review(Pod(AnnotationSize.Limit - 10, asks: false), Given);
        decision.Should().BeOfType<Decision.Skip>().Which.Reason.Should().Be(SkipReason.BindingsFailed);
        decision.Warnings.Should().ContainSingle().Which.Should().StartWith("ClusterPatternBinding b: p was left out: metadata.annotations: would take ");
    }

    [Fact]
    public void Review_TheRequiredUseIsTooMuch_IsRefused() =>
        Scenario.Review(Pod(AnnotationSize.Limit - 10, asks: false), Required).Should().BeOfType<Decision.Reject>();

    [Fact]
    public void Review_OwnAnnotationsAreTooManyAndNothingIsAdded_IsLeftToTheServer() =>
        Scenario.Review(Pod(AnnotationSize.Limit + 10, asks: false), Asked).Should().BeOfType<Decision.Skip>();

    /// <summary>The bytes that the injection adds to a Pod that asks.</summary>
    private static int Added()
    {
        var inject = Scenario.Review(Pod(1000, asks: true), Asked).Should().BeOfType<Decision.Inject>().Subject;
        return inject.Plan.Additions.OfType<Addition.Annotation>().Sum(annotation => annotation.Key.Length + annotation.Value.Length);
    }

    private static JsonObject Pod(int size, bool asks)
    {
        var annotations = new JsonObject();
        if (asks)
            annotations["outrigger.dev/sidecar"] = "p";
        // Two bytes each in UTF-8, which is what Kubernetes counts.
        var rest = size - 1 - (asks ? "outrigger.dev/sidecarp".Length : 0);
        annotations["x"] = new string('é', rest / 2) + (rest % 2 == 1 ? "." : "");
        return new JsonObject
        {
            ["metadata"] = new JsonObject { ["annotations"] = annotations },
            ["spec"] = new JsonObject { ["containers"] = new JsonArray(new JsonObject { ["name"] = "web" }) },
        };
    }
}
