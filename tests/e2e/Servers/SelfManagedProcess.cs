using System.Text.Json.Nodes;
using Outrigger.E2e.Clusters;

namespace Outrigger.E2e.Servers;

/// <summary>
/// The published webhook as a process on this machine that makes its own certificates, with a namespace and a registration of its own. The
/// registration is for no namespace at all: reviews come from the test.
/// </summary>
internal sealed class SelfManagedProcess : IAsyncDisposable
{
    private const string Service = "webhook";

    private SelfManagedProcess(TestNamespace space) => Space = space;

    public TestNamespace Space { get; }

    public WebhookProcess Webhook { get; private set; } = null!;

    /// <summary>The name of the Secret.</summary>
    public static string Secret => "webhook-tls";

    /// <param name="flags">Beside those of the certificates.</param>
    /// <param name="variables">Of its environment.</param>
    public static async Task<SelfManagedProcess> StartAsync(string[] flags, params (string Name, string Value)[] variables)
    {
        var self = new SelfManagedProcess(await TestNamespace.CreateAsync());
        try
        {
            await Kubectl.ApplyAsync(self.Configuration());
            self.Webhook = await WebhookProcess.StartAsync(
                [
                    "--certificates", "self-managed", "--namespace", self.Space.Name, "--tls-secret", Secret, "--service", Service,
                    "--webhook-configuration", self.Space.Name, .. flags,
                ],
                variables);
            return self;
        }
        catch
        {
            await self.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (Webhook is not null)
            await Webhook.DisposeAsync();
        await Kubectl.TryAsync(["delete", "mutatingwebhookconfiguration", Space.Name, "--ignore-not-found"]);
        await Space.DisposeAsync();
    }

    private JsonObject Configuration() => new()
    {
        ["apiVersion"] = "admissionregistration.k8s.io/v1",
        ["kind"] = "MutatingWebhookConfiguration",
        ["metadata"] = new JsonObject { ["name"] = Space.Name },
        ["webhooks"] = new JsonArray(new JsonObject
        {
            ["name"] = "pods.e2e.outrigger.dev",
            ["clientConfig"] = new JsonObject
            {
                ["service"] = new JsonObject { ["namespace"] = Space.Name, ["name"] = Service, ["path"] = "/mutate" },
            },
            ["rules"] = new JsonArray(new JsonObject
            {
                ["apiGroups"] = new JsonArray(""),
                ["apiVersions"] = new JsonArray("v1"),
                ["operations"] = new JsonArray("CREATE"),
                ["resources"] = new JsonArray("pods"),
            }),
            ["namespaceSelector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["outrigger-e2e/nobody"] = "has-this" } },
            ["failurePolicy"] = "Ignore",
            ["sideEffects"] = "None",
            ["admissionReviewVersions"] = new JsonArray("v1"),
        }),
    };
}
