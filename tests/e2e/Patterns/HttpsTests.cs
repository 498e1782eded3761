using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Outrigger.E2e.Clusters;
using Outrigger.E2e.Nodes;
using Outrigger.E2e.Processes;

namespace Outrigger.E2e.Patterns;

[Collection(SharedInstallation.Name)]
public sealed class HttpsTests(Installation installation)
{
    private const string Secret = "shop-tls";

    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(90);

    /// <summary>A server that speaks HTTP, to 127.0.0.1 alone, and says what it was asked.</summary>
    private const string Legacy = """
        echo 'events {} http { server { listen 127.0.0.1:8080; client_max_body_size 0;
          location / { return 200 "proto=$http_x_forwarded_proto host=$http_x_forwarded_host port=$http_x_forwarded_port for=$http_x_forwarded_for real=$http_x_real_ip name=$http_host\n"; }
          location /away { return 302 http://$http_host/there; } } }' >/tmp/nginx.conf
        exec nginx -e stderr -c /tmp/nginx.conf -g 'daemon off;'
        """;

    /// <summary>A server that takes any request for a WebSocket's, and then gives back what it gets.</summary>
    private const string Echo = """
        cat >/tmp/echo <<'END'
        #!/bin/sh
        end=$(printf '\r')
        while IFS= read -r line && [ "$line" != "$end" ]; do case $line in [Uu]pgrade:*) upgrade=${line%"$end"} ;; esac; done
        printf 'HTTP/1.1 101 Switching Protocols\r\n%s\r\nConnection: Upgrade\r\n\r\n' "$upgrade"
        exec cat
        END
        chmod +x /tmp/echo
        exec busybox nc -ll -p 8081 -e /tmp/echo
        """;

    [NodeFact]
    public async Task LegacyApplication_IsReachedOverHttps()
    {
        await using var space = await CreateNamespaceAsync();
        using var certificate = TlsSecret.NewCertificate();
        await TlsSecret.ApplyAsync(space, Secret, certificate);
        var pod = await CreateAsync(space, Legacy);
        var authority = await WriteAsync(certificate);

        foreach (var version in new[] { "1.2", "1.3" })
        {
            var page = await CurlAsync(pod, authority, "/", $"--tlsv{version}", "--tls-max", version, "--header", "X-Forwarded-Proto: gopher", "--header", "X-Real-IP: 1.2.3.4", "--header", "X-Forwarded-For: 1.2.3.4");
            page.Output.Should().MatchRegex(@"^proto=https host=shop:8443 port=8443 for=1\.2\.3\.4, (\S+) real=\1 name=shop:8443\n$");
        }

        (await CurlAsync(pod, authority, "/", "--tlsv1.0", "--tls-max", "1.1", "--ciphers", "DEFAULT@SECLEVEL=0")).ExitCode.Should().NotBe(0, "TLS 1.1 is not spoken");
        (await CurlAsync(pod, authority, "/away", "--write-out", "%{redirect_url}", "--output", "/dev/null")).Output.Should().Be("https://shop:8443/there");
        (await CurlAsync(pod, authority, "/", "--write-out", "%{http_code}", "--output", "/dev/null", "--data-binary", new string('x', 3000))).Output.Should().Be("413");
        (await Command.TryAsync("curl", ["--silent", "--max-time", "5", $"http://{pod.Address}:8080/"])).ExitCode.Should().NotBe(0, "it listens on 127.0.0.1 alone");
        Show.Line("https: curl --cacert reaches an application that speaks HTTP on 127.0.0.1, over TLS 1.2 and 1.3 and not 1.1; headers, redirects and the limit of the body are as promised");
    }

    [NodeFact]
    public async Task RenewedSecret_IsServedWithoutARestartOrARefusedConnection()
    {
        await using var space = await CreateNamespaceAsync();
        using var first = TlsSecret.NewCertificate();
        using var second = TlsSecret.NewCertificate();
        await TlsSecret.ApplyAsync(space, Secret, first);
        var pod = await CreateAsync(space, Legacy, ("outrigger.dev/sidecar", "https, topz"), ("topz.outrigger.dev/port", "8081"));
        var visits = TlsVisits.Start(pod.Address, 8443);

        // A certificate with somebody else's key, as when two people renew at once.
        await TlsSecret.ApplyAsync(space, Secret, second, keyOf: first);
        await Eventually.BeAsync("nginx to refuse the pair", async () => (await pod.LogAsync("https")).Contains("are refused", StringComparison.Ordinal), Promised);
        visits.Served.Should().Equal(first.SerialNumber);
        await TlsSecret.ApplyAsync(space, Secret, second);
        var took = await visits.UntilAsync(second.SerialNumber, Promised);

        var (count, failures) = await visits.StopAsync();
        failures.Should().BeEmpty();
        visits.Served.Should().Equal(first.SerialNumber, second.SerialNumber);
        (await pod.LogAsync("https")).Should().Contain("key values mismatch");
        (await pod.RestartsAsync()).Should().Be(0);
        Show.Line($"https: a renewed Secret is served after {took.TotalSeconds:0.0} s, a pair that does not match was refused before; {count} connections meanwhile, none refused, no container restarted");
    }

    [NodeFact]
    public async Task MissingSecret_IsNamedAndThePodWaitsForIt()
    {
        await using var space = await CreateNamespaceAsync();
        await space.CreateObjectAsync(Manifest(Legacy));

        await Eventually.BeAsync("an event that names the Secret", async () =>
            (await space.ListAsync("events")).Any(entry => (string?)entry["reason"] == "FailedMount" && ((string)entry["message"]!).Contains(Secret, StringComparison.Ordinal)));
        using var certificate = TlsSecret.NewCertificate();
        await TlsSecret.ApplyAsync(space, Secret, certificate);
        var pod = await RunningPod.WaitAsync(space, "shop");

        (await pod.RestartsAsync()).Should().Be(0);
        Show.Line($"https: a Pod whose Secret {Secret} is missing waits, an event names it, and the Pod starts once it is there");
    }

    [NodeFact]
    public async Task WebSocket_IsPassedOn()
    {
        await using var space = await CreateNamespaceAsync();
        using var certificate = TlsSecret.NewCertificate();
        await TlsSecret.ApplyAsync(space, Secret, certificate);
        var pod = await CreateAsync(space, Echo, ("https.outrigger.dev/upstream", "8081"));

        await using var stream = await TlsVisits.ConnectAsync(pod.Address, 8443, _ => { });
        await stream.WriteAsync("GET /chat HTTP/1.1\r\nHost: shop\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"u8.ToArray());
        var head = await ReadUntilAsync(stream, "\r\n\r\n");
        await stream.WriteAsync("knock knock"u8.ToArray());
        var echo = await ReadUntilAsync(stream, "knock knock");

        head.Should().StartWith("HTTP/1.1 101 ").And.Contain("Upgrade: websocket");
        echo.Should().Be("knock knock");
        Show.Line("https: a WebSocket upgrade reaches the application, and bytes go both ways");
    }

    private async Task<TestNamespace> CreateNamespaceAsync()
    {
        await NginxImages.AddNginxAsync();
        return await installation.CreateNamespaceAsync();
    }

    private static async Task<RunningPod> CreateAsync(TestNamespace space, string script, params (string Key, string Value)[] annotations)
    {
        await space.CreateObjectAsync(Manifest(script, annotations));
        return await RunningPod.WaitAsync(space, "shop");
    }

    private static string Manifest(string script, params (string Key, string Value)[] annotations)
    {
        (string Key, string Value)[] asked = [("outrigger.dev/sidecar", "https"), ("https.outrigger.dev/secret", Secret), ("https.outrigger.dev/maxBodySize", "2k")];
        var manifest = JsonNode.Parse(Manifests.Pod("shop", [.. asked.ExceptBy(annotations.Select(own => own.Key), own => own.Key), .. annotations]))!;
        manifest["spec"]!["containers"]![0]!["image"] = "nginx:1.29";
        manifest["spec"]!["containers"]![0]!["command"] = new JsonArray("sh", "-c", script);
        return manifest.ToJsonString();
    }

    private async Task<string> WriteAsync(X509Certificate2 certificate)
    {
        var file = installation.PathOf($"{certificate.SerialNumber}.pem");
        await File.WriteAllTextAsync(file, certificate.ExportCertificatePem());
        return file;
    }

    private static Task<Command> CurlAsync(RunningPod pod, string authority, string path, params string[] flags) =>
        Command.TryAsync("curl", ["--silent", "--show-error", "--max-time", "10", "--cacert", authority, "--resolve", $"shop:8443:{pod.Address}", .. flags, $"https://shop:8443{path}"]);

    private static async Task<string> ReadUntilAsync(Stream stream, string end)
    {
        var (text, buffer) = (new StringBuilder(), new byte[1024]);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!text.ToString().EndsWith(end, StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer, patience.Token);
            if (read == 0)
                break;
            text.Append(Encoding.ASCII.GetString(buffer, 0, read));
        }

        return text.ToString();
    }
}
