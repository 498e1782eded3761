using System.Buffers;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Outrigger.Bench.Servers;

/// <summary>
/// The least that a webhook can do: <c>POST /null</c> receives the review, finds its uid on the way to the end of its JSON, and answers that it
/// is allowed. TLS and the runtime are set up as the webhook's, Kestrel is left as it comes: this is what a review costs somebody who has no
/// reason to look further.
/// </summary>
internal static class NullServer
{
    private static readonly JsonEncodedText ApiVersion = JsonEncodedText.Encode("admission.k8s.io/v1");

    /// <summary>Serves until the process is ended.</summary>
    /// <param name="port">The HTTPS port.</param>
    /// <param name="certificates">A folder with <c>tls.crt</c> and <c>tls.key</c>.</param>
    public static async Task RunAsync(int port, string certificates)
    {
        using var pair = X509Certificate2.CreateFromPemFile(Path.Combine(certificates, "tls.crt"), Path.Combine(certificates, "tls.key"));
        var handshake = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(pair, null, offline: true),
            ApplicationProtocols = [SslApplicationProtocol.Http11],
#pragma warning disable CA5398 // As the webhook does.
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
#pragma warning restore CA5398
        };
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "Outrigger.Bench" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.ListenAnyIP(port, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(handshake) });
            });
        });
        builder.Services.AddRoutingCore();
        await using var app = builder.Build();
        app.UseRouting();
#pragma warning disable ASP0014 // Top-level registration asks for services that an empty builder does not have.
        app.UseEndpoints(routes => routes.MapPost("/null", AnswerAsync));
#pragma warning restore ASP0014
        await app.RunAsync();
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        var body = ArrayPool<byte>.Shared.Rent((int)context.Request.ContentLength!.Value);
        var answer = ArrayPool<byte>.Shared.Rent(1024);
        try
        {
            var count = 0;
            var reader = context.Request.BodyReader;
            while (true)
            {
                var read = await reader.ReadAsync();
                read.Buffer.CopyTo(body.AsSpan(count));
                count += (int)read.Buffer.Length;
                reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                    break;
            }

            var length = Write(answer, Uid(body.AsSpan(0, count)));
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = length;
            await context.Response.BodyWriter.WriteAsync(answer.AsMemory(0, length), context.RequestAborted);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(body);
            ArrayPool<byte>.Shared.Return(answer);
        }
    }

    /// <summary>The uid of the review. All of the body is read: what does not end as JSON is no review.</summary>
    private static string Uid(ReadOnlySpan<byte> review)
    {
        var uid = "";
        var reader = new Utf8JsonReader(review);
        while (reader.Read())
        {
            if (reader is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 2 } && reader.ValueTextEquals("uid"u8) && uid.Length == 0)
            {
                reader.Read();
                uid = reader.GetString()!;
            }
        }

        return uid;
    }

    private static int Write(byte[] into, string uid)
    {
        using var output = new MemoryStream(into);
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            writer.WriteString("apiVersion"u8, ApiVersion);
            writer.WriteString("kind"u8, "AdmissionReview"u8);
            writer.WriteStartObject("response"u8);
            writer.WriteString("uid"u8, uid);
            writer.WriteBoolean("allowed"u8, true);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return (int)output.Position;
    }
}
