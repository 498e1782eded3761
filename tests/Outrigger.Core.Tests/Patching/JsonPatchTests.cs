using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Outrigger.Core.Patching;

namespace Outrigger.Core.Tests.Patching;

public class JsonPatchTests
{
    [Theory]
    [InlineData("""{"a":1}""", """[{"op":"add","path":"/b","value":null}]""", """{"a":1,"b":null}""")]
    [InlineData("""{"a":1}""", """[{"op":"add","path":"/a","value":2}]""", """{"a":2}""")]
    [InlineData("""[1,3]""", """[{"op":"add","path":"/1","value":2},{"op":"add","path":"/-","value":4}]""", "[1,2,3,4]")]
    [InlineData("""[1,2]""", """[{"op":"add","path":"/2","value":3}]""", "[1,2,3]")]
    [InlineData("""{"a":1}""", """[{"op":"add","path":"","value":null}]""", "null")]
    [InlineData("null", """[{"op":"replace","path":"","value":{"a":[]}},{"op":"add","path":"/a/-","value":1}]""", """{"a":[1]}""")]
    [InlineData("""{"a":null}""", """[{"op":"remove","path":"/a"}]""", "{}")]
    [InlineData("""{"a":null}""", """[{"op":"replace","path":"/a","value":1}]""", """{"a":1}""")]
    [InlineData("""{"a":{"b":1}}""", """[{"op":"move","from":"/a/b","path":"/a"}]""", """{"a":1}""")]
    [InlineData("""{"a":[1,2,3]}""", """[{"op":"move","from":"/a/0","path":"/a/2"}]""", """{"a":[2,3,1]}""")]
    [InlineData("""{"a":1,"b":2}""", """[{"op":"move","from":"/a","path":"/a"}]""", """{"a":1,"b":2}""")]
    [InlineData("""{"a":{"b":1}}""", """[{"op":"copy","from":"/a","path":"/a/c"}]""", """{"a":{"b":1,"c":{"b":1}}}""")]
    [InlineData("""{"a/b":1,"m~n":2,"~1":3}""", """[{"op":"remove","path":"/a~1b"},{"op":"remove","path":"/m~0n"}]""", """{"~1":3}""")]
    [InlineData("""{"~1":3,"":1}""", """[{"op":"remove","path":"/~01"},{"op":"test","path":"/","value":1}]""", """{"":1}""")]
    public void Apply_OperationsThatHold_GivesPatchedDocument(string document, string patch, string expected) =>
        Apply(document, patch).Should().Be(expected);

    [Theory]
    [InlineData("1", "1.0", true)]
    [InlineData("1.0", "1", true)]
    [InlineData("100", "1e2", true)]
    [InlineData("0", "-0.0", true)]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567891", false)]
    [InlineData("0.1", "0.10000000000000001", false)]
    [InlineData("1", "\"1\"", false)]
    [InlineData("0", "false", false)]
    [InlineData("null", "{}", false)]
    [InlineData("""{"a":1,"b":2}""", """{"b":2,"a":1.0}""", true)]
    [InlineData("""{"a":1}""", """{"a":1,"b":null}""", false)]
    [InlineData("[1,2]", "[2,1]", false)]
    [InlineData("\"\\u00e4\"", "\"ä\"", true)]
    public void Apply_Test_ComparesByValue(string actual, string expected, bool equal) =>
        (Apply(actual, $$"""[{"op":"test","path":"","value":{{expected}}}]""") is not null).Should().Be(equal);

    [Fact]
    public void Apply_TestOfNodesMadeInMemory_ComparesNumbersByValue()
    {
        foreach (var number in new JsonNode[] { JsonValue.Create(1), JsonValue.Create(1L), JsonValue.Create(1m), JsonValue.Create(1.0) })
        {
            JsonPatch.Apply(number, [new PatchOperation.Test("", JsonNode.Parse("1.0"))]).IsOk.Should().BeTrue();
            JsonPatch.Apply(JsonNode.Parse("1.0"), [new PatchOperation.Test("", number)]).IsOk.Should().BeTrue();
        }
    }

    [Theory]
    [InlineData("""{"op":"add","path":"/a/b/c","value":1}""")]
    [InlineData("""{"op":"add","path":"/list/01","value":1}""")]
    [InlineData("""{"op":"add","path":"/list/+1","value":1}""")]
    [InlineData("""{"op":"add","path":"/list/-1","value":1}""")]
    [InlineData("""{"op":"add","path":"/list/","value":1}""")]
    [InlineData("""{"op":"add","path":"/list/3","value":1}""")]
    [InlineData("""{"op":"add","path":"/list/99999999999","value":1}""")]
    [InlineData("""{"op":"add","path":"/list/١","value":1}""")]
    [InlineData("""{"op":"add","path":"/text/a","value":1}""")]
    [InlineData("""{"op":"remove","path":"/list/-"}""")]
    [InlineData("""{"op":"remove","path":"/list/2"}""")]
    [InlineData("""{"op":"remove","path":"/none"}""")]
    [InlineData("""{"op":"remove","path":""}""")]
    [InlineData("""{"op":"replace","path":"/none","value":1}""")]
    [InlineData("""{"op":"replace","path":"/list/-","value":1}""")]
    [InlineData("""{"op":"move","from":"/list","path":"/list/0"}""")]
    [InlineData("""{"op":"move","from":"","path":"/list"}""")]
    [InlineData("""{"op":"move","from":"/none","path":"/none"}""")]
    [InlineData("""{"op":"copy","from":"/list/-","path":"/x"}""")]
    [InlineData("""{"op":"test","path":"/none","value":null}""")]
    public void Apply_OperationThatDoesNotHold_NamesItAndLeavesInput(string operation)
    {
        const string Before = """{"a":{},"list":[1,2],"text":"t"}""";
        var document = JsonNode.Parse(Before);
        var operations = JsonPatch.Read(JsonNode.Parse($$"""[{"op":"add","path":"/new","value":1},{{operation}}]""")).Value;

        var result = JsonPatch.Apply(document, operations);

        result.Problems.Should().ContainSingle().Which.Subject.Should().StartWith("operation 1 (");
        document!.ToJsonString().Should().Be(Before);
    }

    [Fact]
    public void Apply_PrefixThatIsNoParent_MayBeMovedTo() =>
        Apply("""{"a":1,"ab":{}}""", """[{"op":"move","from":"/a","path":"/ab/c"}]""").Should().Be("""{"ab":{"c":1}}""");

    [Fact]
    public void Apply_SamePatchTwice_GivesTheSameBecauseValuesAreCopied()
    {
        var operations = JsonPatch.Read(JsonNode.Parse("""
            [{"op":"add","path":"/a","value":{}},{"op":"add","path":"/a/b","value":[1]},{"op":"add","path":"/a/b/-","value":2}]
            """)).Value;

        var first = JsonPatch.Apply(new JsonObject(), operations).Value.Root!.ToJsonString();
        var second = JsonPatch.Apply(new JsonObject(), operations).Value.Root!.ToJsonString();

        second.Should().Be(first).And.Be("""{"a":{"b":[1,2]}}""");
    }

    [Theory]
    [InlineData("""{}""", "array of operations")]
    [InlineData("null", "array of operations")]
    [InlineData("""[1]""", "an operation is an object")]
    [InlineData("""[{"path":"/a"}]""", "needs op")]
    [InlineData("""[{"op":1,"path":"/a"}]""", "needs op")]
    [InlineData("""[{"op":"romove","path":"/a"}]""", "did you mean \"remove\"?")]
    [InlineData("""[{"op":"remove"}]""", "needs path")]
    [InlineData("""[{"op":"remove","path":null}]""", "needs path")]
    [InlineData("""[{"op":"remove","path":"a"}]""", "no JSON Pointer")]
    [InlineData("""[{"op":"remove","path":"/a~2"}]""", "no JSON Pointer")]
    [InlineData("""[{"op":"remove","path":"/a~"}]""", "no JSON Pointer")]
    [InlineData("""[{"op":"add","path":"/a"}]""", "add needs a value")]
    [InlineData("""[{"op":"test","path":"/a"}]""", "test needs a value")]
    [InlineData("""[{"op":"move","path":"/a"}]""", "needs from")]
    [InlineData("""[{"op":"copy","path":"/a","from":"b"}]""", "from \"b\" is no JSON Pointer")]
    public void Read_NotAPatch_SaysWhatIsWrong(string patch, string message) =>
        JsonPatch.Read(JsonNode.Parse(patch)).Problems.Should().ContainSingle().Which.Message.Should().Contain(message);

    [Fact]
    public void Read_SeveralMistakes_FindsAll() =>
        JsonPatch.Read(JsonNode.Parse("""[{"op":"add"},{"op":"remove","path":"/a"},{"op":"test","path":"x","value":1}]"""))
            .Problems.Select(problem => problem.Subject).Should().Equal("operation 0", "operation 0", "operation 2");

    [Fact]
    public void Write_EveryOperation_IsCompactInMemberOrderAndReadsBack()
    {
        const string Patch = """[{"op":"add","path":"/a","value":null},{"op":"remove","path":"/b"},"""
            + """{"op":"replace","path":"/c","value":[1]},{"op":"move","from":"/d","path":"/e"},"""
            + """{"op":"copy","from":"/f","path":"/g"},{"op":"test","path":"","value":{"x":1}}]""";

        Write(JsonPatch.Read(JsonNode.Parse(Patch)).Value).Should().Be(Patch);
    }

    private static string? Apply(string document, string patch) =>
        JsonPatch.Apply(JsonNode.Parse(document), JsonPatch.Read(JsonNode.Parse(patch)).Value).TryGet(out var patched)
            ? patched.Root?.ToJsonString() ?? "null"
            : null;

    private static string Write(IEnumerable<PatchOperation> operations)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            JsonPatch.Write(writer, operations);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
