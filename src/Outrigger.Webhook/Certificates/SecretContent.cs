using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Outrigger.Kubernetes.Api;

namespace Outrigger.Webhook.Certificates;

/// <summary>The texts of the Secret, under the names that Kubernetes and cert-manager give them; a text that is not there is empty.</summary>
/// <param name="Certificate"><c>tls.crt</c>: the serving certificate.</param>
/// <param name="Key"><c>tls.key</c>: its key.</param>
/// <param name="Authorities"><c>ca.crt</c>: all authorities that the API server shall trust, the newest first.</param>
/// <param name="AuthorityKey"><c>ca.key</c>: the key of the newest of them, which signs.</param>
internal sealed record SecretContent(string Certificate, string Key, string Authorities, string AuthorityKey)
{
    /// <summary>What a Secret holds. Base64 of something that is no text counts as nothing.</summary>
    public static SecretContent Of(JsonElement secret)
    {
        var data = ApiJson.Property(secret, "data");
        return new(Text("tls.crt"), Text("tls.key"), Text("ca.crt"), Text("ca.key"));

        string Text(string name) => Decode(ApiJson.Text(data, name));
    }

    /// <summary>Base64 of a text, or nothing.</summary>
    public static string Decode(string? base64)
    {
        try
        {
            return base64 is null ? "" : Encoding.UTF8.GetString(Convert.FromBase64String(base64));
        }
        catch (FormatException)
        {
            return "";
        }
    }

    /// <summary>A Secret that does not exist yet.</summary>
    public JsonObject Create(string @namespace, string name) => Into(new JsonObject
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Secret",
        ["type"] = "kubernetes.io/tls",
        ["metadata"] = new JsonObject
        {
            ["namespace"] = @namespace,
            ["name"] = name,
            ["labels"] = new JsonObject { ["app.kubernetes.io/managed-by"] = "outrigger-webhook" },
        },
    });

    /// <summary>The Secret that was read, with these texts in it; what else it has stays, its resourceVersion too.</summary>
    public JsonObject Into(JsonElement secret) => Into(JsonObject.Create(secret)!);

    private JsonObject Into(JsonObject secret)
    {
        if (secret["data"] is not JsonObject data)
            secret["data"] = data = [];
        foreach (var (name, text) in new[] { ("tls.crt", Certificate), ("tls.key", Key), ("ca.crt", Authorities), ("ca.key", AuthorityKey) })
            data[name] = Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
        return secret;
    }
}
