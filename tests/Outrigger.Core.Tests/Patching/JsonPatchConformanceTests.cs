using System.Text.Json.Nodes;
using Outrigger.Core.Patching;

namespace Outrigger.Core.Tests.Patching;

/// <summary>The public conformance cases of RFC 6902, each its own row.</summary>
public class JsonPatchConformanceTests
{
    [CorpusTheory]
    [MemberData(nameof(Cases))]
    public void Apply_ConformanceCase_IsAsExpected(string file, int number, string title)
    {
        title.Should().NotBeEmpty();
        var test = Read(Corpus.Files("json-patch", file).Single())[number]!.AsObject();

        var patch = JsonPatch.Read(test["patch"]);
        var problems = patch.Problems;
        PatchedDocument? patched = null;
        if (patch.TryGet(out var operations))
        {
            var result = JsonPatch.Apply(test["doc"], operations);
            problems = result.Problems;
            result.TryGet(out patched);
        }

        if (test.ContainsKey("error"))
            patched.Should().BeNull("the case says: {0}", test["error"]);
        else if (test.TryGetPropertyValue("expected", out var expected))
            JsonNode.DeepEquals(patched?.Root, expected).Should().BeTrue("got {0} {1}", patched?.Root, string.Join("; ", problems));
        else
            problems.Should().BeEmpty();
    }

    public static TheoryData<string, int, string> Cases()
    {
        var rows = new TheoryData<string, int, string>();
        foreach (var file in Corpus.Files("json-patch", "*.json"))
        {
            var cases = Read(file);
            for (var i = 0; i < cases.Count; i++)
            {
                if (cases[i]!["disabled"]?.GetValue<bool>() != true)
                    rows.Add(Path.GetFileName(file), i, cases[i]!["comment"]?.GetValue<string>() ?? $"case {i}");
            }
        }

        return rows;
    }

    private static JsonArray Read(string file) => JsonNode.Parse(File.ReadAllText(file))!.AsArray();
}
