namespace Outrigger.Chart.Tests.Rendering;

/// <summary>A test that renders the chart. Skipped where nothing can; where OUTRIGGER_CHART_TESTS is set, it is never skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class HelmFactAttribute : FactAttribute
{
    public HelmFactAttribute() => Skip = HelmTheoryAttribute.Reason!;
}

/// <summary>The same with several cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class HelmTheoryAttribute : TheoryAttribute
{
    public HelmTheoryAttribute() => Skip = Reason!;

    internal static string? Reason { get; } = Helm.Program is null && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("OUTRIGGER_CHART_TESTS"))
        ? $"there is no helm on PATH; {Helm.Variable} may name one"
        : null;
}
