using System.Text.Json.Nodes;
using Outrigger.Chart.Tests.Rendering;

namespace Outrigger.Chart.Tests.Certificates;

/// <summary>The webhook's ServiceAccount may do what its settings need, and nothing else.</summary>
public sealed class RightsTests
{
    private const string CertManager = "certificates: {mode: cert-manager}";
    private const string Binding = "{kind: ClusterPatternBinding, spec: {namespaceSelector: {matchLabels: {a: b}}}}";
    private const string Namespaces = "core/namespaces *: list watch";

    private static readonly string[] SelfManaged =
    [
        "core/secrets * in platform: create",
        "core/secrets outrigger-tls in platform: get list watch update",
        "admissionregistration.k8s.io/mutatingwebhookconfigurations outrigger: get list watch patch",
    ];

    [HelmFact]
    public void SelfManaged_MayWriteItsSecretAndItsRegistration() => Rights("").Should().BeEquivalentTo(SelfManaged);

    [HelmTheory]
    [InlineData(CertificateTests.Provided)]
    [InlineData(CertManager)]
    public void OtherModes_HaveNoRightsAtAll(string values)
    {
        Rights(values).Should().BeEmpty();
        RenderedChart.Of(new(values)).Names.Should().NotContain(name => name.Contains("Role"), "not even an empty one");
    }

    [HelmTheory]
    [InlineData($"catalog: {{files: {{a.yaml: {Binding}}}}}")]
    [InlineData($"catalog: {{files: {{a.yaml: '{Binding}'}}}}")]
    [InlineData("namespaceLabels: always")]
    public void BindingsThatSelectNamespaces_MayReadTheirLabels(string values)
    {
        Rights($"{values}\n{CertificateTests.Provided}").Should().Equal(Namespaces);
        Rights(values).Should().BeEquivalentTo([.. SelfManaged, Namespaces]);
    }

    [HelmTheory]
    [InlineData("catalog: {files: {a.yaml: {kind: ClusterPatternBinding, spec: {uses: []}}}}")]
    [InlineData($"namespaceLabels: never\ncatalog: {{files: {{a.yaml: {Binding}}}}}")]
    public void BindingsThatDoNot_MayNot(string values) => Rights($"{values}\n{CertificateTests.Provided}").Should().BeEmpty();

    [HelmFact]
    public void WithoutRbac_NothingIsGranted() => Rights("rbac: {create: false}").Should().BeEmpty();

    [HelmTheory]
    [InlineData("", true)]
    [InlineData(CertManager, true)]
    [InlineData($"nativeSidecars: never\n{CertManager}", false)]
    [InlineData($"nativeSidecars: never\nnamespaceLabels: always\n{CertManager}", true)]
    [InlineData("nativeSidecars: never", true)]
    public void Token_IsMountedOnlyWhereThereIsSomethingToAsk(string values, bool mounted)
    {
        var chart = RenderedChart.Of(new(values));
        ((bool?)chart.Get("Deployment").At("spec.template.spec.automountServiceAccountToken")).Should().Be(mounted);
        ((bool?)chart.Get("ServiceAccount").At("automountServiceAccountToken")).Should().BeFalse("the Deployment decides");
    }

    [HelmFact]
    public void Account_OfAnotherName_GetsTheRights()
    {
        var chart = RenderedChart.Of(new("serviceAccount: {create: false, name: robot}"));
        chart.Has("ServiceAccount").Should().BeFalse();
        ((string?)chart.Get("Deployment").At("spec.template.spec.serviceAccountName")).Should().Be("robot");
        foreach (var kind in new[] { "RoleBinding", "ClusterRoleBinding" })
            chart.Get(kind).Map("subjects.0").Should().Equal(new Dictionary<string, string> { ["kind"] = "ServiceAccount", ["namespace"] = "platform", ["name"] = "robot" });
    }

    /// <summary>Every right of the ServiceAccount, as text: <c>GROUP/RESOURCE NAMES in NAMESPACE: VERBS</c>.</summary>
    private static string[] Rights(string values)
    {
        var chart = RenderedChart.Of(new(values));
        string[] bindings = ["RoleBinding", "ClusterRoleBinding"];
        return
        [
            .. chart.Objects.Where(item => bindings.Contains((string)item["kind"]!))
                .SelectMany(binding => Rules(binding, chart.Get((string)binding.At("roleRef.kind")!, (string)binding.At("roleRef.name")!))),
        ];
    }

    private static IEnumerable<string> Rules(JsonObject binding, JsonObject role)
    {
        var place = binding.At("metadata.namespace") is { } space ? $" in {space}" : "";
        foreach (var rule in role.Items("rules"))
        {
            var names = rule.Texts("resourceNames") is { Length: > 0 } named ? string.Join(' ', named) : "*";
            foreach (var (group, resource) in rule.Texts("apiGroups").SelectMany(group => rule.Texts("resources").Select(resource => (group, resource))))
                yield return $"{(group.Length == 0 ? "core" : group)}/{resource} {names}{place}: {string.Join(' ', rule.Texts("verbs"))}";
        }
    }
}
