using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Outrigger.Kubernetes.Api;

/// <summary>What is asked of the API server.</summary>
/// <param name="Verb">As RBAC rules name it.</param>
/// <param name="Path">Below the server's address, no leading slash, with its query.</param>
/// <param name="Body">What is written; null where something is read.</param>
internal readonly record struct ApiRequest(string Verb, string Path, ApiBody? Body = null)
{
    /// <summary>The message; a new one for each attempt, since a client sends none twice.</summary>
    public HttpRequestMessage Message() => new(Method(), new Uri(Path, UriKind.Relative)) { Content = Body?.Content() };

    private HttpMethod Method() => Verb switch
    {
        "create" => HttpMethod.Post,
        "update" => HttpMethod.Put,
        "patch" => HttpMethod.Patch,
        _ => HttpMethod.Get,
    };
}

/// <summary>A body in JSON, as it goes over the wire.</summary>
internal sealed record ApiBody(byte[] Utf8, string ContentType)
{
    /// <summary>An object.</summary>
    public static ApiBody Of(JsonNode json, string contentType = "application/json") =>
        new(System.Text.Encoding.UTF8.GetBytes(json.ToJsonString()), contentType);

    public HttpContent Content() => new ByteArrayContent(Utf8) { Headers = { ContentType = new MediaTypeHeaderValue(ContentType) } };
}
