using System.Diagnostics.Metrics;
using Outrigger.Core.Admission;
using Outrigger.Core.Catalog;
using Outrigger.Webhook.Admission;

namespace Outrigger.Webhook.Metrics;

/// <summary>
/// All that the server counts about its reviews. Labels are of closed sets, but for the names of patterns, which the catalog bounds; no
/// Pod, namespace or caller is one, nor the time of a single review.
/// </summary>
internal sealed class WebhookMetrics
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Outrigger.Webhook";

    private readonly Counter<long> _reviews;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _injections;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _abandoned;

    public WebhookMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _reviews = meter.CreateCounter<long>(
            "outrigger.reviews", "{review}", "Reviews that were answered, or failed for a fault of the webhook (outcome fault).");
        _duration = meter.CreateHistogram(
            "outrigger.review.duration", "s", "Time from the arrival of a review to its decision.",
            advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries =
                    [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
            });
        _injections = meter.CreateCounter<long>("outrigger.injections", "{use}", "Uses of patterns in Pods that got a patch.");
        _refused = meter.CreateCounter<long>(
            "outrigger.requests.refused", "{request}", "Requests that were not answered by a review; overloaded are those with status 429.");
        _abandoned = meter.CreateCounter<long>("outrigger.requests.abandoned", "{request}", "Requests whose caller went away before the answer.");
    }

    /// <summary>Makes every series of a closed set known, so that the first event of its kind is an increase and no appearance.</summary>
    public void Announce()
    {
        foreach (var outcome in Outcomes.All)
            Review(outcome, 0);
        foreach (var reason in Refusal.Reasons)
            Refused(reason, 0);
        _abandoned.Add(0);
    }

    /// <summary>A review that was answered.</summary>
    public void Reviewed(Decision decision, TimeSpan took)
    {
        Review(decision.Outcome(), 1);
        _duration.Record(took.TotalSeconds, new KeyValuePair<string, object?>("outcome", decision.Outcome().Name));
        if (decision is not Decision.Inject inject)
            return;
        foreach (var use in inject.Plan.Uses)
        {
            var pattern = use.Bound.Use.Pattern;
            _injections.Add(1, new("pattern", pattern.Name), new KeyValuePair<string, object?>("role", pattern.Role.Name()));
        }
    }

    /// <summary>A review that failed for a fault of ours.</summary>
    public void Faulted(TimeSpan took)
    {
        Review(Outcomes.Fault, 1);
        _duration.Record(took.TotalSeconds, new KeyValuePair<string, object?>("outcome", Outcomes.Fault.Name));
    }

    /// <summary>A request that was no review.</summary>
    public void Refused(string reason) => Refused(reason, 1);

    /// <summary>A request whose caller did not wait for the answer.</summary>
    public void Abandoned() => _abandoned.Add(1);

    private void Refused(string reason, long count) => _refused.Add(count, new KeyValuePair<string, object?>("reason", reason));

    private void Review(Outcome outcome, long count)
    {
        if (outcome.Reason is { } reason)
            _reviews.Add(count, new("outcome", outcome.Name), new KeyValuePair<string, object?>("reason", reason));
        else
            _reviews.Add(count, new KeyValuePair<string, object?>("outcome", outcome.Name));
    }
}
