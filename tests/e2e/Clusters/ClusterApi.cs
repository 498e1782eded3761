using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;

namespace Outrigger.E2e.Clusters;

/// <summary>The API server without kubectl, where many requests a second are made. As who KUBECONFIG says.</summary>
internal sealed class ClusterApi : IDisposable
{
    private readonly HttpClient _http;

    private ClusterApi(JsonObject kubeconfig)
    {
        var (cluster, user) = (kubeconfig["clusters"]![0]!["cluster"]!, kubeconfig["users"]![0]!["user"]!);
        var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.ImportFromPem(Text(cluster, "certificate-authority-data"));
        if (user["client-certificate-data"] is not null)
        {
            var client = X509Certificate2.CreateFromPem(Text(user, "client-certificate-data"), Text(user, "client-key-data"));
            handler.SslOptions.ClientCertificates = [client];
        }

        Server = new Uri((string)cluster["server"]!);
        _http = new HttpClient(handler) { BaseAddress = Server };
        if ((string?)user["token"] is { } token)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public Uri Server { get; }

    public static async Task<ClusterApi> OpenAsync() =>
        new(await Kubectl.JsonAsync(["config", "view", "--raw", "--minify", "--flatten"]));

    /// <summary>Sends a request.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? body = null)
    {
        var message = new HttpRequestMessage(method, path);
        if (body is not null)
            message.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return _http.SendAsync(message);
    }

    /// <summary>Reads an object, or null where there is none.</summary>
    public async Task<JsonObject?> FindAsync(string path)
    {
        using var answer = await SendAsync(HttpMethod.Get, path);
        return answer.IsSuccessStatusCode ? JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject() : null;
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private static string Text(JsonNode parent, string name) => Encoding.UTF8.GetString(Convert.FromBase64String((string)parent[name]!));
}
