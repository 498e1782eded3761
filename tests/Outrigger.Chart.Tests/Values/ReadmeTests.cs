using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Outrigger.Chart.Tests.Rendering;

namespace Outrigger.Chart.Tests.Values;

/// <summary>The table of values in the chart's README is made of the schema and <c>values.yaml</c>.</summary>
public sealed class ReadmeTests
{
    private const string Head = "| value | default | meaning |\n| --- | --- | --- |\n";

    // As in the page, so that <, > and quotes stay readable.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary><c>OUTRIGGER_UPDATE_GOLDEN=1</c> writes the table anew.</summary>
    [Fact]
    public void Table_HasEveryValueWithItsDefaultAndMeaning()
    {
        var file = Path.Combine(Helm.Chart, "README.md");
        var page = File.ReadAllText(file);
        var start = page.IndexOf(Head, StringComparison.Ordinal);
        var end = page.IndexOf("\n\n", start, StringComparison.Ordinal) + 1;
        var table = Table();
        if (Environment.GetEnvironmentVariable("OUTRIGGER_UPDATE_GOLDEN") == "1")
            File.WriteAllText(file, page[..start] + table + page[end..]);
        else
            page[start..end].Should().Be(table, "OUTRIGGER_UPDATE_GOLDEN=1 writes it");
    }

    [Fact]
    public void EveryValue_SaysWhatItMeans() => ValuesSchema.Leaves().Where(leaf => leaf.Schema["description"] is null).Select(leaf => leaf.Path).Should().BeEmpty();

    private static string Table()
    {
        var table = new StringBuilder(Head);
        foreach (var (path, schema, value) in ValuesSchema.Leaves())
            table.Append($"| `{path}` | {Shown(value)} | {schema["description"]} |\n");
        return table.ToString();
    }

    private static string Shown(JsonNode? value) => value is JsonValue text && text.TryGetValue<string>(out var plain)
        ? plain.Length == 0 ? "" : $"`{plain}`"
        : $"`{value!.ToJsonString(Plain)}`";
}
