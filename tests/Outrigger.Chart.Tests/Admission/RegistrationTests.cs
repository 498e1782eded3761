using System.Text;
using Outrigger.Chart.Tests.Rendering;

namespace Outrigger.Chart.Tests.Admission;

public sealed class RegistrationTests
{
    private const string Everything = "admission: {autoInjection: {enabled: true, namespaceSelector: {matchLabels: {a: b}}}, timeoutSeconds: 3, failurePolicy: Ignore}";

    [HelmTheory]
    [InlineData(Release.Oldest, 4)]
    [InlineData(Release.WithoutConditions, 4)]
    [InlineData(Release.WithConditions, 3)]
    [InlineData(Release.Newest, 3)]
    public void EveryEntry_IsAsTheWebhooksPageSays(string kubernetes, int count)
    {
        var entries = Registration.Of(new(Everything) { Kubernetes = kubernetes }).Entries;
        entries.Should().HaveCount(count);
        entries.Select(entry => (string)entry["name"]!).Should().OnlyHaveUniqueItems();
        foreach (var entry in entries)
        {
            entry.Texts("admissionReviewVersions").Should().Equal("v1");
            ((string?)entry["sideEffects"]).Should().Be("None");
            ((string?)entry["reinvocationPolicy"]).Should().Be("IfNeeded");
            ((string?)entry["matchPolicy"]).Should().Be("Equivalent");
            ((int?)entry["timeoutSeconds"]).Should().Be(3);
            ((string?)entry["failurePolicy"]).Should().Be("Ignore");
            entry.At("clientConfig.service")!.ToJsonString().Should()
                .Be("""{"namespace":"platform","name":"outrigger","path":"/mutate","port":443}""");
            entry["rules"]!.AsArray().Should().ContainSingle();
            (entry.At("rules.0.scope")!.ToJsonString() + entry.At("rules.0.resources")!.ToJsonString()).Should()
                .Be("\"Namespaced\"[\"pods\"]", "subresources, such as the status that the kubelet writes, are none of its business");
        }
    }

    [HelmTheory]
    [InlineData(Release.WithoutConditions, false)]
    [InlineData(Release.WithConditions, true)]
    public void Conditions_AreWrittenOnlyWhereTheClusterKnowsThem(string kubernetes, bool known) =>
        Registration.Of(new(Everything) { Kubernetes = kubernetes }).Entries
            .Should().OnlyContain(entry => entry.AsObject().ContainsKey("matchConditions") == known);

    [HelmTheory]
    [InlineData(Release.WithConditions)]
    [InlineData(Release.Newest)]
    public void Conditions_TakeWhatTheDocumentedOneTakes_ButTheStatusThatTheWebhookWrites(string kubernetes)
    {
        // As docs/webhook.md has it for 1.28, where CEL's optional types are not there yet.
        const string Documented = "has(object.metadata.annotations) && object.metadata.annotations.exists(k, k.startsWith('outrigger.dev/'))";
        File.ReadAllText(Path.Combine(Helm.Root, "docs", "webhook.md")).Should().Contain(Documented);
        var condition = (string)Registration.Of(new() { Kubernetes = kubernetes }).Entries[0].At("matchConditions.0.expression")!;
        condition.Should().StartWith(Documented[..^2]).And.NotContain("?", "before 1.29 optional types are an error");
        foreach (var (sort, pod) in Pods.All)
            Condition.Holds(condition, pod, null).Should().Be(sort != "bound" && Condition.Holds(Documented, pod, null), "the Pod is {0}", sort);
    }

    [HelmFact]
    public void CaBundle_OfPemAndOfBase64_IsTheSame()
    {
        const string Pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
        var base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(Pem), Base64FormattingOptions.InsertLineBreaks);
        foreach (var bundle in new[] { Pem, base64 })
        {
            var values = new System.Text.Json.Nodes.JsonObject
            {
                ["certificates"] = new System.Text.Json.Nodes.JsonObject
                {
                    ["mode"] = "provided",
                    ["provided"] = new System.Text.Json.Nodes.JsonObject { ["secretName"] = "tls", ["caBundle"] = bundle },
                },
            };
            foreach (var entry in Registration.Of(new(values.ToJsonString())).Entries)
                Encoding.UTF8.GetString(Convert.FromBase64String((string)entry.At("clientConfig.caBundle")!)).Should().Be(Pem);
        }
    }
}
