using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Outrigger.Kubernetes.Configuration;
using Outrigger.Kubernetes.Resources;
using Polly;
using Polly.CircuitBreaker;

namespace Outrigger.Kubernetes.Api;

/// <summary>
/// Talks to one API server in raw JSON, so that fields of newer Kubernetes versions pass through unread. Safe for concurrent use.
/// Every failure is a <see cref="KubernetesApiException"/>; a cancelled call is an <see cref="OperationCanceledException"/>.
/// </summary>
public sealed class KubernetesApi : IDisposable
{
    private readonly HttpClient _http;
    private readonly KubernetesEndpoint _endpoint;
    private readonly KubernetesApiOptions _options;
    private readonly TimeProvider _time;
    private readonly ApiResilience _resilience;

    public KubernetesApi(KubernetesEndpoint endpoint, KubernetesApiOptions? options = null, TimeProvider? time = null)
    {
        _endpoint = endpoint;
        _options = options ?? new KubernetesApiOptions();
        _time = time ?? TimeProvider.System;
        _http = ApiConnection.Open(endpoint, _options);
        _resilience = new ApiResilience(_options, _time);
    }

    /// <summary>The clock of retries and timeouts; what waits together with this client uses the same.</summary>
    internal TimeProvider Time => _time;

    /// <summary>One object, or anything else that answers with JSON: <c>version</c>, <c>api/v1/namespaces/default</c>.</summary>
    public Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) =>
        AnswerAsync(new ApiRequest("get", path.TrimStart('/')), cancellationToken);

    /// <summary>
    /// Creates an object, and gives it as it is stored. Like all writes it is sent again after an answer that was lost or a server in trouble;
    /// the first attempt may have done it, and the answer is 409 then (<see cref="KubernetesApiException.IsConflict"/>).
    /// </summary>
    /// <param name="resource">The kind.</param>
    /// <param name="inNamespace">Null where it is cluster-scoped.</param>
    /// <param name="item">The object, with apiVersion, kind and a name of its own: of a generateName each attempt would make another one.</param>
    /// <param name="cancellationToken">Ends the wait; whether the object was created is not known then.</param>
    public Task<JsonElement> CreateAsync(ApiResource resource, string? inNamespace, JsonNode item, CancellationToken cancellationToken) =>
        AnswerAsync(new ApiRequest("create", resource.Path(inNamespace), ApiBody.Of(item)), cancellationToken);

    /// <summary>
    /// Replaces an object, and gives it as it is stored. With the metadata.resourceVersion that was read, what somebody else has written since is
    /// never lost: the answer is 409 then.
    /// </summary>
    public Task<JsonElement> UpdateAsync(
        ApiResource resource, string? inNamespace, string name, JsonNode item, CancellationToken cancellationToken) =>
        AnswerAsync(new ApiRequest("update", resource.Path(inNamespace, name), ApiBody.Of(item)), cancellationToken);

    /// <summary>
    /// Changes some fields of an object by a strategic merge patch, which finds the entries of Kubernetes' own lists by their names
    /// (https://kubernetes.io/docs/reference/using-api/api-concepts/#patch-and-apply); custom resources know it not. It may carry a
    /// metadata.resourceVersion, as an update does.
    /// </summary>
    public Task<JsonElement> PatchAsync(
        ApiResource resource, string? inNamespace, string name, JsonNode patch, CancellationToken cancellationToken) =>
        AnswerAsync(
            new ApiRequest("patch", resource.Path(inNamespace, name), ApiBody.Of(patch, "application/strategic-merge-patch+json")), cancellationToken);

    /// <summary>
    /// All objects of a selection as they were at one moment, fetched in pages. Items of a list carry neither apiVersion nor kind.
    /// </summary>
    public async Task<ResourceList> ListAsync(ResourceSelection selection, CancellationToken cancellationToken)
    {
        var items = ImmutableArray.CreateBuilder<JsonElement>();
        string? limit = _options.PageSize.ToString(CultureInfo.InvariantCulture);
        string? next = null;
        while (true)
        {
            var request = new ApiRequest("list", selection.Path(("limit", limit), ("continue", next)));
            JsonElement page;
            try
            {
                page = await AnswerAsync(request, cancellationToken).ConfigureAwait(false);
            }
            catch (KubernetesApiException e) when (e.IsGone && next is not null)
            {
                // The list took longer than the server remembers its state; in one piece it needs no memory.
                (limit, next) = (null, null);
                items.Clear();
                continue;
            }

            if (ApiJson.Metadata(page, "resourceVersion") is not { Length: > 0 } version)
                throw new KubernetesApiException(request, "the answer is no list: it has no metadata.resourceVersion");
            if (ApiJson.Property(page, "items") is { ValueKind: JsonValueKind.Array } array)
                items.AddRange(array.EnumerateArray());
            next = ApiJson.Metadata(page, "continue") is { Length: > 0 } more ? more : null;
            if (next is null)
                return new ResourceList(items.ToImmutable(), version);
        }
    }

    /// <summary>
    /// What happens to a selection after a resourceVersion, until the server ends the stream, which is normal. Bookmarks are among
    /// the events. It is not retried: <see cref="Watching.ResourceWatcher{T}"/> knows where to go on.
    /// </summary>
    /// <exception cref="KubernetesApiException">The stream cannot be opened, breaks off inside an event, or carries an ERROR event.</exception>
    public async IAsyncEnumerable<WatchEvent> WatchAsync(
        ResourceSelection selection, string resourceVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seconds = ((int)_options.WatchDuration.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var request = new ApiRequest("watch", selection.Path(
            ("watch", "true"), ("allowWatchBookmarks", "true"), ("resourceVersion", resourceVersion), ("timeoutSeconds", seconds)));
        // A server that forgets to end the stream, or a connection that died silently, must not hold a watch for ever.
        using var overdue = new CancellationTokenSource(_options.WatchDuration + TimeSpan.FromSeconds(30), _time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, overdue.Token);
        using var answer = await AttemptsAsync(_resilience.Once, request, token => SendAsync(request, token), end.Token).ConfigureAwait(false);
        var stream = await answer.Content.ReadAsStreamAsync(end.Token).ConfigureAwait(false);
        await using var owned = stream.ConfigureAwait(false);
        var reader = new WatchReader(request, _endpoint.Server, stream, _options.MaxEventBytes);
        await using var disposed = reader.ConfigureAwait(false);
        while (true)
        {
            WatchEvent? next;
            try
            {
                next = await reader.NextAsync(end.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                yield break;
            }

            if (next is null)
                yield break;
            yield return next;
        }
    }

    public void Dispose() => _http.Dispose();

    private Task<JsonElement> AnswerAsync(ApiRequest request, CancellationToken cancellationToken) =>
        AttemptsAsync(_resilience.Retrying, request, async token =>
        {
            using var answer = await SendAsync(request, token).ConfigureAwait(false);
            try
            {
                return ApiJson.Parse(await answer.Content.ReadAsByteArrayAsync(token).ConfigureAwait(false));
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                token.ThrowIfCancellationRequested();
                throw ApiFailure.OfConnection(request, _endpoint.Server, e);
            }
            catch (JsonException e)
            {
                throw new KubernetesApiException(request, $"the answer is not JSON: {e.Message}", e) { Status = answer.StatusCode };
            }
        }, cancellationToken);

    private async Task<HttpResponseMessage> SendAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        using var message = request.Message();
        // Many watches share one connection; what speaks only HTTP/1.1 in between is met there.
        (message.Version, message.VersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionOrLower);
        message.Headers.Authorization = _endpoint.Credential?.Header();
        HttpResponseMessage answer;
        try
        {
            answer = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw ApiFailure.OfConnection(request, _endpoint.Server, e);
        }

        if (answer.IsSuccessStatusCode)
            return answer;
        using (answer)
            throw await ApiFailure.OfAnswerAsync(request, answer, _time, cancellationToken).ConfigureAwait(false);
    }

    private async Task<T> AttemptsAsync<T>(
        ResiliencePipeline pipeline, ApiRequest request, Func<CancellationToken, Task<T>> attempt, CancellationToken cancellationToken)
    {
        try
        {
            return await pipeline.ExecuteAsync(
                async token => await AttemptAsync(request, attempt, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        catch (BrokenCircuitException e)
        {
            throw new KubernetesApiException(
                request, $"not sent: {_endpoint.Server} failed too often; next try in {e.RetryAfter?.TotalSeconds ?? 0:0.#} s", e)
            {
                IsTransient = true,
                RetryAfter = e.RetryAfter,
            };
        }
    }

    // Polly's own timeout strategy counts on the machine's timers, whatever clock it is given.
    private async Task<T> AttemptAsync<T>(ApiRequest request, Func<CancellationToken, Task<T>> attempt, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_options.AttemptTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await attempt(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new KubernetesApiException(
                request, $"no answer from {_endpoint.Server} within {_options.AttemptTimeout.TotalSeconds:0.#} s", e)
            { IsTransient = true };
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            // The library's own limit for a connection, which it tells as if somebody had cancelled.
            throw new KubernetesApiException(request, $"no connection to {_endpoint.Server}: {e.InnerException?.Message ?? e.Message}", e) { IsTransient = true };
        }
    }
}
