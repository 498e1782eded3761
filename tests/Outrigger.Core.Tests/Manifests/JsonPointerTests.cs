using System.Text.Json.Nodes;
using Outrigger.Core.Manifests;

namespace Outrigger.Core.Tests.Manifests;

public sealed class JsonPointerTests
{
    [Theory]
    [InlineData("a", "a")]
    [InlineData("a/b", "a~1b")]
    [InlineData("a~b", "a~0b")]
    [InlineData("~1", "~01")]
    [InlineData("", "")]
    public void Escape_Segment_IsReadBackBySegments(string segment, string escaped)
    {
        JsonPointer.Escape(segment).Should().Be(escaped);
        JsonPointer.Segments("/" + escaped).Should().Equal(segment);
    }

    [Fact]
    public void Combine_Segments_EscapesEach() => JsonPointer.Combine("metadata", "annotations", "outrigger.dev/status").Should()
        .Be("/metadata/annotations/outrigger.dev~1status");

    [Fact]
    public void Combine_Nothing_IsTheWholeDocument() => JsonPointer.Combine().Should().BeEmpty();

    [Theory]
    [InlineData("a")]
    [InlineData("/a~")]
    [InlineData("/a~2")]
    public void Segments_NoPointer_IsNull(string text) => JsonPointer.Segments(text).Should().BeNull();

    [Theory]
    [InlineData("", """{"a":[{"b/c":7},null],"":1}""")]
    [InlineData("/a/0/b~1c", "7")]
    [InlineData("/a/1", "null")]
    [InlineData("/", "1")]
    public void Resolve_ExistingTarget_FindsIt(string pointer, string expected)
    {
        var root = JsonNode.Parse("""{"a":[{"b/c":7},null],"":1}""");

        JsonPointer.Resolve(root, pointer, out var found).Should().BeTrue();

        (found?.ToJsonString() ?? "null").Should().Be(expected);
    }

    [Theory]
    [InlineData("/b")]
    [InlineData("/a/2")]
    [InlineData("/a/-")]
    [InlineData("/a/00")]
    [InlineData("/a/+0")]
    [InlineData("/a/0/b~1c/d")]
    [InlineData("a")]
    public void Resolve_MissingTarget_IsFalse(string pointer)
    {
        var root = JsonNode.Parse("""{"a":[{"b/c":7},null]}""");

        JsonPointer.Resolve(root, pointer, out var found).Should().BeFalse();

        found.Should().BeNull();
    }
}
