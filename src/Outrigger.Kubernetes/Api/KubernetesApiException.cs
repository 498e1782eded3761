using System.Net;

namespace Outrigger.Kubernetes.Api;

/// <summary>A request to the API server failed: <c>list api/v1/namespaces: 403 Forbidden: namespaces is forbidden: ...</c></summary>
public sealed class KubernetesApiException : Exception
{
    internal KubernetesApiException(ApiRequest request, string what, Exception? innerException = null)
        : base($"{request.Verb} {request.Path}: {what}", innerException)
    {
        Verb = request.Verb;
        Path = request.Path;
    }

    public KubernetesApiException()
    {
    }

    public KubernetesApiException(string message)
        : base(message)
    {
    }

    public KubernetesApiException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The verb as RBAC rules name it: get, list, watch, create, update, patch.</summary>
    public string Verb { get; } = "";

    /// <summary>The path below the server's address, with its query.</summary>
    public string Path { get; } = "";

    /// <summary>Null where no answer came. An error inside a watch has the code that its Status carries.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>The Status' word for what is wrong, such as <c>Expired</c> or <c>NotFound</c>
    /// (https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/).</summary>
    public string? Reason { get; init; }

    /// <summary>How long the server asked to be left alone.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the same request may succeed a little later: no answer, a broken one, 429, or 5xx but 501.</summary>
    public bool IsTransient { get; init; }

    /// <summary>The resourceVersion or the continue token is older than what the server remembers: list again
    /// (https://kubernetes.io/docs/reference/using-api/api-concepts/#410-gone-responses).</summary>
    public bool IsGone => Status == HttpStatusCode.Gone;

    /// <summary>Somebody else wrote first: the object exists already, or has another resourceVersion by now. Read again
    /// (https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions).</summary>
    public bool IsConflict => Status == HttpStatusCode.Conflict;

    /// <summary>There is no such object; of a creation, no such namespace.</summary>
    public bool IsNotFound => Status == HttpStatusCode.NotFound;
}
