using Outrigger.Chart.Tests.Rendering;

namespace Outrigger.Chart.Tests.Operations;

public sealed class NetworkPolicyTests
{
    private const string Silent = "nativeSidecars: never\ncertificates: {mode: cert-manager}\n";

    [HelmFact]
    public void Policy_IsThereOnlyWhereAskedFor() => RenderedChart.Of(new()).Has("NetworkPolicy").Should().BeFalse();

    [HelmFact]
    public void Policy_OpensTheTwoPortsAndTheWayToTheApiServer()
    {
        var chart = RenderedChart.Of(new("networkPolicy: {enabled: true}"));
        var spec = chart.Get("NetworkPolicy").At("spec");
        spec.Texts("policyTypes").Should().Equal("Ingress", "Egress");
        spec.Map("podSelector.matchLabels").Should().Equal(chart.Get("Deployment").Map("spec.selector.matchLabels"));
        spec.Items("ingress").Select(rule => (string)rule.At("ports.0.port")!).Should().Equal("https", "ops");
        spec.Items("ingress").Should().OnlyContain(rule => rule["from"] == null);
        spec.Items("egress.0.ports").Select(port => (int)port["port"]!).Should().Equal(443, 6443);
    }

    [HelmFact]
    public void Callers_CanBeNamed()
    {
        var spec = RenderedChart.Of(new("""
            networkPolicy:
              enabled: true
              apiServer: [{ipBlock: {cidr: 10.0.0.0/28}}]
              ops: [{namespaceSelector: {matchLabels: {name: monitoring}}}]
              extraEgress: [{ports: [{port: 4317}]}]
            """)).Get("NetworkPolicy").At("spec");
        ((string?)spec.At("ingress.0.from.0.ipBlock.cidr")).Should().Be("10.0.0.0/28");
        spec.Map("ingress.1.from.0.namespaceSelector.matchLabels").Should().Contain("name", "monitoring");
        ((int?)spec.At("egress.1.ports.0.port")).Should().Be(4317);
    }

    [HelmFact]
    public void WhereNothingIsAsked_NothingGoesOut() =>
        RenderedChart.Of(new(Silent + "networkPolicy: {enabled: true}")).Get("NetworkPolicy").Items("spec.egress").Should().BeEmpty();
}
