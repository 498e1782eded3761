using Outrigger.Core.Manifests;
using Outrigger.Core.Parameters;
using Outrigger.Core.Results;

namespace Outrigger.Core.Tests.Parameters;

/// <summary>Schemas written as YAML.</summary>
internal static class Schemas
{
    /// <summary>The schema of one parameter.</summary>
    public static ParameterSchema Of(string yaml)
    {
        var problems = new List<Problem>();
        var schema = Read($"{{type: object, properties: {{p: {yaml}}}}}", problems);
        problems.Should().BeEmpty();
        return schema["p"]!;
    }

    public static ParameterSchema Read(string yaml, List<Problem> problems) =>
        SchemaReader.Read(ManifestReader.Read(yaml, "pattern.yaml").Value[0].Root, "spec.parameters", problems);

    public static string Problems(string yaml)
    {
        var problems = new List<Problem>();
        Read(yaml, problems);
        return string.Join('\n', problems);
    }
}
