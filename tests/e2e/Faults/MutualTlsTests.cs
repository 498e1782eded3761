using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Outrigger.E2e.Charts;
using Outrigger.E2e.Clusters;
using Outrigger.E2e.Processes;
using Outrigger.E2e.Servers;

namespace Outrigger.E2e.Faults;

/// <summary>The chart with certificates on both sides: a serving certificate that somebody provides, and callers that show the cluster's.</summary>
public sealed class GuardedInstallation : ChartInstallation
{
    /// <summary>The authority of the API server's own certificate as a client; <c>OUTRIGGER_E2E_CLIENT_CA</c> names another file.</summary>
    private static readonly string Authority =
        Environment.GetEnvironmentVariable("OUTRIGGER_E2E_CLIENT_CA") is { Length: > 0 } file ? file : "/var/lib/kube-node/pki/ca.crt";

    /// <inheritdoc />
    protected override async Task<JsonObject> ValuesAsync()
    {
        var folder = Directory.CreateTempSubdirectory("outrigger-chart-");
        try
        {
            await OutriggerCommand.RunAsync(["certs", "--output", folder.FullName, "--service", $"{Name}.{Own.Name}.svc"]);
            await Kubectl.RunAsync(
            [
                "--namespace", Own.Name, "create", "secret", "tls", $"{Name}-given",
                "--cert", Path.Combine(folder.FullName, "tls.crt"), "--key", Path.Combine(folder.FullName, "tls.key"),
            ]);
            return new JsonObject
            {
                ["certificates"] = new JsonObject
                {
                    ["mode"] = "provided",
                    ["provided"] = new JsonObject
                    {
                        ["secretName"] = $"{Name}-given",
                        ["caBundle"] = await File.ReadAllTextAsync(Path.Combine(folder.FullName, "ca.crt")),
                    },
                },
                ["clientAuthentication"] = new JsonObject
                {
                    ["ca"] = await File.ReadAllTextAsync(Authority),
                    ["names"] = new JsonArray("kube-apiserver-webhook-client"),
                },
            };
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

/// <summary>Who may send reviews.</summary>
public sealed class MutualTlsTests(GuardedInstallation installation) : IClassFixture<GuardedInstallation>
{
    [ChartFact]
    public async Task OnlyTheApiServer_IsAnswered()
    {
        await using var space = await installation.CreateNamespaceAsync();
        (await ChartInstallation.IsInjectedAsync(space)).Should().BeTrue("the API server shows its certificate");

        var address = $"{(string)(await installation.PodsAsync())[0]["status"]!["podIP"]!}:8443";
        using var nobody = new DirectCaller(address);
        using var stranger = new DirectCaller(address, Certificate("kube-apiserver-webhook-client"));
        var (none, other) = (await nobody.PostAsync(DirectCaller.Review()), await stranger.PostAsync(DirectCaller.Review()));

        none.Should().Be(HttpStatusCode.Forbidden);
        other.Should().Be(HttpStatusCode.Forbidden);
        Show.Line($"fault: mutual TLS, with a provided serving certificate: the API server's certificate passes; none is answered {(int)none}, one of another authority with the same name {(int)other}");
    }

    /// <summary>A client's certificate with the right name, of an authority that nobody trusts.</summary>
    private static X509Certificate2 Certificate(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], critical: false));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));
    }
}
