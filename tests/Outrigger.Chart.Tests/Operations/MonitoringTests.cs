using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Outrigger.Chart.Tests.Rendering;

namespace Outrigger.Chart.Tests.Operations;

public sealed partial class MonitoringTests
{
    private static readonly string[] Metrics =
    [
        "outrigger_reviews_total", "outrigger_review_duration_seconds_bucket", "outrigger_injections_total", "outrigger_catalog_patterns",
        "outrigger_reloads_total", "outrigger_reload_last_success_timestamp_seconds", "outrigger_certificate_expiry_timestamp_seconds",
        "outrigger_requests_in_flight", "outrigger_requests_refused_total", "outrigger_build_info",
    ];

    [HelmFact]
    public void Neither_IsThereUnlessAskedFor() =>
        RenderedChart.Of(new()).Names.Should().NotContain(["ServiceMonitor/outrigger", "ConfigMap/outrigger-dashboard"]);

    [HelmFact]
    public void ServiceMonitor_FindsTheService()
    {
        var chart = RenderedChart.Of(new("serviceMonitor: {enabled: true, interval: 10s, labels: {release: prometheus}}"));
        var (monitor, service) = (chart.Get("ServiceMonitor"), chart.Get("Service"));
        monitor.Map("metadata.labels").Should().Contain("release", "prometheus");
        monitor.Map("spec.selector.matchLabels").Should().NotBeEmpty().And.BeSubsetOf(service.Map("metadata.labels"));
        monitor.Map("spec.endpoints.0").Should().Equal(new Dictionary<string, string> { ["port"] = "ops", ["path"] = "/metrics", ["interval"] = "10s" });
        service.Named("spec.ports", "ops").Should().NotBeNull();
    }

    [HelmFact]
    public void Dashboard_ShowsTheseMetricsAndNoOther()
    {
        var map = RenderedChart.Of(new("dashboard: {enabled: true, annotations: {grafana_folder: Platform}}")).Get("ConfigMap", "outrigger-dashboard");
        map.Map("metadata.labels").Should().Contain("grafana_dashboard", "1");
        map.Map("metadata.annotations").Should().Contain("grafana_folder", "Platform");
        var dashboard = JsonNode.Parse(map.Map("data")["outrigger.json"]);
        var expressions = dashboard.Items("panels").SelectMany(panel => panel.Items("targets")).Select(target => (string)target["expr"]!).ToList();
        expressions.SelectMany(expression => Metric().Matches(expression).Select(match => match.Value)).Distinct().Should().BeEquivalentTo(Metrics);
        dashboard.Items("panels").Select(panel => (int)panel["id"]!).Should().OnlyHaveUniqueItems();
    }

    [GeneratedRegex("outrigger_[a-z_]+")]
    private static partial Regex Metric();
}
