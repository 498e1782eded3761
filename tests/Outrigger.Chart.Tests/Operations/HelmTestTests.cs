using System.Text.Json.Nodes;
using Outrigger.Chart.Tests.Rendering;

namespace Outrigger.Chart.Tests.Operations;

/// <summary>The Pod of <c>helm test</c>. That it succeeds is shown on a node, by the end-to-end tests.</summary>
public sealed class HelmTestTests
{
    [HelmFact]
    public void Pod_IsAHookThatEnds()
    {
        var pod = RenderedChart.Of(new("helmTest: {image: 'registry.corp/busybox:1'}")).Get("Pod");
        pod.Map("metadata.annotations").Should().Contain("helm.sh/hook", "test");
        ((string?)pod.At("spec.restartPolicy")).Should().Be("Never");
        ((bool?)pod.At("spec.automountServiceAccountToken")).Should().BeFalse();
        ((string?)pod.At("spec.containers.0.image")).Should().Be("registry.corp/busybox:1");
    }

    [HelmTheory]
    [InlineData("", "JSONPatch", "topz")]
    [InlineData("builtinPatterns: false", "\"allowed\":true", null)]
    public void Pod_SendsAReviewAndKnowsTheAnswer(string values, string answer, string? pattern)
    {
        var container = RenderedChart.Of(new(values)).Get("Pod").At("spec.containers.0");
        container.Texts("args").Single().Should().Contain("http://outrigger.platform.svc:8080/readyz").And.Contain("https://outrigger.platform.svc/mutate")
            .And.Contain(answer);
        var review = JsonNode.Parse((string)container.Named("env", "REVIEW").At("value")!);
        ((string?)review.At("request.object.metadata.annotations")?["outrigger.dev/sidecar"]).Should().Be(pattern);
    }

    [HelmFact]
    public void Pod_WhereOnlyTheApiServerMayCall_AsksForReadinessAlone() =>
        RenderedChart.Of(new("clientAuthentication: {ca: '-----BEGIN CERTIFICATE-----'}")).Get("Pod").Texts("spec.containers.0.args").Single()
            .Should().Contain("/readyz").And.NotContain("/mutate");
}
