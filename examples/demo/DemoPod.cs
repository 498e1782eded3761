using System.Text.Json.Nodes;
using Outrigger.Core.Manifests;

namespace Outrigger.Demo;

/// <summary>The Pod of the demo.</summary>
/// <param name="Source">As it is written.</param>
/// <param name="Json">As the API server sends it.</param>
internal sealed record DemoPod(ManifestDocument Source, JsonNode Json)
{
    public static DemoPod Read(string file)
    {
        var document = ManifestReader.Read(File.ReadAllText(file), file).Value.Single();
        return new DemoPod(document, document.Root!.ToJson()!);
    }
}
