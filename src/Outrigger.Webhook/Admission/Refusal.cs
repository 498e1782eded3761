namespace Outrigger.Webhook.Admission;

/// <summary>
/// A request that is not answered by a review. It is no answer of admission: the API server takes it as a failed call, and the
/// installation's <c>failurePolicy</c> decides.
/// </summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Reason">Why, in snake case: one of a closed set, for logs.</param>
/// <param name="Sentence">Why, for whoever called.</param>
internal sealed record Refusal(int Status, string Reason, string Sentence)
{
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

    /// <summary>Too many reviews are under way.</summary>
    public static Refusal Overloaded { get; } =
        new(StatusCodes.Status429TooManyRequests, "overloaded", "Too many reviews are under way; try again in a second.");

    /// <summary>A bug of this software.</summary>
    public static Refusal Fault { get; } =
        new(StatusCodes.Status500InternalServerError, "fault", "The review failed for a fault of the webhook; its log says more under the review's uid.");

    /// <summary>The body is no review.</summary>
    public static Refusal NotAReview(string sentence) => new(StatusCodes.Status400BadRequest, "not_a_review", sentence);
}
