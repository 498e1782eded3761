using System.Text.Json;
using Outrigger.Core.Admission;
using Outrigger.Core.Results;

namespace Outrigger.Webhook.Admission;

/// <summary>One line a review. Nothing of a Pod's body but its names is written; what a fault's message holds of it shows at Trace alone.</summary>
internal sealed partial class ReviewLog(ILogger<ReviewLog> logger)
{
    /// <summary>A review that was answered.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="decision">What was answered.</param>
    /// <param name="took">The time from the request's arrival to the decision.</param>
    public void Reviewed(AdmissionRequest request, Decision decision, TimeSpan took)
    {
        if (!logger.IsEnabled(LogLevel.Information))
            return;
        var outcome = decision.Outcome();
        // The problems' messages quote the Pod's values; the annotations that they are about do not.
        var subjects = decision is Decision.Reject reject ? string.Join(',', reject.Problems.Take(Problem.MostTold).Select(problem => Shown.Cut(problem.Subject, 350))) : null;
        LogReview(
            outcome.Name, outcome.Reason, Uses(decision), subjects, request.Namespace, PodName(request.Object), Milliseconds(took), request.DryRun,
            request.Uid, decision.Warnings.Length);
    }

    /// <summary>A review that failed for a fault of ours.</summary>
    public void Faulted(string uid, Exception fault, TimeSpan took)
    {
        LogFault(Outcomes.Fault.Name, fault.GetType().FullName, uid, Milliseconds(took), fault.StackTrace);
        LogFaultMessage(uid, fault);
    }

    /// <summary>A request that was no review. Overload has its own, rarer line.</summary>
    public void Refused(Refusal refusal)
    {
        if (refusal != Refusal.Overloaded)
            LogRefused(refusal.Status, refusal.Reason, refusal.Caller);
    }

    private static double Milliseconds(TimeSpan took) => Math.Round(took.TotalMilliseconds, 3);

    private static string? Uses(Decision decision) => decision switch
    {
        Decision.Inject { Plan.Uses: { IsEmpty: false } planned } => string.Join(',', planned.Select(use => $"{use.Bound.Use.Instance}={use.Bound.Use.Pattern.Title}")),
        { Explanation.Uses: { IsEmpty: false } uses } => string.Join(',', uses.Select(use => $"{use.Use.Instance}={use.Use.Pattern.Title}")),
        _ => null,
    };

    private static string? PodName(JsonElement pod) =>
        pod.ValueKind == JsonValueKind.Object && pod.TryGetProperty("metadata"u8, out var metadata) && metadata.ValueKind == JsonValueKind.Object
            ? Text(metadata, "name"u8) ?? Text(metadata, "generateName"u8)
            : null;

    private static string? Text(JsonElement metadata, ReadOnlySpan<byte> name) =>
        metadata.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

#pragma warning disable SYSLIB1015 // The values are members of the line; in its text as well they would make it twice as long.
    [LoggerMessage(1, LogLevel.Information, "reviewed", EventName = "Review")]
    private partial void LogReview(
        string outcome, string? reason, string? uses, string? subjects, string @namespace, string? pod, double ms, bool dryRun, string uid, int warnings);

    [LoggerMessage(2, LogLevel.Error, "review failed for a fault of the webhook", EventName = "Fault")]
    private partial void LogFault(string outcome, string? reason, string uid, double ms, string? stack);

    [LoggerMessage(4, LogLevel.Trace, "the fault of review {uid}", EventName = "FaultMessage")]
    private partial void LogFaultMessage(string uid, Exception fault);

    [LoggerMessage(5, LogLevel.Information, "answered {status}: no review was made", EventName = "Refused")]
    private partial void LogRefused(int status, string reason, string? caller);
#pragma warning restore SYSLIB1015

    [LoggerMessage(6, LogLevel.Debug, "the caller went away before the answer", EventName = "Gone")]
    public partial void Gone();
}
