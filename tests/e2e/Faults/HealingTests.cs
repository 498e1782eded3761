using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Outrigger.E2e.Charts;
using Outrigger.E2e.Clusters;
using Outrigger.E2e.Processes;

namespace Outrigger.E2e.Faults;

/// <summary>Certificates that somebody spoils: each is well again within ten seconds, by itself and without a restart.</summary>
public sealed class HealingTests(ChartInstallation installation) : IClassFixture<ChartInstallation>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [ChartFact]
    public Task DeletedSecret_IsMadeAnew() => HealAsync("the Secret is deleted", secret => secret.DeleteAsync());

    [ChartFact]
    public Task TornPair_IsPutRight() => HealAsync("its key is that of another certificate", async secret =>
        await secret.WriteAsync(("tls.key", KeptSecret.Issue(await secret.ReadAsync(), TimeSpan.FromHours(1)).Key)));

    [ChartFact]
    public Task CertificateOfThePast_IsReplaced() => HealAsync("its certificate has ended", async secret =>
    {
        var (certificate, key) = KeptSecret.Issue(await secret.ReadAsync(), TimeSpan.FromHours(1));
        await secret.WriteAsync(("tls.crt", certificate), ("tls.key", key));
    });

    [ChartFact]
    public Task LostAuthority_IsFollowedByAnother() => HealAsync("its authority's key is gone", secret => secret.WriteAsync(("ca.key", "")));

    [ChartFact]
    public async Task OverwrittenBundle_IsWrittenAgain()
    {
        var entries = (await ConfigurationAsync())["webhooks"]!.AsArray().Count;
        // What is no certificate at all the API server refuses to store.
        var bundle = Convert.ToBase64String(Encoding.UTF8.GetBytes(Stranger()));
        var patch = new JsonArray([.. Enumerable.Range(0, entries).Select(i => new JsonObject
        {
            ["op"] = "replace",
            ["path"] = $"/webhooks/{i}/clientConfig/caBundle",
            ["value"] = bundle,
        })]);
        await HealAsync(
            "caBundle is overwritten",
            _ => Kubectl.RunAsync(["patch", "mutatingwebhookconfiguration", installation.Name, "--type", "json", "--patch", patch.ToJsonString()]),
            mayRefuse: true);
    }

    private async Task HealAsync(string what, Func<KeptSecret, Task> spoil, bool mayRefuse = false)
    {
        var before = await installation.IdentitiesAsync();
        await using var space = await installation.CreateNamespaceAsync();
        var secret = await KeptSecret.OpenAsync(installation);
        await using var load = await PodLoad.StartAsync(space);
        await Task.Delay(TimeSpan.FromSeconds(2));

        await spoil(secret);
        var began = Stopwatch.GetTimestamp();
        await Eventually.BeAsync("the certificates to be well", async () => await secret.IsWellAsync() && await IsTrustedAsync(secret), TimeSpan.FromMinutes(1));
        var healed = Stopwatch.GetElapsedTime(began);
        // A new authority is served with after a moment, which must cost nothing.
        await Task.Delay(TimeSpan.FromSeconds(6));
        var quietSince = load.Elapsed - TimeSpan.FromSeconds(1);
        await Task.Delay(TimeSpan.FromSeconds(2));
        var result = await load.StopAsync();

        Show.Line($"fault: {what}: well again after {healed.TotalSeconds:0.0} s, without a restart; {result}");
        foreach (var message in result.Failed.Select(one => one.Problem).Distinct())
            Show.Line($"       {message}");
        healed.Should().BeLessThan(Limit);
        result.Failed.Where(one => !mayRefuse || one.SentAt > quietSince).Should().BeEmpty();
        (await installation.IdentitiesAsync()).Should().Equal(before, "nothing was restarted");
    }

    /// <summary>Whether every entry trusts exactly what the Secret says.</summary>
    private async Task<bool> IsTrustedAsync(KeptSecret secret)
    {
        var bundle = Convert.ToBase64String(Encoding.UTF8.GetBytes((await secret.ReadAsync())["ca.crt"]));
        return (await ConfigurationAsync())["webhooks"]!.AsArray().All(entry => (string?)entry!["clientConfig"]!["caBundle"] == bundle);
    }

    private Task<JsonObject> ConfigurationAsync() => Kubectl.JsonAsync(["get", "mutatingwebhookconfiguration", installation.Name]);

    private static string Stranger()
    {
        using var key = ECDsa.Create();
        var request = new CertificateRequest("CN=stranger", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));
        return certificate.ExportCertificatePem() + "\n";
    }
}
