using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Outrigger.E2e.Servers;

/// <summary>An API over HTTPS that answers those who bring its token, with an ETag, and says 304 to those who know the answer already.</summary>
internal sealed class GuardedApi : IAsyncDisposable
{
    public const string Token = "e2e.Token_of-the~API/9+==";

    private const string Tag = "\"1\"";

    private readonly WebApplication _app;
    private int _whole;
    private int _known;

    private GuardedApi(CertificateFolder certificates)
    {
        Port = Ports.Free();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.ListenAnyIP(Port, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.UseHttps(certificates.Certificate());
        }));
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public int Port { get; }

    /// <summary>How many answers were whole.</summary>
    public int Whole => _whole;

    /// <summary>How many requests knew the answer.</summary>
    public int Known => _known;

    public static async Task<GuardedApi> StartAsync(CertificateFolder certificates)
    {
        var api = new GuardedApi(certificates);
        await api._app.StartAsync();
        return api;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Headers.Authorization != $"Bearer {Token}")
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }
        else if (context.Request.Headers.IfNoneMatch == Tag)
        {
            Interlocked.Increment(ref _known);
            context.Response.StatusCode = StatusCodes.Status304NotModified;
        }
        else
        {
            Interlocked.Increment(ref _whole);
            context.Response.Headers.ETag = Tag;
            await context.Response.WriteAsync("guarded\n");
        }
    }
}
