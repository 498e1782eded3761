using System.Net.Security;
using System.Net.Sockets;
using Outrigger.E2e.Clusters;
using Outrigger.E2e.Processes;
using Outrigger.E2e.Servers;

namespace Outrigger.E2e;

/// <summary>With a webhook of their own, whose files they change.</summary>
public sealed class ReloadTests(Installation installation) : IClassFixture<Installation>
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task NewCertificate_IsServedWhilePodsAreCreated()
    {
        await using var space = await installation.CreateNamespaceAsync();
        var before = await ServedSerialAsync();
        using var stop = new CancellationTokenSource();
        var creating = CreateUntilAsync(space, stop.Token);

        await installation.Certificates.MakeAsync();
        await Eventually.BeAsync("the new certificate", async () => await ServedSerialAsync() != before, Promised);
        await Task.Delay(TimeSpan.FromSeconds(1));
        await stop.CancelAsync();
        var created = await creating;

        created.Should().BeGreaterThan(1);
        using var certificate = installation.Certificates.Certificate();
        (await ServedSerialAsync()).Should().Be(certificate.SerialNumber);
        Show.Line($"a new serving certificate is served within {Promised.TotalSeconds} s, and all {created} Pods created meanwhile are injected");
    }

    [Fact]
    public async Task NewPattern_ServesWithinTwoSeconds()
    {
        await using var space = await installation.CreateNamespaceAsync();
        var manifest = Manifests.Pod("shop", [("outrigger.dev/sidecar", "memo")]);
        (await space.TryCreateAsync(manifest, "--dry-run=server")).Error.Should().Contain("memo");

        var note = await File.ReadAllTextAsync(Path.Combine(installation.Catalog, "note.yaml"));
        await File.WriteAllTextAsync(Path.Combine(installation.Catalog, "memo.yaml"), note.Split("---\n")[0].Replace(": note}", ": memo}", StringComparison.Ordinal).Replace("pattern: note\n", "pattern: memo\n", StringComparison.Ordinal));
        var written = DateTimeOffset.UtcNow;
        var loaded = await installation.Webhook.LoggedAsync("CatalogLoaded", written);

        var took = loaded.GetProperty("time").GetDateTimeOffset() - written;
        took.Should().BeLessThan(Promised);
        new StoredPod(await space.CreateObjectAsync(manifest)).Containers.Should().Equal("shop", "memo");
        Show.Line($"a pattern that joins the catalog folder serves after {took.TotalSeconds:0.0} s");
    }

    [Fact]
    public async Task BrokenCatalog_KeepsTheLastGoodOneServing()
    {
        await using var space = await installation.CreateNamespaceAsync();
        var broken = Path.Combine(installation.Catalog, "broken.yaml");
        var written = DateTimeOffset.UtcNow;
        await File.WriteAllTextAsync(broken, "apiVersion: outrigger.dev/v1alpha1\nkind: ClusterPattern\nmetadata: {name: [\n");
        await installation.Webhook.LoggedAsync("CatalogRefused", written);

        (await installation.Webhook.ReadinessAsync()).Should().Contain("broken.yaml").And.EndWith("ready\n");
        new StoredPod(await space.CreateObjectAsync(Manifests.Pod("shop", [], "notes=yes"))).Containers.Should().Equal("shop", "note");
        File.Delete(broken);
        await Eventually.BeAsync("the catalog to be well again", async () =>
            !(await installation.Webhook.ReadinessAsync()).Contains("broken.yaml", StringComparison.Ordinal));
        Show.Line("a broken file in the catalog folder shows in /readyz?verbose, the last good catalog keeps serving, and mending it is noticed");
    }

    private static async Task<int> CreateUntilAsync(TestNamespace space, CancellationToken stop)
    {
        var created = 0;
        while (!stop.IsCancellationRequested)
        {
            var pod = new StoredPod(await space.CreateObjectAsync(Manifests.Injected($"shop-{created++}"), "--dry-run=server"));
            pod.Status.Should().NotBeNull();
        }

        return created;
    }

    private async Task<string> ServedSerialAsync()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", installation.Webhook.Port);
        await using var stream = new SslStream(socket.GetStream(), leaveInnerStreamOpen: false);
#pragma warning disable CA5359 // Which certificate is served is the question, not whether to trust it.
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = CertificateFolder.Address, RemoteCertificateValidationCallback = (_, _, _, _) => true });
#pragma warning restore CA5359
        return stream.RemoteCertificate!.GetSerialNumberString();
    }
}
