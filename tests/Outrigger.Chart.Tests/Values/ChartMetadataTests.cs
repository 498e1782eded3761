using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Outrigger.Chart.Tests.Rendering;

namespace Outrigger.Chart.Tests.Values;

/// <summary>The chart says the same as the rest of the project.</summary>
public sealed partial class ChartMetadataTests
{
    private static readonly JsonObject Metadata = RenderedChart.Read(Read("charts", "outrigger", "Chart.yaml"), "Chart.yaml").Single();

    [Fact]
    public void AppVersion_IsTheVersionOfThePrograms() =>
        ((string?)Metadata["appVersion"]).Should().Be(Version().Match(Read("Directory.Build.props")).Groups[1].Value);

    [Fact]
    public void UserAndPorts_AreThoseOfTheImage()
    {
        var dockerfile = Read("Dockerfile").Split('\n');
        var values = ValuesSchema.Defaults;
        var security = values["podSecurityContext"];
        dockerfile.Should().Contain($"USER {security!["runAsUser"]}:{security["runAsGroup"]}");
        dockerfile.Should().Contain($"EXPOSE {values["ports"]!["https"]} {values["ports"]!["ops"]}");
    }

    [Fact]
    public void KubeVersion_IsTheOldestThatIsTested() => ((string?)Metadata["kubeVersion"]).Should().Be($">={Release.Oldest[..^1]}0-0");

    private static string Read(params string[] path) => File.ReadAllText(Path.Combine([Helm.Root, .. path]));

    [GeneratedRegex("<Version>(.+)</Version>")]
    private static partial Regex Version();
}
