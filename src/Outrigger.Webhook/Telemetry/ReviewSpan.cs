using System.Diagnostics;
using Outrigger.Core.Admission;
using Outrigger.Webhook.Admission;

namespace Outrigger.Webhook.Telemetry;

/// <summary>The span of a review: outcome, reason and patterns, and nothing of the Pod. Without a listener there is none, at no cost.</summary>
internal static class ReviewSpan
{
    /// <summary>The name of the source.</summary>
    public const string SourceName = "Outrigger.Webhook";

    private static readonly ActivitySource Source = new(SourceName, Build.Version);

    /// <summary>Begins it, as a child of what the caller says (https://www.w3.org/TR/trace-context/); null where nobody traces.</summary>
    public static Activity? Start(HttpRequest request)
    {
        if (!Source.HasListeners())
            return null;
        ActivityContext.TryParse(request.Headers.TraceParent, request.Headers.TraceState, isRemote: true, out var parent);
        return Source.StartActivity("review", ActivityKind.Server, parent);
    }

    /// <summary>The review was answered.</summary>
    public static void Reviewed(this Activity span, Decision decision)
    {
        var outcome = decision.Outcome();
        span.Ended(outcome.Name, outcome.Reason);
        if (decision is Decision.Inject inject)
            span.SetTag("outrigger.patterns", inject.Plan.Uses.Select(use => use.Bound.Use.Pattern.Title).ToArray());
    }

    /// <summary>It failed for a fault of ours. Its message may hold what is the Pod's; its type does not.</summary>
    public static void Faulted(this Activity span, Exception fault)
    {
        span.Ended(Outcomes.Fault.Name, fault.GetType().FullName);
        span.SetStatus(ActivityStatusCode.Error);
    }

    /// <summary>How it ended.</summary>
    public static void Ended(this Activity span, string outcome, string? reason)
    {
        span.SetTag("outrigger.outcome", outcome);
        if (reason is not null)
            span.SetTag("outrigger.reason", reason);
    }
}
