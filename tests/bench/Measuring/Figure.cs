namespace Outrigger.Bench.Measuring;

/// <summary>One line of the report.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">What came out.</param>
/// <param name="Unit">Such as <c>µs</c>; empty for a ratio.</param>
/// <param name="Aim">What it is to be at most; null where it only explains another line.</param>
internal sealed record Figure(string Name, double Value, string Unit = "", double? Aim = null)
{
    public bool Holds => Aim is not { } most || Value <= most;
}
