using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Outrigger.Core.Manifests;
using Outrigger.Core.Patching;
using Outrigger.Core.Tests.Manifests;

namespace Outrigger.Core.Tests.Patching;

public sealed class YamlPatchProperties
{
    private static readonly Gen<JsonNode?> Documents = Gen.OneOf(
        JsonGen.Object(3).Select(value => (JsonNode?)value), JsonGen.Array(3).Select(value => (JsonNode?)value));

    private static readonly Gen<(JsonNode? Json, int Seed)> Cases = Gen.Zip(Documents, Gen.Choose(0, int.MaxValue - 1))
        .Select(pair => (pair.Item1, pair.Item2));

    [Fact]
    public void Apply_ToHandWrittenYaml_SaysWhatThePatchSays() => Check(1000, (json, seed) =>
        SaysWhatThePatchSays(json, HandWrittenYaml.Write(json, seed), RandomPatch.Any(json, seed)));

    [Fact]
    public void Apply_ToPrettyJson_SaysWhatThePatchSays() => Check(500, (json, seed) =>
        SaysWhatThePatchSays(json, json.ToJsonString(new JsonSerializerOptions { WriteIndented = true }), RandomPatch.Any(json, seed)));

    [Fact]
    public void Apply_ToCompactJson_SaysWhatThePatchSays() => Check(500, (json, seed) =>
        SaysWhatThePatchSays(json, json.ToJsonString(), RandomPatch.Any(json, seed)));

    [Fact]
    public void Apply_AddingThenRemoving_GivesTheTextBack() => Check(1000, (json, seed) =>
    {
        var text = HandWrittenYaml.Write(json, seed, usesFlow: false);
        var added = RandomPatch.Additions(json, seed);

        var patched = YamlPatchTests.Patched(text, [.. added]);
        var back = YamlPatchTests.Patched(patched, [.. RandomPatch.Inverse(json, added)]);

        back.Should().Be(text, "of {0}\n{1}", string.Join("; ", added), patched);
        Lines(patched).Should().ContainInOrder(LinesWithoutEmpty(text), "of {0}", patched);
    });

    [CorpusTheory]
    [MemberData(nameof(CorpusManifests))]
    public void Apply_ToEachPodOfTheCorpus_AddsLinesAndTakesThemAway(string file)
    {
        var text = Corpus.Files("pods", file).Select(File.ReadAllText).Single();
        foreach (var document in ManifestReader.Read(text, file).Value)
        {
            var json = document.Root?.ToJson();
            var operations = PodTemplates.Find(json).SelectMany(template => RandomPatch.Injection(json!, template.Pointer)).ToArray();

            var patched = YamlPatch.Apply(document, operations);
            var again = ManifestReader.Read(patched, file).Value.Single();
            var back = operations.Length == 0 ? patched : YamlPatch.Apply(again, RandomPatch.Inverse(json!, operations));

            back.Should().Be(document.Text);
            if (!text.TrimStart().StartsWith('{'))
                Lines(patched).Should().ContainInOrder(LinesWithoutEmpty(document.Text));
        }
    }

    public static TheoryData<string> CorpusManifests() =>
        [.. Corpus.Files("pods", "*.yml").Select(file => Path.GetFileName(file)).Where(file => !file.Contains(".bad.", StringComparison.Ordinal))];

    private static void SaysWhatThePatchSays(JsonNode json, string text, IReadOnlyList<PatchOperation> operations)
    {
        var document = ManifestReader.Read(text, "-").Value.Single();
        document.Root?.ToJson()?.ToJsonString().Should().Be(json.ToJsonString(), "of {0}", text);
        var expected = JsonPatch.Apply(document.Root?.ToJson(), operations).Value.Root;

        var patched = YamlPatch.Apply(document, operations);

        var read = ManifestReader.Read(patched, "-");
        read.Problems.Should().BeEmpty("of {0}", patched);
        JsonNode.DeepEquals(read.Value.Single().Root?.ToJson(), expected).Should().BeTrue("of {0}\n{1}", text, patched);
    }

    private static void Check(int tests, Action<JsonNode, int> property) =>
        Prop.ForAll(Cases.ToArbitrary(), example => property(example.Json!, example.Seed)).Check(Config.QuickThrowOnFailure.WithMaxTest(tests));

    // What is put before the first element of a sequence may push that off the line that it shares with its parent's dash.
    private static string[] Lines(string text) => [.. text.Split('\n').Select(line => line.Trim('\r').TrimStart(' ', '-')).Where(line => line.Length > 0)];

    private static IEnumerable<string> LinesWithoutEmpty(string text) => Lines(text)
        .Where(line => !line.Contains("{}", StringComparison.Ordinal) && !line.Contains("[]", StringComparison.Ordinal));
}
