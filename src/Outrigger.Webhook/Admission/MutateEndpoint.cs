using Outrigger.Core.Admission;
using Outrigger.Core.Catalog;
using Outrigger.Core.Results;
using Outrigger.Core.Selection;
using Outrigger.Webhook.Catalogs;
using Outrigger.Webhook.Operations;

namespace Outrigger.Webhook.Admission;

/// <summary>All that the endpoint works with.</summary>
internal sealed record MutateServices
{
    public required CurrentCatalog Catalog { get; init; }

    public required Readiness Readiness { get; init; }

    public required ReviewGate Gate { get; init; }

    public required ReviewTrails Trails { get; init; }

    /// <summary>How long a body may take.</summary>
    public required TimeSpan BodyDeadline { get; init; }

    /// <summary>The engine.</summary>
    public required Func<AdmissionRequest, CatalogSnapshot, Decision> Review { get; init; }
}

/// <summary><c>POST /mutate</c>: an AdmissionReview in, an AdmissionReview out.</summary>
internal static class MutateEndpoint
{
    // The answer without a patch is half of this; most patches fit.
    private const int AnswerCapacity = 4 * 1024;

    /// <summary>Maps <c>POST /mutate</c>.</summary>
    public static void MapMutate(this IEndpointRouteBuilder routes, MutateServices services) =>
        routes.MapPost("/mutate", context => HandleAsync(context, services));

    private static async Task HandleAsync(HttpContext context, MutateServices services)
    {
        using var trail = services.Trails.Begin(context.Request);
        // The API server keeps its connections; while this server ends, each next request shall go to another replica.
        if (services.Readiness.IsDraining)
            context.Response.Headers.Connection = "close";
        try
        {
            if (await AnswerAsync(context, services, trail) is { } refusal)
            {
                trail.Refused(refusal);
                await refusal.WriteAsync(context.Response);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // Nobody waits for the answer any more.
            trail.Abandoned();
            // Kestrel would end the request with 200 and nothing else, to whoever is still there.
            context.Abort();
        }
    }

    /// <summary>Receives, reviews and answers; null, or why not.</summary>
    private static async ValueTask<Refusal?> AnswerAsync(HttpContext context, MutateServices services, ReviewTrail trail)
    {
        if (RequestBody.Unreceived(context.Request) is { } unreceived)
            return unreceived;
        using var place = services.Gate.Approach();
        using var body = new PooledBuffer(RequestBody.Capacity(context.Request));
        using var answer = new PooledBuffer(AnswerCapacity);
        var refusal = await RequestBody.ReceiveAsync(context.Request, body, place, services.BodyDeadline)
            ?? (place.TryEnter() ? null : Refusal.Overloaded)
            ?? Review(body.Written, answer, services, trail);
        if (refusal is not null)
            return refusal;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = answer.Count;
        // No token: asking for RequestAborted would make one for each request, and the write ends with the connection anyway.
        await context.Response.BodyWriter.WriteAsync(answer.Written);
        return null;
    }

    /// <summary>Writes the answer of a review; null, or why there is none.</summary>
    private static Refusal? Review(ReadOnlyMemory<byte> body, PooledBuffer answer, MutateServices services, ReviewTrail trail)
    {
        var uid = "";
        try
        {
            var read = AdmissionReview.Read(body, out var document);
            using (document)
            {
                if (!read.TryGet(out var request))
                    return Refusal.NotAReview(string.Join("; ", read.Problems.Select(problem => Shown.Cut(problem.ToString(), 1000))));
                uid = request.Uid;
                var decision = services.Review(request, services.Catalog.Snapshot);
                AdmissionReview.Write(answer, uid, decision);
                trail.Reviewed(request, decision);
                return null;
            }
        }
        catch (UnknownNamespaceException)
        {
            return Refusal.UnknownNamespace;
        }
        catch (Exception e)
        {
            // Whatever it is, it is a fault of ours and not the Pod's: the failurePolicy decides.
            trail.Faulted(uid, e);
            return Refusal.Fault;
        }
    }
}
