using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Outrigger.E2e.Clusters;

namespace Outrigger.E2e.Servers;

/// <summary>Posts reviews to a webhook itself, without an API server.</summary>
internal sealed class DirectCaller : IDisposable
{
    private readonly HttpClient _http;

    /// <param name="address">Where the webhook listens.</param>
    /// <param name="certificate">What the caller shows; null for nothing.</param>
    /// <param name="keepsConnections">False to shake hands for each review.</param>
    public DirectCaller(string address, X509Certificate2? certificate = null, bool keepsConnections = true)
    {
        var handler = new SocketsHttpHandler { PooledConnectionLifetime = keepsConnections ? Timeout.InfiniteTimeSpan : TimeSpan.Zero };
#pragma warning disable CA5359 // What it serves with is the API server's to check; here it is about answers.
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        if (certificate is not null)
            handler.SslOptions.ClientCertificates = [certificate];
        _http = new HttpClient(handler) { BaseAddress = new Uri($"https://{address}"), Timeout = TimeSpan.FromSeconds(30) };
    }

    /// <summary>A review of a Pod that asks for a pattern.</summary>
    /// <param name="variables">So many variables has its container, of about 100 bytes each.</param>
    public static byte[] Review(int variables = 0)
    {
        var pod = JsonNode.Parse(Manifests.Pod("shop", [("outrigger.dev/sidecar", "topz"), ("topz.outrigger.dev/port", "8081")]))!;
        var env = pod["spec"]!["containers"]![0]!["env"]!.AsArray();
        for (var i = 0; i < variables; i++)
            env.Add(new JsonObject { ["name"] = $"VARIABLE_{i}", ["value"] = new string('x', 60) });
        return Encoding.UTF8.GetBytes(new JsonObject
        {
            ["apiVersion"] = "admission.k8s.io/v1",
            ["kind"] = "AdmissionReview",
            ["request"] = new JsonObject
            {
                ["uid"] = "e2e",
                ["kind"] = new JsonObject { ["group"] = "", ["version"] = "v1", ["kind"] = "Pod" },
                ["resource"] = new JsonObject { ["group"] = "", ["version"] = "v1", ["resource"] = "pods" },
                ["namespace"] = "default",
                ["operation"] = "CREATE",
                ["object"] = pod,
            },
        }.ToJsonString());
    }

    /// <summary>Posts a review and gives the status; a good answer that is none injects nothing, and is an exception.</summary>
    public async Task<HttpStatusCode> PostAsync(byte[] review)
    {
        using var content = new ByteArrayContent(review) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var answer = await _http.PostAsync(new Uri("/mutate", UriKind.Relative), content);
        var text = await answer.Content.ReadAsStringAsync();
        if (answer.IsSuccessStatusCode && JsonNode.Parse(text)!["response"]!["patch"] is null)
            throw new InvalidOperationException($"a good answer without a patch: {text}");
        return answer.StatusCode;
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();
}
