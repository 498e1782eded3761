using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Outrigger.Core.Admission;
using Outrigger.Core.Catalog;

namespace Outrigger.Core.Tests.Properties;

/// <summary>A Pod that somebody creates where a catalog is in force.</summary>
internal sealed record Scenario(CatalogSnapshot Catalog, JsonObject Pod)
{
    /// <summary>Pods that ask for some patterns of their catalog, most of them rightly.</summary>
    public static Gen<Scenario> Any { get; } =
        from patterns in CatalogGen.Patterns
        from bindings in CatalogGen.Bindings(patterns)
        from asked in Gen.SubListOf<PatternShape>(patterns)
        from isSecond in Gen.Elements(true, false, false)
        from values in Gen.CollectToList(asked, pattern => Values(pattern))
        from native in Gen.Elements(true, false)
        from pod in PodGen.Pod
        select new Scenario(Read(patterns, bindings, native), Annotated(pod, asked, isSecond, [.. values.SelectMany(one => one)]));

    public Decision Review() => Review(Pod);

    public Decision Review(JsonNode pod) => Review(pod, Catalog);

    public static Decision Review(JsonNode pod, CatalogSnapshot catalog) =>
        PodAdmission.Review(AdmissionRequest.CreatePod(JsonElement.Parse(pod.ToJsonString()), "web"), catalog);

    public override string ToString() =>
        $"{Pod.ToJsonString()}\n{string.Join('\n', Catalog.Patterns.Select(pattern => pattern.Title))}\n{string.Join('\n', Catalog.Bindings.Select(binding => binding.Title))}";

    /// <summary>A catalog of these documents; a mistake in them is one of the generator.</summary>
    public static CatalogSnapshot Read(IEnumerable<JsonObject> documents, Installation installation) =>
        CatalogReader.Read([new CatalogFile("generated.yaml", string.Join("\n---\n", documents.Select(document => document.ToJsonString())))], installation).Value;

    private static CatalogSnapshot Read(IReadOnlyList<PatternShape> patterns, IReadOnlyList<JsonObject> bindings, bool native) =>
        Read([.. patterns.Select(pattern => pattern.Document), .. bindings], new() { NativeSidecars = native });

    private static Gen<IReadOnlyList<KeyValuePair<string, string>>> Values(PatternShape pattern) =>
        from chosen in Gen.SubListOf<ParameterShape>(pattern.Parameters)
        from texts in Gen.CollectToList(chosen, parameter => Gen.Frequency(
            (20, Gen.Elements<string>(parameter.Good)),
            (1, Gen.Elements<string>([.. parameter.Good, .. parameter.Bad]))))
        select (IReadOnlyList<KeyValuePair<string, string>>)[.. chosen.Zip(texts, (parameter, text) => KeyValuePair.Create($"{pattern.Name}.outrigger.dev/{parameter.Name}", text))];

    private static JsonObject Annotated(JsonObject pod, List<PatternShape> asked, bool isSecond, IReadOnlyList<KeyValuePair<string, string>> values)
    {
        if (asked.Count == 0)
            return pod;
        var metadata = Member(pod, "metadata");
        var annotations = Member(metadata, "annotations");
        foreach (var role in asked.GroupBy(pattern => pattern.Role))
        {
            var names = role.Select(pattern => pattern.Name).ToList();
            if (isSecond)
                names.Add($"second-{names[0]}={names[0]}");
            annotations[$"outrigger.dev/{role.Key}"] = string.Join(", ", names);
        }

        foreach (var (key, value) in values)
            annotations[key] = value;
        return pod;
    }

    private static JsonObject Member(JsonObject parent, string name)
    {
        if (parent[name] is JsonObject there)
            return there;
        var made = new JsonObject();
        parent[name] = made;
        return made;
    }
}
