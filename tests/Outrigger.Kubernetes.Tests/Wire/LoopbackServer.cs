using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Outrigger.Kubernetes.Api;
using Outrigger.Kubernetes.Configuration;

namespace Outrigger.Kubernetes.Tests.Wire;

/// <summary>
/// The other end of the wire: HTTPS on a loopback port, answering as the test says. It knows nothing of Kubernetes; what a
/// cluster really answers is seen in the tests that run against one.
/// </summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LoopbackServer(WebApplication app, ConcurrentQueue<string> requests) => (_app, Requests) = (app, requests);

    /// <summary>Path and query of every request, in order.</summary>
    public ConcurrentQueue<string> Requests { get; }

    public int Port { get; private set; }

    public Uri Address => new($"https://127.0.0.1:{Port}/");

    public KubernetesEndpoint Endpoint => new()
    {
        Source = "test",
        Server = Address,
        CertificateAuthorities = [TestAuthority.Shared.Root],
    };

    public static async Task<LoopbackServer> StartAsync(
        Func<HttpContext, Task> answer,
        HttpProtocols protocols = HttpProtocols.Http1AndHttp2,
        X509Certificate2? certificate = null,
        Action<HttpsConnectionAdapterOptions>? tls = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = protocols;
            listen.UseHttps(certificate ?? TestAuthority.Shared.Server("127.0.0.1"), options => tls?.Invoke(options));
        }));
        var app = builder.Build();
        var requests = new ConcurrentQueue<string>();
        app.Run(context =>
        {
            requests.Enqueue(context.Request.Path + context.Request.QueryString);
            return answer(context);
        });
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new LoopbackServer(app, requests) { Port = new Uri(address).Port };
    }

    /// <summary>A client on a clock that runs a hundred times as fast, so that waits of seconds take tens of milliseconds.</summary>
    public KubernetesApi Client(KubernetesApiOptions? options = null, FastClock? clock = null) =>
        new(Endpoint, options ?? Patient, clock ?? new FastClock());

    /// <summary>Never times out by itself, also on a machine that is busy.</summary>
    public static KubernetesApiOptions Patient { get; } = new() { AttemptTimeout = TimeSpan.FromHours(1), WatchDuration = TimeSpan.FromHours(1) };

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }
}
