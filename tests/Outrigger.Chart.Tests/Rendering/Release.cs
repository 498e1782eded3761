namespace Outrigger.Chart.Tests.Rendering;

/// <summary>One installation: what somebody says to Helm, and the cluster that Helm finds.</summary>
/// <param name="Values">Values over those of the chart, in YAML.</param>
internal sealed record Release(string Values = "")
{
    /// <summary>The oldest version that the chart is for.</summary>
    public const string Oldest = "1.20.2";

    /// <summary>The last without matchConditions.</summary>
    public const string WithoutConditions = "1.27.16";

    /// <summary>The first with them.</summary>
    public const string WithConditions = "1.28.0";

    /// <summary>The newest that was tried.</summary>
    public const string Newest = "1.36.0";

    public string Name { get; init; } = "outrigger";

    public string Namespace { get; init; } = "platform";

    /// <summary>The API server's version.</summary>
    public string Kubernetes { get; init; } = Newest;
}
