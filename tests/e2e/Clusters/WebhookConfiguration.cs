using System.Text.Json.Nodes;
using Outrigger.E2e.Servers;

namespace Outrigger.E2e.Clusters;

/// <summary>
/// A MutatingWebhookConfiguration that the API server follows until this object's end. It is limited to namespaces that are labelled for it:
/// nobody else who uses the cluster is touched.
/// </summary>
internal sealed class WebhookConfiguration : IAsyncDisposable
{
    private const string LabelKey = "outrigger-e2e/installation";

    private readonly JsonObject _manifest;

    private WebhookConfiguration(JsonObject manifest) => _manifest = manifest;

    /// <summary>The label of the namespaces that it is for.</summary>
    public static string Label(string installation) => $"{LabelKey}={installation}";

    /// <summary>The name by which the API server's messages call the webhook.</summary>
    public string WebhookName => (string)_manifest["webhooks"]![0]!["name"]!;

    /// <summary>Registers a webhook.</summary>
    /// <param name="name">Its name; the API server calls webhooks in the order of their names.</param>
    /// <param name="installation">Which namespaces it is for.</param>
    /// <param name="port">Where it listens.</param>
    /// <param name="certificates">What it serves with.</param>
    /// <param name="withUpdates">Whether it is asked about updates too, by an entry of its own: an update goes through while the webhook does not answer.</param>
    public static async Task<WebhookConfiguration> RegisterAsync(string name, string installation, int port, CertificateFolder certificates, bool withUpdates)
    {
        var entries = new JsonArray(Entry(name, "CREATE", "Fail"));
        if (withUpdates)
            entries.Add(Entry($"{name}-updates", "UPDATE", "Ignore"));
        var configuration = new WebhookConfiguration(new JsonObject
        {
            ["apiVersion"] = "admissionregistration.k8s.io/v1",
            ["kind"] = "MutatingWebhookConfiguration",
            ["metadata"] = new JsonObject { ["name"] = $"{name}-{installation}" },
            ["webhooks"] = entries,
        });
        await Kubectl.ApplyAsync(configuration._manifest);
        return configuration;

        JsonObject Entry(string entry, string operation, string failurePolicy) => new()
        {
            ["name"] = $"{entry}.e2e.outrigger.dev",
            ["clientConfig"] = new JsonObject
            {
                ["url"] = $"https://{CertificateFolder.Address}:{port}/mutate",
                ["caBundle"] = certificates.AuthorityBundle,
            },
            ["rules"] = new JsonArray(new JsonObject
            {
                ["apiGroups"] = new JsonArray(""),
                ["apiVersions"] = new JsonArray("v1"),
                ["operations"] = new JsonArray(operation),
                ["resources"] = new JsonArray("pods"),
            }),
            ["namespaceSelector"] = new JsonObject { ["matchLabels"] = new JsonObject { [LabelKey] = installation } },
            ["failurePolicy"] = failurePolicy,
            ["sideEffects"] = "None",
            ["reinvocationPolicy"] = "IfNeeded",
            ["timeoutSeconds"] = 10,
            ["admissionReviewVersions"] = new JsonArray("v1"),
        };
    }

    /// <summary>Says what becomes of Pods while the webhook does not answer: <c>Fail</c> or <c>Ignore</c>.</summary>
    public async Task SetFailurePolicyAsync(string policy)
    {
        _manifest["webhooks"]![0]!["failurePolicy"] = policy;
        await Kubectl.ApplyAsync(_manifest);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync() =>
        await Kubectl.TryAsync(["delete", "mutatingwebhookconfiguration", (string)_manifest["metadata"]!["name"]!, "--ignore-not-found"]);
}
