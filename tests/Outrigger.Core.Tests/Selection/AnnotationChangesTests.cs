using System.Text.Json;
using Outrigger.Core.Selection;

namespace Outrigger.Core.Tests.Selection;

public class AnnotationChangesTests
{
    [Theory]
    [InlineData("{}", "{}", "")]
    [InlineData("""{"outrigger.dev/sidecar":"a"}""", """{"outrigger.dev/sidecar":"a"}""", "")]
    [InlineData("""{"outrigger.dev/sidecar":"é"}""", """{"outrigger.dev/sidecar":"\u00e9"}""", "")]
    [InlineData("""{"outrigger.dev/sidecar":"a","a.outrigger.dev/x":"1"}""", """{"a.outrigger.dev/x":"1","outrigger.dev/sidecar":"a"}""", "")]
    [InlineData("""{"outrigger.dev/sidecar":"a"}""", """{"outrigger.dev/sidecar":"a "}""", "outrigger.dev/sidecar")]
    [InlineData("""{"outrigger.dev/sidecar":"a"}""", "{}", "outrigger.dev/sidecar")]
    [InlineData("{}", """{"b.outrigger.dev/x":"","a.outrigger.dev/x":""}""", "a.outrigger.dev/x b.outrigger.dev/x")]
    [InlineData("""{"outrigger.dev/sidecar":"1"}""", """{"outrigger.dev/sidecar":1}""", "outrigger.dev/sidecar")]
    [InlineData("""{"outrigger.dev/sidecar":1}""", """{"outrigger.dev/sidecar":1}""", "")]
    [InlineData("""{"example.com/a":"1","xoutrigger.dev/a":"1","outrigger.dev":"1"}""", """{"example.com/a":"2"}""", "")]
    [InlineData("null", """{"files.outrigger.dev/a.f":"1"}""", "files.outrigger.dev/a.f")]
    [InlineData("""{"outrigger.dev/status":"a"}""", "7", "outrigger.dev/status")]
    public void Between_TwoPods_FindsTheKeysOfTheDomain(string before, string after, string changed) =>
        AnnotationChanges.Between(Pod(before), Pod(after)).Should().Equal(changed.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"metadata\":7}")]
    public void Between_NoPods_FindsNothing(string json) =>
        AnnotationChanges.Between(JsonElement.Parse(json), default).Should().BeEmpty();

    [Fact]
    public void Parameters_OfOneInstance_AreThoseWhoseTextDiffers()
    {
        var before = PodAnnotations.Read(new Dictionary<string, string> { ["a.outrigger.dev/kept"] = "1", ["a.outrigger.dev/gone"] = "1", ["a.outrigger.dev/other"] = "1", ["b.outrigger.dev/x"] = "1" });
        var after = PodAnnotations.Read(new Dictionary<string, string> { ["a.outrigger.dev/kept"] = "1", ["a.outrigger.dev/other"] = "2", ["a.outrigger.dev/new"] = "", ["b.outrigger.dev/x"] = "2" });
        AnnotationChanges.Parameters("a", before, after).Should().Equal(
            new ChangedParameter("gone", "a.outrigger.dev/gone"), new ChangedParameter("new", "a.outrigger.dev/new"), new ChangedParameter("other", "a.outrigger.dev/other"));
        AnnotationChanges.Parameters("c", before, after).Should().BeEmpty();
    }

    private static JsonElement Pod(string annotations) => JsonElement.Parse($$$"""{"metadata": {"name": "shop", "annotations": {{{annotations}}} } }""");
}
