using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Outrigger.Chart.Tests.Rendering;
using Outrigger.Core.Catalog;

namespace Outrigger.Chart.Tests.Admission;

/// <summary>A MutatingWebhookConfiguration, followed as the API server follows it.</summary>
internal sealed record Registration(JsonObject Json, bool LabelsNamespaces)
{
    /// <summary>That of a release.</summary>
    public static Registration Of(Release release) =>
        new(RenderedChart.Of(release).Get("MutatingWebhookConfiguration"), Version.Parse(release.Kubernetes) >= new Version(1, 21));

    public JsonNode[] Entries => Json.Items("webhooks");

    /// <summary>The names of the entries that are called for a new Pod.</summary>
    /// <param name="namespace">Its namespace, with labels: <c>shop team=payments</c>.</param>
    /// <param name="pod">The Pod.</param>
    public string[] Create(string @namespace, JsonObject pod) => Calls("CREATE", @namespace, pod, null);

    /// <summary>The names of the entries that are called for a change of a Pod.</summary>
    public string[] Update(string @namespace, JsonObject oldPod, JsonObject pod) => Calls("UPDATE", @namespace, pod, oldPod);

    private string[] Calls(string operation, string @namespace, JsonObject pod, JsonObject? oldPod)
    {
        var labels = Labels(@namespace);
        return
        [
            .. Entries.Where(entry => entry.Texts("rules.0.operations").Contains(operation))
                .Where(entry => Selector(entry.At("namespaceSelector")!).Matches(labels))
                .Where(entry => entry.Items("matchConditions").All(condition => Condition.Holds((string)condition["expression"]!, pod, oldPod)))
                .Select(entry => (string)entry["name"]!),
        ];
    }

    private Dictionary<string, string> Labels(string @namespace)
    {
        var parts = @namespace.Split(' ');
        var labels = parts[1..].Select(label => label.Split('=')).ToDictionary(label => label[0], label => label[1]);
        if (LabelsNamespaces)
            labels["kubernetes.io/metadata.name"] = parts[0];
        return labels;
    }

    private static LabelSelector Selector(JsonNode selector)
    {
        selector.AsObject().Select(member => member.Key).Should().BeSubsetOf(["matchExpressions"]);
        return new(
        [
            .. selector.Items("matchExpressions").Select(item => new LabelRequirement(
                (string)item["key"]!, Enum.Parse<LabelOperator>((string)item["operator"]!), [.. item.Texts("values")])),
        ]);
    }
}
