using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Outrigger.Webhook.Operations;
using Outrigger.Webhook.Options;
using Outrigger.Webhook.Watching;

namespace Outrigger.Webhook.Tests.Hosting;

/// <summary>The real server on free ports, with a certificate of its own authority, told by flags as a user would.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestServer(WebApplication app, TestAuthority authority, TemporaryFolder folder, LogLines log)
    {
        (_app, Authority, Folder, Log) = (app, authority, folder, log);
        Ports = BoundPorts.Of(app.Services);
        Client = NewClient();
        Ops = new HttpClient { BaseAddress = new Uri($"http://localhost:{Ports.Ops}") };
    }

    public TestAuthority Authority { get; }

    /// <summary>Holds <c>tls.crt</c> and <c>tls.key</c>.</summary>
    public TemporaryFolder Folder { get; }

    public LogLines Log { get; }

    public BoundPorts Ports { get; }

    /// <summary>A client of the HTTPS port, which trusts the authority's root alone.</summary>
    public HttpClient Client { get; }

    /// <summary>A client of the other port.</summary>
    public HttpClient Ops { get; }

    public DrainingLifetime Lifetime => (DrainingLifetime)_app.Services.GetRequiredService<IHostLifetime>();

    public IHostApplicationLifetime Application => _app.Lifetime;

    public static Task<TestServer> StartAsync(HostTuning? tuning = null, params string[] flags) => StartAsync([], tuning, flags);

    /// <param name="variables">Environment variables.</param>
    /// <param name="tuning">What no flag sets.</param>
    /// <param name="flags">The command line, beside what every test needs.</param>
    public static async Task<TestServer> StartAsync(Dictionary<string, string> variables, HostTuning? tuning = null, params string[] flags)
    {
        var (authority, folder, log) = (new TestAuthority(), new TemporaryFolder(), new LogLines());
        var (certificate, key) = authority.Issue();
        string[] usual =
        [
            "--port=0", "--ops-port=0", "--native-sidecars=never", "--log-level=debug", "--drain=0s",
            $"--tls-cert={folder.Write("tls.crt", certificate)}", $"--tls-key={folder.Write("tls.key", key)}",
        ];
        var args = usual.Where(one => !flags.Any(flag => flag.Split('=')[0] == one.Split('=')[0])).Concat(flags).ToArray();
        var options = OptionsReader.Read(args, variables).Value;
        var app = WebhookHost.Build(options, (tuning ?? NoCluster) with { Log = () => log, Watch = Quick }).Value;
        await app.StartAsync();
        return new TestServer(app, authority, folder, log);
    }

    /// <summary>Finds no API server, whatever machine the tests run on.</summary>
    public static HostTuning NoCluster { get; } = new() { Cluster = new() { Variable = _ => null, File = _ => null } };

    /// <summary>Looks often, so that tests are quick where notifications do not reach.</summary>
    public static WatchTiming Quick { get; } = new()
    {
        Quiet = TimeSpan.FromMilliseconds(20),
        MostQuiet = TimeSpan.FromMilliseconds(100),
        Poll = TimeSpan.FromMilliseconds(250),
    };

    /// <param name="certificate">What the client shows; null for none.</param>
    /// <param name="protocol">The version of TLS; left out, the newest of both sides.</param>
    /// <param name="intermediate">The authority that is sent with the certificate, where it has signed it.</param>
    public HttpClient NewClient(
        X509Certificate2? certificate = null, SslProtocols protocol = SslProtocols.None, X509Certificate2? intermediate = null) =>
        new(new SocketsHttpHandler { SslOptions = ClientOptions(certificate, protocol, intermediate) })
        {
            BaseAddress = new Uri($"https://localhost:{Ports.Https}"),
            Timeout = TimeSpan.FromSeconds(30),
        };

    /// <summary>A TLS connection for what a well-bred client does not do.</summary>
    public async Task<SslStream> ConnectAsync(params SslApplicationProtocol[] protocols)
    {
        var socket = new TcpClient();
        await socket.ConnectAsync("localhost", Ports.Https);
        var stream = new SslStream(socket.GetStream(), leaveInnerStreamOpen: false);
        var options = ClientOptions();
        options.TargetHost = "localhost";
        options.ApplicationProtocols = [.. protocols];
        try
        {
            await stream.AuthenticateAsClientAsync(options);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Ops.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Folder.Dispose();
    }

    /// <summary>How a client of this server shakes hands.</summary>
    public SslClientAuthenticationOptions ClientOptions(
        X509Certificate2? certificate = null, SslProtocols protocol = SslProtocols.None, X509Certificate2? intermediate = null) => new()
        {
            EnabledSslProtocols = protocol,
            ClientCertificateContext = certificate is null ? null : SslStreamCertificateContext.Create(
            certificate, intermediate is null ? [] : [intermediate], offline: true),
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { Authority.Root },
                RevocationMode = X509RevocationMode.NoCheck,
            },
        };
}
