using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using System.Text;
using System.Text.Json;

namespace Outrigger.Kubernetes.Api;

/// <summary>Turns what went wrong into an exception that says it.</summary>
internal static class ApiFailure
{
    private const int MaxText = 300;

    /// <summary>An answer that is no success. Its body is a Status, or anything at all where a gateway wrote it.</summary>
    public static async Task<KubernetesApiException> OfAnswerAsync(
        ApiRequest request, HttpResponseMessage answer, TimeProvider time, CancellationToken cancellationToken)
    {
        var body = await HeadAsync(answer.Content, cancellationToken).ConfigureAwait(false);
        try
        {
            if (ApiJson.Parse(body) is { ValueKind: JsonValueKind.Object } status && ApiJson.Text(status, "kind") == "Status")
                return OfStatus(request, status, answer.StatusCode, RetryAfter(answer.Headers.RetryAfter, time));
        }
        catch (JsonException)
        {
        }

        var text = Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, MaxText))).ReplaceLineEndings(" ").Trim();
        return Of(request, answer.StatusCode, null, text.Length == 0 ? answer.ReasonPhrase : text, RetryAfter(answer.Headers.RetryAfter, time));
    }

    /// <summary>A Status object: the body of an answer, or an ERROR event of a watch, whose HTTP answer was a success.</summary>
    public static KubernetesApiException OfStatus(ApiRequest request, JsonElement status, HttpStatusCode? code = null, TimeSpan? retryAfter = null)
    {
        var inStatus = ApiJson.Property(status, "code") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value)
            ? (HttpStatusCode)value : HttpStatusCode.InternalServerError;
        if (retryAfter is null && ApiJson.Property(ApiJson.Property(status, "details"), "retryAfterSeconds")
            is { ValueKind: JsonValueKind.Number } wait && wait.TryGetInt32(out var seconds) && seconds > 0)
        {
            retryAfter = TimeSpan.FromSeconds(seconds);
        }

        return Of(request, code ?? inStatus, ApiJson.Text(status, "reason"), ApiJson.Text(status, "message"), retryAfter);
    }

    /// <summary>No answer, or one that broke off.</summary>
    public static KubernetesApiException OfConnection(ApiRequest request, Uri server, Exception e)
    {
        // A certificate that is not trusted now will not be in a second.
        var untrusted = e.InnerException is AuthenticationException;
        var reason = untrusted ? "the TLS handshake failed: " + Innermost(e).Message : Innermost(e).Message;
        return new KubernetesApiException(request, $"no answer from {server}: {reason}", e) { IsTransient = !untrusted };
    }

    private static KubernetesApiException Of(
        ApiRequest request, HttpStatusCode code, string? reason, string? message, TimeSpan? retryAfter) =>
        new(request, string.Create(CultureInfo.InvariantCulture, $"{(int)code} {reason ?? code.ToString()}{(message is null ? "" : ": " + message)}"))
        {
            Status = code,
            Reason = reason,
            RetryAfter = retryAfter,
            IsTransient = code is HttpStatusCode.TooManyRequests or (>= HttpStatusCode.InternalServerError and not HttpStatusCode.NotImplemented),
        };

    private static TimeSpan? RetryAfter(RetryConditionHeaderValue? header, TimeProvider time) => header switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date > time.GetUtcNow() ? date - time.GetUtcNow() : TimeSpan.Zero,
        _ => null,
    };

    // A Status is small; of anything else the beginning says enough.
    private static async Task<byte[]> HeadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await using var owned = stream.ConfigureAwait(false);
            var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return buffer[..length];
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            return [];
        }
    }

    private static Exception Innermost(Exception e) => e.InnerException is { } inner ? Innermost(inner) : e;
}
