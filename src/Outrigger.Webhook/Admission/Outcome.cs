using System.Collections.Immutable;
using System.Diagnostics;
using Outrigger.Core.Admission;

namespace Outrigger.Webhook.Admission;

/// <summary>How a review ended, in the words of logs, metrics and traces.</summary>
/// <param name="Name"><c>inject</c>, <c>skip</c>, <c>reject</c> or <c>fault</c>.</param>
/// <param name="Reason">In snake case; null where the name says all.</param>
internal readonly record struct Outcome(string Name, string? Reason);

/// <summary>The closed set of outcomes.</summary>
internal static class Outcomes
{
    /// <summary>A bug of this software.</summary>
    public static Outcome Fault { get; } = new("fault", null);

    /// <summary>Each that there is.</summary>
    public static ImmutableArray<Outcome> All { get; } =
        [new("inject", null), .. Enum.GetValues<SkipReason>().Select(reason => new Outcome("skip", reason.Name())), new("reject", "mistakes"), Fault];

    /// <summary>How a review with this decision ended.</summary>
    public static Outcome Outcome(this Decision decision) => decision switch
    {
        Decision.Inject => new("inject", null),
        Decision.Skip skip => new("skip", skip.Reason.Name()),
        Decision.Reject => new("reject", "mistakes"),
        _ => throw new UnreachableException(),
    };
}
