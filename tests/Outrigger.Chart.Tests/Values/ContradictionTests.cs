using Outrigger.Chart.Tests.Rendering;

namespace Outrigger.Chart.Tests.Values;

/// <summary>Values that are each right and together wrong, for which a schema has no message that helps.</summary>
public sealed class ContradictionTests
{
    [HelmTheory]
    [InlineData("certificates: {provided: {secretName: my-tls}}", "certificates.provided.secretName is set, but certificates.mode is self-managed")]
    [InlineData("certificates: {mode: cert-manager, provided: {caBundle: abc}}", "certificates.provided.caBundle is set, but certificates.mode is cert-manager")]
    [InlineData("certificates: {certManager: {issuerRef: {name: corp}}}", "certificates.certManager.issuerRef is set, but certificates.mode is self-managed")]
    [InlineData("certificates: {mode: provided, provided: {caBundle: '-----BEGIN CERTIFICATE-----'}}", "certificates.provided.secretName is missing")]
    [InlineData("certificates: {mode: provided, provided: {secretName: a}}", "certificates.provided.caBundle is missing")]
    [InlineData("certificates: {mode: provided, provided: {secretName: a, caBundle: '%%%'}}", "certificates.provided.caBundle holds no certificate")]
    [InlineData("certificates: {mode: provided, provided: {secretName: a, caBundle: '-----BEGIN EC PRIVATE KEY-----'}}", "certificates.provided.caBundle holds no certificate")]
    [InlineData("clientAuthentication: {names: [kube-apiserver]}", "clientAuthentication.names is set without clientAuthentication.ca")]
    [InlineData("clientAuthentication: {ca: /etc/ca.crt}", "clientAuthentication.ca holds no certificate")]
    [InlineData("clientAuthentication: {ca: '-----BEGIN CERTIFICATE-----', names: ['CN=kube-apiserver']}", "clientAuthentication.names has CN=kube-apiserver")]
    [InlineData("admission: {autoInjection: {namespaceSelector: {matchLabels: {a: b}}}}", "admission.autoInjection.namespaceSelector is set, but admission.autoInjection.enabled is false")]
    [InlineData("ports: {https: 8080}", "ports.https and ports.ops are both 8080")]
    [InlineData("drainSeconds: 30", "terminationGracePeriodSeconds is 30, which does not outlast drainSeconds, 30")]
    [InlineData("serviceAccount: {create: false}", "serviceAccount.name is missing")]
    [InlineData("extraArgs: [--port=9]", "extraArgs has --port, which the chart sets itself")]
    [InlineData("extraArgs: [--drain, 5s]", "extraArgs has --drain, which the chart sets itself")]
    [InlineData("extraEnv: [{name: OUTRIGGER_LOG_LEVEL, value: debug}]", "extraEnv has OUTRIGGER_LOG_LEVEL, which the chart sets itself")]
    [InlineData("extraEnv: [{name: POD_NAMESPACE, value: a}]", "extraEnv has POD_NAMESPACE, which the chart sets itself")]
    public void Contradictions_AreRefusedByTheNameOfTheValue(string values, string message) =>
        RenderedChart.Refusal(new(values)).Should().ContainSingle(line => line.StartsWith(message));

    [HelmTheory]
    [InlineData(Release.Oldest, "nativeSidecars: always", "nativeSidecars is always, but Kubernetes v1.20.2 does not know native sidecars")]
    [InlineData(Release.WithoutConditions, "nativeSidecars: always", "nativeSidecars is always, but Kubernetes v1.27.16 does not know native sidecars")]
    [InlineData(Release.Oldest, "admission: {excludedNamespaces: [a]}", "admission.excludedNamespaces is set, but namespaces do not carry their names")]
    [InlineData(Release.Oldest, "admission: {autoInjection: {enabled: true}}", "admission.autoInjection.namespaceSelector would take kube-system")]
    [InlineData(Release.Oldest, "admission: {autoInjection: {enabled: true, namespaceSelector: {matchExpressions: [{key: a, operator: NotIn, values: [b]}]}}}",
        "admission.autoInjection.namespaceSelector would take kube-system")]
    public void WhatTheClusterCannotDo_IsRefusedByTheNameOfTheValue(string kubernetes, string values, string message) =>
        RenderedChart.Refusal(new(values) { Kubernetes = kubernetes }).Should().ContainSingle(line => line.StartsWith(message));

    [HelmFact]
    public void Mistakes_AreToldAllAtOnce() =>
        RenderedChart.Refusal(new("ports: {https: 8080}\nserviceAccount: {create: false}\nextraArgs: [--port=9]"))
            .Count(line => line.Contains("ports.https") || line.Contains("serviceAccount.name") || line.Contains("--port")).Should().Be(3);
}
