using Outrigger.Chart.Tests.Certificates;
using Outrigger.Chart.Tests.Rendering;

namespace Outrigger.Chart.Tests.Workload;

public sealed class DeploymentTests
{
    [HelmFact]
    public void Replicas_AreTwo_SpreadAndReplacedOneAfterTheOther()
    {
        var spec = RenderedChart.Of(new()).Get("Deployment").At("spec");
        ((int?)spec.At("replicas")).Should().Be(2);
        ((int?)spec.At("strategy.rollingUpdate.maxUnavailable")).Should().Be(0);
        var labels = spec.Map("template.metadata.labels");
        var spread = spec.Items("template.spec.topologySpreadConstraints");
        spread.Select(constraint => (string)constraint["topologyKey"]!).Should().Equal("topology.kubernetes.io/zone", "kubernetes.io/hostname");
        spread.Should().OnlyContain(constraint => (string)constraint["whenUnsatisfiable"]! == "ScheduleAnyway", "one node must do");
        foreach (var constraint in spread)
            constraint.Map("labelSelector.matchLabels").Should().NotBeEmpty().And.BeSubsetOf(labels);
    }

    [HelmTheory]
    [InlineData(Release.Oldest, "policy/v1beta1")]
    [InlineData("1.21.0", "policy/v1")]
    [InlineData(Release.Newest, "policy/v1")]
    public void DisruptionBudget_LeavesOneReplica(string kubernetes, string version)
    {
        var chart = RenderedChart.Of(new() { Kubernetes = kubernetes });
        var budget = chart.Get("PodDisruptionBudget");
        ((string?)budget["apiVersion"]).Should().Be(version);
        ((int?)budget.At("spec.maxUnavailable")).Should().Be(1);
        budget.Map("spec.selector.matchLabels").Should().Equal(chart.Get("Deployment").Map("spec.selector.matchLabels"));
        RenderedChart.Of(new("podDisruptionBudget: {enabled: false}")).Has("PodDisruptionBudget").Should().BeFalse();
    }

    [HelmFact]
    public void Pod_MeetsTheRestrictedLevel()
    {
        var pod = RenderedChart.Of(new()).Get("Deployment").At("spec.template.spec");
        ((bool?)pod.At("securityContext.runAsNonRoot")).Should().BeTrue();
        ((string?)pod.At("securityContext.seccompProfile.type")).Should().Be("RuntimeDefault");
        var container = pod.At("containers.0.securityContext");
        ((bool?)container.At("readOnlyRootFilesystem")).Should().BeTrue();
        ((bool?)container.At("allowPrivilegeEscalation")).Should().BeFalse();
        container.Texts("capabilities.drop").Should().Equal("ALL");
        pod.At("containers.0.resources.requests.cpu").Should().NotBeNull();
        pod.At("containers.0.resources.limits.memory").Should().NotBeNull();
    }

    [HelmFact]
    public void SecurityContext_GivesPartsAway() =>
        RenderedChart.Of(new("podSecurityContext: {runAsUser: null}")).Get("Deployment").At("spec.template.spec.securityContext")!.AsObject()
            .Select(member => member.Key).Should().Contain("runAsNonRoot").And.NotContain("runAsUser", "some clusters give each namespace users of its own");

    [HelmFact]
    public void Probes_AskTheOpsPort()
    {
        var container = RenderedChart.Of(new("ports: {ops: 9090}")).Get("Deployment").At("spec.template.spec.containers.0");
        ((int?)container.Named("ports", "ops").At("containerPort")).Should().Be(9090);
        foreach (var (probe, path) in new[] { ("startupProbe", "/healthz"), ("livenessProbe", "/healthz"), ("readinessProbe", "/readyz") })
        {
            ((string?)container.At($"{probe}.httpGet.path")).Should().Be(path);
            ((string?)container.At($"{probe}.httpGet.port")).Should().Be("ops");
        }
    }

    [HelmFact]
    public void End_IsLongerThanTheDrain()
    {
        var pod = RenderedChart.Of(new()).Get("Deployment").At("spec.template.spec");
        var drain = pod.Texts("containers.0.args").Single(argument => argument.StartsWith("--drain="))["--drain=".Length..^1];
        ((int?)pod.At("terminationGracePeriodSeconds")).Should().BeGreaterThan(int.Parse(drain, System.Globalization.CultureInfo.InvariantCulture));
    }

    [HelmTheory]
    [InlineData("", "outrigger/outrigger:0.1.0")]
    [InlineData("image: {repository: registry.corp:5000/outrigger, tag: dev}", "registry.corp:5000/outrigger:dev")]
    [InlineData("image: {digest: 'sha256:0123456789012345678901234567890123456789012345678901234567890123'}",
        "outrigger/outrigger@sha256:0123456789012345678901234567890123456789012345678901234567890123")]
    [InlineData("image: {tag: dev, digest: 'sha256:0123456789012345678901234567890123456789012345678901234567890123'}",
        "outrigger/outrigger:dev@sha256:0123456789012345678901234567890123456789012345678901234567890123")]
    public void Image_IsOfRepositoryTagAndDigest(string values, string image) =>
        ((string?)RenderedChart.Of(new(values)).Get("Deployment").At("spec.template.spec.containers.0.image")).Should().Be(image);

    [HelmFact]
    public void Placing_IsAsTheValuesSay()
    {
        var pod = RenderedChart.Of(new("""
            priorityClassName: system-cluster-critical
            imagePullSecrets: [{name: registry}]
            nodeSelector: {pool: infra}
            tolerations: [{key: infra, operator: Exists}]
            affinity: {podAntiAffinity: {}}
            topologySpreadConstraints: [{topologyKey: rack, maxSkew: 1, whenUnsatisfiable: DoNotSchedule}]
            podAnnotations: {a: b}
            podLabels: {team: platform, app.kubernetes.io/name: other}
            extraEnv: [{name: OTEL_SDK_DISABLED, value: "true"}]
            """)).Get("Deployment").At("spec.template");
        ((string?)pod.At("spec.priorityClassName")).Should().Be("system-cluster-critical");
        ((string?)pod.At("spec.imagePullSecrets.0.name")).Should().Be("registry");
        pod.Map("spec.nodeSelector").Should().Contain("pool", "infra");
        ((string?)pod.At("spec.tolerations.0.key")).Should().Be("infra");
        pod.At("spec.affinity.podAntiAffinity").Should().NotBeNull();
        pod.Items("spec.topologySpreadConstraints").Should().ContainSingle().Which.At("topologyKey")!.ToJsonString().Should().Be("\"rack\"");
        pod.Map("metadata.annotations").Should().Contain("a", "b");
        pod.Map("metadata.labels").Should().Contain("team", "platform").And.Contain("app.kubernetes.io/name", "outrigger", "the selector needs it");
        ((string?)pod.Named("spec.containers.0.env", "OTEL_SDK_DISABLED").At("value")).Should().Be("true");
    }

    [HelmTheory]
    [InlineData("outrigger", "", "outrigger")]
    [InlineData("prod", "", "prod-outrigger")]
    [InlineData("prod", "nameOverride: sidecars", "prod-sidecars")]
    [InlineData("prod", "fullnameOverride: sidecars", "sidecars")]
    [InlineData("a-release-with-a-name-that-is-as-long-as-helm-allows", "", "a-release-with-a-name-that-is-as-long-as-helm-allo")]
    public void Name_IsOfReleaseAndChart(string release, string values, string name)
    {
        var chart = RenderedChart.Of(new(values) { Name = release });
        chart.Names.Should().Contain([$"Deployment/{name}", $"Service/{name}", $"MutatingWebhookConfiguration/{name}", $"ConfigMap/{name}-catalog"]);
    }

    [HelmTheory]
    [InlineData("")]
    [InlineData(CertificateTests.Provided)]
    [InlineData("networkPolicy: {enabled: true}\nserviceMonitor: {enabled: true}\ndashboard: {enabled: true}\ncertificates: {mode: cert-manager}")]
    public void EveryObject_HasTheStandardLabels_AndOnlyTheDeploymentsPodsAreSelected(string values)
    {
        var chart = RenderedChart.Of(new(values) { Namespace = "007" });
        foreach (var item in chart.Objects)
        {
            item.Map("metadata.labels").Should().Contain(
            [
                KeyValuePair.Create("app.kubernetes.io/name", "outrigger"), KeyValuePair.Create("app.kubernetes.io/instance", "outrigger"),
                KeyValuePair.Create("app.kubernetes.io/version", "0.1.0"), KeyValuePair.Create("app.kubernetes.io/managed-by", "Helm"),
                KeyValuePair.Create("helm.sh/chart", "outrigger-0.1.0"),
            ], "{0} is of this chart", item["kind"]);
            if (!((string)item["kind"]!).StartsWith("Cluster") && (string)item["kind"]! != "MutatingWebhookConfiguration")
                ((string?)item.At("metadata.namespace")).Should().Be("007", "a name of digits is a name");
        }

        var selector = chart.Get("Service").Map("spec.selector");
        selector.Should().BeSubsetOf(chart.Get("Deployment").Map("spec.template.metadata.labels"));
        selector.Should().NotBeSubsetOf(chart.Get("Pod").Map("metadata.labels"), "the Pod of helm test serves nothing");
    }
}
