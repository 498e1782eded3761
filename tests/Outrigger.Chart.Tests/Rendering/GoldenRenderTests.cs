using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Outrigger.Chart.Tests.Rendering;

/// <summary>
/// All that the chart installs by default, on the oldest Kubernetes that it is for, the first that knows conditions, and the newest that was tried:
/// a change of any field shows in a file. <c>OUTRIGGER_UPDATE_GOLDEN=1</c> writes them anew.
/// </summary>
public sealed class GoldenRenderTests
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [HelmTheory]
    [InlineData(Release.Oldest)]
    [InlineData(Release.WithConditions)]
    [InlineData(Release.Newest)]
    public void Defaults_RenderWhatTheFileSays(string kubernetes)
    {
        var file = Path.Combine(Helm.Root, "tests", "Outrigger.Chart.Tests", "golden", $"kubernetes-{kubernetes}.json");
        // Only what the chart says counts, not how a version of Helm lays it out.
        var objects = RenderedChart.Of(new() { Kubernetes = kubernetes }).Objects
            .OrderBy(item => $"{item["kind"]}/{item["metadata"]!["name"]}", StringComparer.Ordinal)
            .Select(item => (JsonNode)item.DeepClone());
        var rendered = new JsonArray([.. objects]).ToJsonString(Readable) + "\n";
        if (Environment.GetEnvironmentVariable("OUTRIGGER_UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, rendered);
            return;
        }

        File.ReadAllText(file).Should().Be(rendered, "OUTRIGGER_UPDATE_GOLDEN=1 writes it; read each changed line");
    }
}
