using Outrigger.Chart.Tests.Rendering;

namespace Outrigger.Chart.Tests.Certificates;

/// <summary>Where the serving certificate comes from, and who tells the API server of its authority.</summary>
public sealed class CertificateTests
{
    internal const string Provided = """
        certificates:
          mode: provided
          provided: {secretName: my-tls, caBundle: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCg==}
        """;

    private const string CertManager = "certificates: {mode: cert-manager}";

    [HelmFact]
    public void SelfManaged_TheWebhookIsToldWhatIsItsOwn()
    {
        var chart = RenderedChart.Of(new() { Name = "inject" });
        var container = chart.Get("Deployment").At("spec.template.spec.containers.0");
        container.Texts("args").Should().Contain(
        [
            "--certificates=self-managed", "--namespace=$(POD_NAMESPACE)", "--tls-secret=inject-outrigger-tls", "--service=inject-outrigger",
            "--webhook-configuration=inject-outrigger", "--certificate-lifetime=2160h", "--ca-lifetime=8760h",
        ]).And.NotContain(argument => argument.StartsWith("--tls-cert") || argument.StartsWith("--tls-key"));
        ((string?)container.Named("env", "POD_NAMESPACE").At("valueFrom.fieldRef.fieldPath")).Should().Be("metadata.namespace");
        chart.Names.Should().Contain(["Service/inject-outrigger", "MutatingWebhookConfiguration/inject-outrigger"]);
        chart.Get("MutatingWebhookConfiguration").Items("webhooks").Should().OnlyContain(entry => entry.At("clientConfig.caBundle") == null, "the webhook writes it");
        chart.Get("Deployment").Named("spec.template.spec.volumes", "certificate").Should().BeNull();
    }

    [HelmTheory]
    [InlineData(Provided, "my-tls")]
    [InlineData(CertManager, "outrigger-tls")]
    public void MountedSecret_IsReadAsAFolderByTheWebhookAlone(string values, string secret)
    {
        var pod = RenderedChart.Of(new(values)).Get("Deployment").At("spec.template.spec");
        pod.Texts("containers.0.args").Should().Contain(["--tls-cert=/certificate/tls.crt", "--tls-key=/certificate/tls.key"])
            .And.NotContain(argument => argument.StartsWith("--certificates") || argument.StartsWith("--tls-secret"));
        var mount = pod.Named("containers.0.volumeMounts", "certificate");
        ((string?)mount.At("mountPath")).Should().Be("/certificate");
        mount.At("subPath").Should().BeNull("what is mounted by subPath is never renewed");
        var volume = pod.Named("volumes", "certificate").At("secret");
        ((string?)volume.At("secretName")).Should().Be(secret);
        ((int?)volume.At("defaultMode")).Should().Be(Convert.ToInt32("440", 8));
        ((int?)pod.At("securityContext.fsGroup")).Should().Be(65532, "else the user could not read it");
    }

    [HelmFact]
    public void CertManager_MakesAnAuthorityAndTellsTheApiServer()
    {
        var chart = RenderedChart.Of(new(CertManager));
        chart.Get("MutatingWebhookConfiguration").Map("metadata.annotations").Should().Contain("cert-manager.io/inject-ca-from", "platform/outrigger");
        var serving = chart.Get("Certificate", "outrigger").At("spec");
        serving.Texts("dnsNames").Should().Equal("outrigger.platform.svc");
        ((string?)serving.At("secretName")).Should().Be("outrigger-tls");
        ((string?)serving.At("issuerRef.name")).Should().Be("outrigger-ca");
        ((string?)chart.Get("Issuer", "outrigger-ca").At("spec.ca.secretName")).Should().Be("outrigger-ca");
        var authority = chart.Get("Certificate", "outrigger-ca").At("spec");
        ((bool?)authority.At("isCA")).Should().BeTrue();
        ((string?)authority.At("secretName")).Should().Be("outrigger-ca");
        ((string?)authority.At("issuerRef.name")).Should().Be("outrigger-root");
        chart.Get("Issuer", "outrigger-root").At("spec.selfSigned").Should().NotBeNull();
    }

    [HelmTheory]
    [InlineData("{name: corp}", "Issuer", "cert-manager.io")]
    [InlineData("{name: corp, kind: ClusterIssuer}", "ClusterIssuer", "cert-manager.io")]
    [InlineData("{name: corp, kind: Vault, group: pki.example.com}", "Vault", "pki.example.com")]
    public void CertManager_WithAnIssuer_MakesNone(string issuer, string kind, string group)
    {
        var chart = RenderedChart.Of(new($"certificates: {{mode: cert-manager, certManager: {{issuerRef: {issuer}, duration: 48h}}}}"));
        chart.Has("Issuer").Should().BeFalse();
        var spec = chart.Get("Certificate").At("spec");
        spec.Map("issuerRef").Should().Equal(new Dictionary<string, string> { ["name"] = "corp", ["kind"] = kind, ["group"] = group });
        ((string?)spec.At("duration")).Should().Be("48h");
    }

    [HelmFact]
    public void ClientAuthentication_MountsTheAuthorityAndNamesWhoMayCall()
    {
        const string Pem = "-----BEGIN CERTIFICATE-----";
        var chart = RenderedChart.Of(new($"clientAuthentication: {{ca: '{Pem}', names: [kube-apiserver, '$(HOME)']}}"));
        var pod = chart.Get("Deployment").At("spec.template.spec");
        pod.Texts("containers.0.args").Should().Contain(["--client-ca=/client-ca/ca.crt", "--client-name=kube-apiserver", "--client-name=$$(HOME)"]);
        ((string?)pod.Named("containers.0.volumeMounts", "client-ca").At("mountPath")).Should().Be("/client-ca");
        ((string?)pod.Named("volumes", "client-ca").At("configMap.name")).Should().Be("outrigger-client-ca");
        chart.Get("ConfigMap", "outrigger-client-ca").Map("data").Should().Contain("ca.crt", Pem);
        RenderedChart.Of(new()).Has("ConfigMap", "outrigger-client-ca").Should().BeFalse();
    }
}
