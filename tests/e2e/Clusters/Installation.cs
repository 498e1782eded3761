using Outrigger.E2e.Processes;
using Outrigger.E2e.Servers;

namespace Outrigger.E2e.Clusters;

/// <summary>A running webhook with its certificates and its catalog, registered with the cluster. All of it goes with this object.</summary>
public sealed class Installation : IAsyncLifetime
{
    private readonly string _id = $"{Guid.NewGuid():N}"[..8];
    private readonly string _folder = Directory.CreateTempSubdirectory("outrigger-e2e-").FullName;
    private WebhookProcess? _webhook;
    private WebhookConfiguration? _configuration;

    internal WebhookProcess Webhook => _webhook!;

    internal WebhookConfiguration Configuration => _configuration!;

    internal CertificateFolder Certificates => new(Path.Combine(_folder, "certs"));

    /// <summary>A folder of patterns and bindings beside the built-in ones.</summary>
    internal string Catalog => Path.Combine(_folder, "catalog");

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(Catalog);
        foreach (var file in Directory.GetFiles(Path.Combine(Project.Root, "tests", "e2e", "catalog")))
            File.Copy(file, Path.Combine(Catalog, Path.GetFileName(file)));
        await Certificates.MakeAsync();
        _webhook = await WebhookProcess.StartAsync(Certificates, Catalog);
        _configuration = await WebhookConfiguration.RegisterAsync("outrigger", _id, Webhook.Port, Certificates, withUpdates: true);
        // API servers learn of it within moments; until then they admit Pods untouched.
        await using var space = await CreateNamespaceAsync();
    }

    /// <summary>A namespace whose Pods go through this webhook.</summary>
    internal async Task<TestNamespace> CreateNamespaceAsync(params string[] labels)
    {
        var space = await TestNamespace.CreateAsync([WebhookConfiguration.Label(_id), .. labels]);
        await Eventually.BeAsync("the API server to call the webhook", async () =>
            (await space.TryCreateAsync(Manifests.Injected("probe"), "--dry-run=server", "--output", "json")).Output.Contains("outrigger.dev/status", StringComparison.Ordinal));
        return space;
    }

    /// <summary>Registers another webhook for the same namespaces.</summary>
    internal Task<WebhookConfiguration> RegisterAsync(string name, int port, CertificateFolder certificates, bool withUpdates = false) =>
        WebhookConfiguration.RegisterAsync(name, _id, port, certificates, withUpdates);

    /// <summary>A file's path in a folder of this installation's own.</summary>
    internal string PathOf(string name) => Path.Combine(_folder, name);

    /// <inheritdoc />
    public async Task DisposeAsync()
    {
        if (_configuration is not null)
            await _configuration.DisposeAsync();
        if (_webhook is not null)
            await _webhook.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
