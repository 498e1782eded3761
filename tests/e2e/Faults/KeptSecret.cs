using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Outrigger.E2e.Charts;
using Outrigger.E2e.Clusters;

namespace Outrigger.E2e.Faults;

/// <summary>The Secret in which a webhook keeps its certificates, as somebody sees it who may write it.</summary>
internal sealed record KeptSecret(ClusterApi Api, string Namespace, string Name)
{
    private string Path => $"/api/v1/namespaces/{Namespace}/secrets/{Name}";

    public static async Task<KeptSecret> OpenAsync(ChartInstallation installation) =>
        new(await ClusterApi.OpenAsync(), installation.Own.Name, $"{installation.Name}-tls");

    /// <summary>Its texts by their names; no texts where there is no Secret.</summary>
    public async Task<Dictionary<string, string>> ReadAsync() => (await Api.FindAsync(Path))?["data"] is JsonObject data
        ? data.ToDictionary(pair => pair.Key, pair => Encoding.UTF8.GetString(Convert.FromBase64String((string)pair.Value!)))
        : [];

    /// <summary>Deletes it.</summary>
    public async Task DeleteAsync() => (await Api.SendAsync(HttpMethod.Delete, Path)).EnsureSuccessStatusCode().Dispose();

    /// <summary>Replaces some of its texts.</summary>
    public async Task WriteAsync(params (string Name, string Text)[] texts)
    {
        var data = new JsonObject(texts.Select(text => KeyValuePair.Create(text.Name, (JsonNode?)Convert.ToBase64String(Encoding.UTF8.GetBytes(text.Text)))));
        await Kubectl.RunAsync(["--namespace", Namespace, "patch", "secret", Name, "--patch", new JsonObject { ["data"] = data }.ToJsonString()]);
    }

    /// <summary>Whether it holds a pair that can be served now.</summary>
    public async Task<bool> IsWellAsync()
    {
        var data = await ReadAsync();
        if (data.Count == 0)
            return false;
        try
        {
            using var leaf = X509Certificate2.CreateFromPem(data["tls.crt"], data["tls.key"]);
            return leaf.NotBefore <= DateTime.Now && DateTime.Now < leaf.NotAfter;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return false;
        }
    }

    /// <summary>A certificate and its key as the webhook would make them, but so much earlier.</summary>
    public static (string Certificate, string Key) Issue(Dictionary<string, string> secret, TimeSpan earlier)
    {
        using var authority = X509Certificate2.CreateFromPem(secret["ca.crt"], secret["ca.key"]);
        using var model = X509Certificate2.CreateFromPem(secret["tls.crt"]);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(model.SubjectName, key, HashAlgorithmName.SHA256);
        foreach (var extension in model.Extensions.Where(extension => extension is X509SubjectAlternativeNameExtension))
            request.CertificateExtensions.Add(extension);
        var end = DateTimeOffset.UtcNow - earlier;
        // An authority signs nothing that begins before itself: that rule is of this library, and not what is tested.
        var signer = X509SignatureGenerator.CreateForECDsa(authority.GetECDsaPrivateKey()!);
        using var leaf = request.Create(authority.SubjectName, signer, end.AddHours(-1), end, RandomNumberGenerator.GetBytes(8));
        return (leaf.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }
}
