namespace Outrigger.Kubernetes.Watching;

/// <summary>Counts failures in a row and says how long to wait: from about a second to about half a minute.</summary>
internal sealed class WatchBackoff
{
    private static readonly TimeSpan Max = TimeSpan.FromSeconds(30);

    /// <summary>Failures in a row.</summary>
    public int Failures { get; private set; }

    public void Reset() => Failures = 0;

    /// <summary>Counts a failure. What the server asked for goes before our own wait.</summary>
    public TimeSpan Next(TimeSpan? retryAfter)
    {
        Failures++;
        // Half fixed, half by chance, so that all replicas of a webhook do not come back at the same moment.
        var seconds = Math.Min(Max.TotalSeconds, Math.Pow(2, Math.Min(Failures - 1, 10)));
#pragma warning disable CA5394 // Spreading load needs no secret.
        var own = TimeSpan.FromSeconds(seconds * (0.5 + (Random.Shared.NextDouble() / 2)));
#pragma warning restore CA5394
        return retryAfter > own ? retryAfter.Value : own;
    }
}
