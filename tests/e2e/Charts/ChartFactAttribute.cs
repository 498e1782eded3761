using Outrigger.Chart.Tests.Rendering;
using Outrigger.E2e.Nodes;

namespace Outrigger.E2e.Charts;

/// <summary>A test that installs the chart on a node. Skipped where a <see cref="NodeFactAttribute"/> or a <see cref="HelmFactAttribute"/> is.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChartFactAttribute : FactAttribute
{
    public ChartFactAttribute() => Skip = new NodeFactAttribute().Skip ?? new HelmFactAttribute().Skip;
}
