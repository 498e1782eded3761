using Outrigger.Core.Admission;
using Outrigger.Core.Catalog;
using Outrigger.Webhook.Catalogs;
using Outrigger.Webhook.Operations;

namespace Outrigger.Webhook.Admission;

/// <summary>All that the endpoint works with.</summary>
internal sealed record MutateServices
{
    public required CurrentCatalog Catalog { get; init; }

    public required Readiness Readiness { get; init; }

    public required ReviewGate Gate { get; init; }

    public required ReviewLog Log { get; init; }

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
        var began = services.Log.Now;
        // The API server keeps its connections; while this server ends, each next request shall go to another replica.
        if (services.Readiness.IsDraining)
            context.Response.Headers.Connection = "close";
        if (!services.Gate.TryEnter())
        {
            await RefuseAsync(context, Refusal.Overloaded, services);
            return;
        }

        try
        {
            if (RequestBody.Unreceived(context.Request) is { } unreceived)
            {
                await RefuseAsync(context, unreceived, services);
                return;
            }

            using var body = new PooledBuffer(RequestBody.Capacity(context.Request));
            using var answer = new PooledBuffer(AnswerCapacity);
            var refusal = await RequestBody.ReceiveAsync(context.Request, body, services.BodyDeadline)
                ?? Review(body.Written, answer, services, began);
            if (refusal is not null)
            {
                await RefuseAsync(context, refusal, services);
                return;
            }

            context.Response.ContentType = "application/json";
            context.Response.ContentLength = answer.Count;
            // No token: asking for RequestAborted would make one for each request, and the write ends with the connection anyway.
            await context.Response.BodyWriter.WriteAsync(answer.Written);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // Nobody waits for the answer any more.
            services.Log.Gone();
        }
        finally
        {
            services.Gate.Leave();
        }
    }

    /// <summary>Writes the answer of a review; null, or why there is none.</summary>
    private static Refusal? Review(ReadOnlyMemory<byte> body, PooledBuffer answer, MutateServices services, long began)
    {
        var uid = "";
        try
        {
            var read = AdmissionReview.Read(body, out var document);
            using (document)
            {
                if (!read.TryGet(out var request))
                    return Refusal.NotAReview(string.Join("; ", read.Problems));
                uid = request.Uid;
                var decision = services.Review(request, services.Catalog.Snapshot);
                AdmissionReview.Write(answer, uid, decision);
                services.Log.Reviewed(request, decision, began);
                return null;
            }
        }
        catch (Exception e)
        {
            // Whatever it is, it is a fault of ours and not the Pod's: the failurePolicy decides.
            services.Log.Faulted(uid, e, began);
            return Refusal.Fault;
        }
    }

    private static Task RefuseAsync(HttpContext context, Refusal refusal, MutateServices services)
    {
        services.Log.Refused(refusal);
        context.Response.StatusCode = refusal.Status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        if (refusal == Refusal.Overloaded)
            context.Response.Headers.RetryAfter = "1";
        // What is left of a body that came too slowly is not waited for.
        if (refusal == Refusal.TooSlow)
            context.Response.Headers.Connection = "close";
        return context.Response.WriteAsync(refusal.Sentence + "\n");
    }
}
