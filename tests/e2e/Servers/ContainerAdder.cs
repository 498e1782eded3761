using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Outrigger.E2e.Servers;

/// <summary>
/// Somebody else's webhook: it puts a container in front of all others, which moves every index that the first webhook has seen, and an
/// annotation into what is updated.
/// </summary>
internal sealed class ContainerAdder : IAsyncDisposable
{
    /// <summary>The name of the container.</summary>
    public const string Container = "guest";

    /// <summary>The annotation of an updated Pod.</summary>
    public const string Annotation = "example.com/guest";

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
        var response = new JsonObject { ["uid"] = request.GetProperty("uid").GetString(), ["allowed"] = true };
        if (Addition(request) is { } addition)
        {
            response["patchType"] = "JSONPatch";
            response["patch"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(new JsonArray(addition).ToJsonString()));
        }

        await context.Response.WriteAsJsonAsync(new JsonObject
        {
            ["apiVersion"] = "admission.k8s.io/v1",
            ["kind"] = "AdmissionReview",
            ["response"] = response,
        });
    }

    /// <summary>What the Pod does not have yet: a container where it is created, an annotation where it runs.</summary>
    private static JsonObject? Addition(JsonElement request)
    {
        var pod = request.GetProperty("object");
        if (request.GetProperty("operation").GetString() == "UPDATE")
        {
            return pod.GetProperty("metadata").GetProperty("annotations").TryGetProperty(Annotation, out _)
                ? null
                : Add($"/metadata/annotations/{Annotation.Replace("/", "~1", StringComparison.Ordinal)}", "yes");
        }

        return pod.GetProperty("spec").GetProperty("containers").EnumerateArray().Any(container => container.GetProperty("name").GetString() == Container)
            ? null
            : Add("/spec/containers/0", new JsonObject { ["name"] = Container, ["image"] = "guest:1" });
    }

    private static JsonObject Add(string path, JsonNode value) => new() { ["op"] = "add", ["path"] = path, ["value"] = value };
}
