using System.Collections.Immutable;
using System.Globalization;
using Outrigger.Core.Results;

namespace Outrigger.Webhook.Watching;

/// <summary>Files that were not taken, so that the last good ones are in force.</summary>
/// <param name="At">When they were read.</param>
/// <param name="Problems">All that is wrong with them.</param>
internal sealed record ReloadFailure(DateTimeOffset At, ImmutableArray<Problem> Problems)
{
    /// <summary>For <c>/readyz?verbose</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"the files as of {At.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ} were refused: {string.Join("; ", Problems)}");
}
