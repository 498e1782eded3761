using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Outrigger.Chart.Tests.Rendering;

namespace Outrigger.Chart.Tests.Values;

/// <summary>The pages for operators name values that there are, with the defaults that they have.</summary>
public sealed partial class OperationsPageTests
{
    [Theory]
    [InlineData("docs/operations.md", 2)]
    [InlineData("docs/bindings.md", 0)]
    [InlineData("charts/outrigger/README.md", 20)]
    public void EveryValueThatAPageNames_IsInTheSchema(string page, int atLeast)
    {
        var known = ValuesSchema.Leaves().Select(leaf => leaf.Path).ToHashSet();
        var groups = known.SelectMany(Groups).Where(group => group.Contains('.')).ToHashSet();
        var first = known.Select(path => path.Split('.')[0]).ToHashSet();
        var named = ValuePath().Matches(Read(page)).Select(match => match.Groups[1].Value).Where(path => first.Contains(path.Split('.')[0])).Distinct().ToList();

        named.Count.Should().BeGreaterThanOrEqualTo(atLeast);
        named.Where(path => !known.Contains(path) && !groups.Contains(path)).Should().BeEmpty();
    }

    [Fact]
    public void EveryDefaultThatAPageNames_IsTheOneOfValues()
    {
        var values = ValuesSchema.Leaves().ToDictionary(leaf => leaf.Path, leaf => (JsonNode?)leaf.Default);
        var named = Default().Matches(Read("docs/operations.md")).Select(match => (Path: match.Groups[1].Value, Value: match.Groups[2].Value)).ToList();

        named.Should().HaveCountGreaterThanOrEqualTo(3);
        named.Where(one => Text(values.GetValueOrDefault(one.Path)) != one.Value).Should().BeEmpty();
    }

    private static string Text(JsonNode? value) => value is JsonValue text && text.TryGetValue<string>(out var plain) ? plain : value?.ToJsonString() ?? "none";

    private static string Read(string page) => File.ReadAllText(Path.Combine(Helm.Root, page));

    private static IEnumerable<string> Groups(string path)
    {
        for (var end = path.LastIndexOf('.'); end > 0; end = path.LastIndexOf('.', end - 1))
            yield return path[..end];
    }

    // A dot and no file: what ends in .md or .json is a link's text.
    [GeneratedRegex(@"`([a-z][A-Za-z]+(?:\.[a-z][A-Za-z]+)+)(?:: [^`]*)?`")]
    private static partial Regex ValuePath();

    [GeneratedRegex(@"`([a-z][A-Za-z]+(?:\.[a-z][A-Za-z]+)+)` \(`([^`]+)`\)")]
    private static partial Regex Default();
}
