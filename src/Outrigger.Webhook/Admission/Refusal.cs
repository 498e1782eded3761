using Outrigger.Core.Results;

namespace Outrigger.Webhook.Admission;

/// <summary>
/// A request that is not answered by a review. It is no answer of admission: the API server takes it as a failed call, and the
/// installation's <c>failurePolicy</c> decides.
/// </summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Reason">Why, in snake case: for logs and metrics.</param>
/// <param name="Sentence">Why, for whoever called.</param>
internal sealed record Refusal(int Status, string Reason, string Sentence)
{
    /// <summary>Whom the caller's certificate names; null where he showed none.</summary>
    public string? Caller { get; init; }

    /// <summary>The closed set of reasons, but for a fault, which is the outcome of a review.</summary>
    public static IReadOnlyList<string> Reasons { get; } =
    [
        "broken_body", "client_certificate", "client_name", "content_type", "no_client_certificate", "not_a_review", "overloaded",
        "too_large", "too_slow", "unknown_namespace",
    ];

    /// <summary>The body is not JSON by its header.</summary>
    public static Refusal ContentType { get; } =
        new(StatusCodes.Status415UnsupportedMediaType, "content_type", "The body must be an AdmissionReview with Content-Type: application/json.");

    /// <summary>The body is larger than any object that the API server stores.</summary>
    public static Refusal TooLarge { get; } =
        new(StatusCodes.Status413PayloadTooLarge, "too_large", "The body is larger than 3 MiB, the API server's own limit of a request.");

    /// <summary>The body did not arrive in time.</summary>
    public static Refusal TooSlow { get; } =
        new(StatusCodes.Status408RequestTimeout, "too_slow", "The body did not arrive in time.");

    /// <summary>The body cannot be received, for what the server made of its framing.</summary>
    public static Refusal Broken { get; } =
        new(StatusCodes.Status400BadRequest, "broken_body", "The body ended before it was complete, or its framing is wrong.");

    /// <summary>Too many reviews are under way, or too large ones.</summary>
    public static Refusal Overloaded { get; } =
        new(StatusCodes.Status429TooManyRequests, "overloaded", "Too many reviews are under way; try again in a second.");

    /// <summary>A required binding selects by what is not known yet.</summary>
    public static Refusal UnknownNamespace { get; } = new(
        StatusCodes.Status503ServiceUnavailable, "unknown_namespace",
        "The labels of the Pod's namespace, by which a required binding selects, are not known here yet; try again in a second.");

    /// <summary>A bug of this software.</summary>
    public static Refusal Fault { get; } =
        new(StatusCodes.Status500InternalServerError, "fault", "The review failed for a fault of the webhook; its log says more under the review's uid.");

    /// <summary>The caller presented no certificate.</summary>
    public static Refusal NoClientCertificate { get; } = new(
        StatusCodes.Status403Forbidden, "no_client_certificate",
        "A client certificate is required here, and none was presented: only callers that an authority of --client-ca has signed are answered.");

    /// <summary>The body is no review.</summary>
    public static Refusal NotAReview(string sentence) => new(StatusCodes.Status400BadRequest, "not_a_review", sentence);

    /// <summary>The caller's certificate does not do.</summary>
    public static Refusal ClientCertificate(string subject, string reason) => new(
        StatusCodes.Status403Forbidden, "client_certificate", $"The client certificate of {Shown.Quoted(subject)} is not accepted: {reason}.")
    {
        Caller = subject,
    };

    /// <summary>The caller's certificate is right, and names somebody else.</summary>
    public static Refusal ClientName(string subject, IEnumerable<string> allowed) => new(
        StatusCodes.Status403Forbidden, "client_name",
        $"The client certificate of {Shown.Quoted(subject)} is not accepted: its common name must be {string.Join(" or ", allowed.Select(Shown.Quoted))} (--client-name).")
    {
        Caller = subject,
    };

    /// <summary>Writes it as the answer.</summary>
    public Task WriteAsync(HttpResponse response)
    {
        response.StatusCode = Status;
        response.ContentType = "text/plain; charset=utf-8";
        if (this == Overloaded || this == UnknownNamespace)
            response.Headers.RetryAfter = "1";
        // What is left of a body that came too slowly is not waited for, and a refused caller shall shake hands anew.
        if (this == TooSlow || Status == StatusCodes.Status403Forbidden)
            response.Headers.Connection = "close";
        return response.WriteAsync(Sentence + "\n");
    }
}
