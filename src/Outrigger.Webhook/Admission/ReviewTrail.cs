using System.Diagnostics;
using Outrigger.Core.Admission;
using Outrigger.Webhook.Metrics;
using Outrigger.Webhook.Telemetry;

namespace Outrigger.Webhook.Admission;

/// <summary>What is told of requests: a line in the log, a count, and a span where somebody traces.</summary>
internal sealed class ReviewTrails(ReviewLog log, WebhookMetrics metrics, TimeProvider time)
{
    /// <summary>Follows a request from its arrival to its end, which is the disposal.</summary>
    public ReviewTrail Begin(HttpRequest request) => new(log, metrics, time, ReviewSpan.Start(request));

    /// <summary>A request that did not even get so far as to be received.</summary>
    public void TurnedAway(Refusal refusal)
    {
        log.Refused(refusal);
        metrics.Refused(refusal.Reason);
    }
}

/// <summary>One request, and how it ends.</summary>
internal sealed class ReviewTrail(ReviewLog log, WebhookMetrics metrics, TimeProvider time, Activity? span) : IDisposable
{
    private readonly long _began = time.GetTimestamp();

    /// <summary>A review was answered.</summary>
    public void Reviewed(AdmissionRequest request, Decision decision)
    {
        var took = time.GetElapsedTime(_began);
        log.Reviewed(request, decision, took);
        metrics.Reviewed(decision, took);
        span?.Reviewed(decision);
    }

    /// <summary>A review failed for a fault of ours.</summary>
    public void Faulted(string uid, Exception fault)
    {
        var took = time.GetElapsedTime(_began);
        log.Faulted(uid, fault, took);
        metrics.Faulted(took);
        span?.Faulted(fault);
    }

    /// <summary>The request was no review. A fault was told already.</summary>
    public void Refused(Refusal refusal)
    {
        if (refusal == Refusal.Fault)
            return;
        log.Refused(refusal);
        metrics.Refused(refusal.Reason);
        span?.Ended("refused", refusal.Reason);
    }

    /// <summary>Nobody waits for the answer any more.</summary>
    public void Abandoned()
    {
        log.Gone();
        metrics.Abandoned();
        span?.Ended("abandoned", null);
    }

    /// <inheritdoc />
    public void Dispose() => span?.Dispose();
}
