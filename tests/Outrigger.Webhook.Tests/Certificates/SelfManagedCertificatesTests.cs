using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Outrigger.Core.Results;
using Outrigger.Webhook.Operations;
using Outrigger.Webhook.Options;
using Outrigger.Webhook.Tests.Hosting;

namespace Outrigger.Webhook.Tests.Certificates;

public sealed class SelfManagedCertificatesTests
{
    [Fact]
    public async Task Start_ServesWhatTheConfigurationTrusts_AndIsReadyThen()
    {
        await using var store = await FakeCertificateStore.StartAsync();
        await using var server = await Server.StartAsync(store);
        await server.Log.WaitAsync("CertificateLoaded");

        (await server.ReadyAsync()).Should().Contain("[+]certificate ok: CN=Outrigger webhook is valid");
        (await server.MetricsAsync()).Should().Contain("""outrigger_certificate_expiry_timestamp_seconds{certificate="serving"}""");
        var bundle = Encoding.UTF8.GetString(Convert.FromBase64String((string)store.Configuration!["webhooks"]![0]!["clientConfig"]!["caBundle"]!));
        await server.HandshakeAsync(bundle, "webhook.outrigger.svc");
    }

    [Fact]
    public async Task Start_SecondReplica_ServesTheSameAtOnceAndWritesNothing()
    {
        await using var store = await FakeCertificateStore.StartAsync();
        await using var first = await Server.StartAsync(store);
        await first.Log.WaitAsync("CertificateLoaded");
        await using var second = await Server.StartAsync(store);
        await second.Log.WaitAsync("CertificateLoaded");

        second.Log.All.Should().NotContain(line => line.GetProperty("event").GetString() == "CertificateSecretWritten");
        (await second.ReadyAsync()).Should().Be(await first.ReadyAsync());
    }

    [Fact]
    public async Task Start_WithoutAConfiguration_IsNotReadyAndSaysWhatItWaitsFor()
    {
        await using var store = await FakeCertificateStore.StartAsync();
        store.Configuration = null;
        await using var server = await Server.StartAsync(store);
        await server.Log.WaitAsync("CertificateSecretWritten");

        await server.WaitForReadyAsync("[-]certificate failed: the MutatingWebhookConfiguration hook does not exist, or has no entry for the Service webhook.outrigger.svc\nnot ready\n");
        (await server.MetricsAsync()).Should().NotContain("certificate=\"serving\"");
    }

    [Fact]
    public async Task Start_WithoutTheRight_NamesVerbResourceAndStatus_AndGoesOnOnceItHasIt()
    {
        await using var store = await FakeCertificateStore.StartAsync();
        store.Forbids = true;
        await using var server = await Server.StartAsync(store);
        await server.Log.WaitAsync("CertificateTrouble");

        await server.WaitForReadyAsync("[-]certificate failed: create api/v1/namespaces/outrigger/secrets: 403 Forbidden: secrets is forbidden\nnot ready\n");
        store.Forbids = false;
        await server.Log.WaitAsync("CertificateLoaded");
    }

    [Fact]
    public void Build_WithoutAnApiServer_IsRefusedByName() =>
        WebhookHost.Build(OptionsReader.Read(FakeCertificateStore.Flags, new Dictionary<string, string>()).Value, TestServer.NoCluster with { Log = () => new LogLines() })
            .Problems.Should().Equal(Problem.Of(
                "--certificates", "self-managed needs an API server: set KUBECONFIG, or run it in a Pod with the token of a service account"));

    /// <summary>The real server with certificates of its own.</summary>
    private sealed class Server : IAsyncDisposable
    {
        private readonly WebApplication _app;
        private readonly HttpClient _ops;
        private readonly BoundPorts _ports;

        private Server(WebApplication app, LogLines log)
        {
            (_app, Log, _ports) = (app, log, BoundPorts.Of(app.Services));
            _ops = new HttpClient { BaseAddress = new Uri($"http://localhost:{_ports.Ops}") };
        }

        public LogLines Log { get; }

        public static async Task<Server> StartAsync(FakeCertificateStore store)
        {
            var log = new LogLines();
            var options = OptionsReader.Read(FakeCertificateStore.Flags, new Dictionary<string, string>()).Value;
            var app = WebhookHost.Build(options, new HostTuning { Cluster = store.Environment, Log = () => log }).Value;
            await app.StartAsync();
            return new Server(app, log);
        }

        public async Task<string> ReadyAsync() => await (await _ops.GetAsync("/readyz?verbose")).Content.ReadAsStringAsync();

        public Task<string> MetricsAsync() => _ops.GetStringAsync("/metrics");

        /// <summary>Waits until <c>/readyz</c> says exactly this.</summary>
        public async Task WaitForReadyAsync(string text)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            var said = "";
            while (said != text && !patience.IsCancellationRequested)
                said = await (await _ops.GetAsync("/readyz")).Content.ReadAsStringAsync();
            said.Should().Be(text);
        }

        /// <summary>Shakes hands as an API server does that knows the bundle alone.</summary>
        public async Task HandshakeAsync(string bundle, string name)
        {
            using var socket = new System.Net.Sockets.TcpClient();
            await socket.ConnectAsync("localhost", _ports.Https);
            await using var stream = new SslStream(socket.GetStream());
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.ImportFromPem(bundle);
            await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = name, CertificateChainPolicy = policy });
        }

        public async ValueTask DisposeAsync()
        {
            _ops.Dispose();
            await _app.StopAsync();
            await _app.DisposeAsync();
        }
    }
}
