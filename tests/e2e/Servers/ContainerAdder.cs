using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Outrigger.E2e.Servers;

/// <summary>Somebody else's webhook: it puts a container in front of all others, which moves every index that the first webhook has seen.</summary>
internal sealed class ContainerAdder : IAsyncDisposable
{
    /// <summary>The name of the container.</summary>
    public const string Container = "guest";

    private readonly WebApplication _app;

    private ContainerAdder(WebApplication app, int port) => (_app, Port) = (app, port);

    public int Port { get; }

    public static async Task<ContainerAdder> StartAsync(CertificateFolder certificates)
    {
        var port = Ports.Free();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.ListenAnyIP(port, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.UseHttps(certificates.Certificate());
        }));
        var app = builder.Build();
        app.Run(AnswerAsync);
        await app.StartAsync();
        return new ContainerAdder(app, port);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task AnswerAsync(HttpContext context)
    {
        using var review = await JsonDocument.ParseAsync(context.Request.Body);
        var request = review.RootElement.GetProperty("request");
        var containers = request.GetProperty("object").GetProperty("spec").GetProperty("containers");
        var response = new JsonObject { ["uid"] = request.GetProperty("uid").GetString(), ["allowed"] = true };
        if (containers.EnumerateArray().All(container => container.GetProperty("name").GetString() != Container))
        {
            JsonArray patch =
            [
                new JsonObject
                {
                    ["op"] = "add",
                    ["path"] = "/spec/containers/0",
                    ["value"] = new JsonObject { ["name"] = Container, ["image"] = "guest:1" },
                },
            ];
            response["patchType"] = "JSONPatch";
            response["patch"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(patch.ToJsonString()));
        }

        await context.Response.WriteAsJsonAsync(new JsonObject
        {
            ["apiVersion"] = "admission.k8s.io/v1",
            ["kind"] = "AdmissionReview",
            ["response"] = response,
        });
    }
}
