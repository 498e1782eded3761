using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Outrigger.Core.Patching;

namespace Outrigger.Demo;

/// <summary>An answer of the webhook.</summary>
/// <param name="Request">Where the question was sent.</param>
/// <param name="Duration">From the first byte of the connection to the last of the answer.</param>
/// <param name="Response">The <c>response</c> of the AdmissionReview.</param>
/// <param name="Patch">The decoded JSON Patch.</param>
/// <param name="Operations">The same, read.</param>
internal sealed record AdmissionCall(
    Uri Request, TimeSpan Duration, JsonObject Response, JsonNode Patch, IReadOnlyList<PatchOperation> Operations)
{
    /// <summary>
    /// Asks as the API server does when somebody creates the Pod: an AdmissionReview over HTTP/1.1 and TLS, to a server that its own
    /// authority must vouch for.
    /// </summary>
    public static async Task<AdmissionCall> PostAsync(Uri webhook, string authorityPem, DemoPod pod, CancellationToken cancellationToken)
    {
        using var authority = X509Certificate2.CreateFromPem(authorityPem);
        using var handler = new SocketsHttpHandler { SslOptions = TlsWith(authority) };
        using var client = new HttpClient(handler);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(webhook, "/mutate?timeout=10s"))
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new StringContent(Review(pod).ToJsonString(), Encoding.UTF8, "application/json"),
        };
        var start = Stopwatch.GetTimestamp();
        using var answer = await client.SendAsync(request, cancellationToken);
        var body = await answer.Content.ReadAsStringAsync(cancellationToken);
        var duration = Stopwatch.GetElapsedTime(start);
        if (answer.StatusCode != HttpStatusCode.OK)
            throw new DemoException($"the webhook answered with {(int)answer.StatusCode}: {body}");
        return Read(request.RequestUri!, duration, body);
    }

    private static AdmissionCall Read(Uri request, TimeSpan duration, string body)
    {
        if (JsonNode.Parse(body)?["response"] is not JsonObject response || response["uid"]?.ToString() != Uid)
            throw new DemoException($"the answer is not to the question: {body}");
        if (response["patch"]?.ToString() is not { } base64)
            throw new DemoException($"the answer holds no patch: {body}");
        var patch = JsonNode.Parse(Convert.FromBase64String(base64))!;
        var operations = JsonPatch.Read(patch);
        return operations.IsOk
            ? new AdmissionCall(request, duration, response, patch, operations.Value)
            : throw new DemoException($"the patch is none: {string.Join("; ", operations.Problems)}");
    }

    private const string Uid = "705ab4f5-6393-11e8-b7cc-42010a800002";

    private static JsonObject Review(DemoPod pod) => new()
    {
        ["apiVersion"] = "admission.k8s.io/v1",
        ["kind"] = "AdmissionReview",
        ["request"] = new JsonObject
        {
            ["uid"] = Uid,
            ["kind"] = new JsonObject { ["group"] = "", ["version"] = "v1", ["kind"] = "Pod" },
            ["resource"] = new JsonObject { ["group"] = "", ["version"] = "v1", ["resource"] = "pods" },
            ["name"] = pod.Json["metadata"]!["name"]!.DeepClone(),
            ["namespace"] = pod.Json["metadata"]!["namespace"]!.DeepClone(),
            ["operation"] = "CREATE",
            ["userInfo"] = new JsonObject { ["username"] = "demo" },
            ["object"] = pod.Json.DeepClone(),
            ["oldObject"] = null,
            ["dryRun"] = false,
            ["options"] = new JsonObject { ["apiVersion"] = "meta.k8s.io/v1", ["kind"] = "CreateOptions" },
        },
    };

    private static SslClientAuthenticationOptions TlsWith(X509Certificate2 authority) => new()
    {
        ApplicationProtocols = [SslApplicationProtocol.Http11],
        CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { authority },
            RevocationMode = X509RevocationMode.NoCheck,
        },
    };
}
