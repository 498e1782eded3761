using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Outrigger.Core.Admission;

namespace Outrigger.Core.Tests.Admission;

public sealed class ReviewBodyTests
{
    private const int MaxDepth = 64;

    /// <summary>Texts that try to look like structure: quotes, escapes, brackets, and lengths around the block of 64 bytes.</summary>
    private static readonly Gen<string> NastyText =
        from parts in Gen.Elements("\"", "\\", "\\\\\"", "]", "[", "}", "{", ",", ":", "é", "\u2028", "\t", "env", new string('x', 61)).ListOf()
        select string.Concat(parts);

    [Fact]
    public void LengthOf_AnyJson_IsTheLengthThatTheParserSees() =>
        Prop.ForAll(NastyText.ListOf().ToArbitrary(), texts =>
        {
            var json = new JsonArray([.. texts.Select(text => new JsonObject { [text + "k"] = text, ["list"] = new JsonArray(text, 1) })]).ToJsonString();
            var bytes = Encoding.UTF8.GetBytes(json + "]}\", and more");
            return JsonSkim.LengthOf(bytes, MaxDepth) == Encoding.UTF8.GetByteCount(json);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void LengthOf_BackslashesAroundTheBlocksEdge_AreCarriedOver()
    {
        for (var padding = 0; padding < 140; padding++)
        {
            for (var backslashes = 0; backslashes < 6; backslashes++)
            {
                var json = $"[\"{new string('a', padding)}{new string('\\', backslashes * 2)}\\\"]\"]";
                JsonSkim.LengthOf(Encoding.UTF8.GetBytes(json + "]]"), MaxDepth).Should().Be(json.Length, json);
            }
        }
    }

    [Theory]
    [InlineData("[")]
    [InlineData("[\"]")]
    [InlineData("[{]")]
    public void LengthOf_NoEnd_IsMinusOne(string json) => JsonSkim.LengthOf(Encoding.UTF8.GetBytes(json), MaxDepth).Should().Be(-1);

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, true)]
    [InlineData(65, false)]
    [InlineData(100_000, false)]
    public void LengthOf_Depth_IsBounded(int depth, bool isAllowed) =>
        JsonSkim.LengthOf(Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth)), MaxDepth)
            .Should().Be(isAllowed ? 2 * depth : -1);

    [Fact]
    public void Shorten_AnyPod_TakesOutTheLongListsAndNothingElse() =>
        Prop.ForAll(Review().ToArbitrary(), review =>
        {
            var body = Encoding.UTF8.GetBytes(review.ToJsonString());
            var shortened = JsonNode.Parse(ReviewBody.Shorten(body, MaxDepth, out var lists).Span)!;
            foreach (var list in lists)
            {
                var container = shortened["request"]!["object"]!["spec"]![list.List]![list.Index]!;
                container["env"]!.AsArray().Should().BeEmpty();
                container["env"] = JsonNode.Parse(list.Json.Span);
                list.Json.Length.Should().BeGreaterThan(4096);
            }

            return JsonNode.DeepEquals(review, shortened) && (body.Length < 4096 || lists.Length == LongLists(review));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("{\"request\":{\"object\":{\"spec\":{\"containers\":[{\"env\":[{\"name\":\"")]
    [InlineData("{\"request\":{\"object\":{\"spec\":{\"containers\":[{\"env\":")]
    [InlineData("{\"request\":{\"object\":{\"spec\":{\"containers\":{\"env\":[")]
    [InlineData("{\"request\" \"object\"")]
    [InlineData("[[[[")]
    public void Shorten_BrokenJson_LeavesItToTheParser(string start)
    {
        var body = Encoding.UTF8.GetBytes(start + new string('x', 5000));
        ReviewBody.Shorten(body, MaxDepth, out var lists).ToArray().Should().Equal(body);
        lists.Should().BeEmpty();
    }

    [Fact]
    public void Read_TruncatedAnywhere_IsAProblemAndNeverThrows()
    {
        var body = Encoding.UTF8.GetBytes(WithEnv(200).ToJsonString());
        for (var length = 0; length < body.Length; length += 7)
        {
            var result = AdmissionReview.Read(body.AsMemory(0, length), out var document);
            result.IsOk.Should().BeFalse();
            document.Should().BeNull();
        }
    }

    [Theory]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"request\":{\"uid\":\"1\",\"uid\":\"2\"}}")]
    public void Read_DuplicateMember_IsRefused(string body) =>
        AdmissionReview.Read(Encoding.UTF8.GetBytes(body), out _).IsOk.Should().BeFalse();

    [Fact]
    public void Read_InvalidUtf8_IsRefused() =>
        AdmissionReview.Read(new byte[] { (byte)'"', 0xC3, (byte)'"' }, out _).Problems.Should().ContainSingle().Which.Message.Should().Contain("UTF-8");

    private static JsonObject WithEnv(int count) => new()
    {
        ["apiVersion"] = "admission.k8s.io/v1",
        ["kind"] = "AdmissionReview",
        ["request"] = new JsonObject
        {
            ["uid"] = "1",
            ["kind"] = new JsonObject { ["kind"] = "Pod" },
            ["operation"] = "CREATE",
            ["object"] = new JsonObject { ["spec"] = new JsonObject { ["containers"] = new JsonArray(new JsonObject { ["env"] = Env(count, "v") }) } },
        },
    };

    private static JsonArray Env(int count, string value) =>
        new([.. Enumerable.Range(0, count).Select(i => new JsonObject { ["name"] = $"VARIABLE_{i}", ["value"] = value })]);

    private static Gen<JsonObject> Review() =>
        from first in Gen.Choose(0, 200)
        from second in Gen.Choose(0, 200)
        from value in NastyText
        from extra in NastyText
        select new JsonObject
        {
            ["request"] = new JsonObject
            {
                ["env"] = Env(150, "not a container's"),
                ["object"] = new JsonObject
                {
                    ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [extra + "a"] = extra } },
                    ["spec"] = new JsonObject
                    {
                        ["initContainers"] = new JsonArray(new JsonObject { ["env"] = Env(second, value) }, "no container"),
                        ["containers"] = new JsonArray(
                            new JsonObject { ["name"] = extra, ["env"] = Env(first, value), ["args"] = Env(100, value) },
                            new JsonObject(),
                            new JsonObject { ["env"] = new JsonObject { ["no"] = "list" } },
                            new JsonObject { ["env"] = Env(second, "x"), ["more"] = null }),
                        ["volumes"] = new JsonArray(),
                    },
                },
            },
            ["kind"] = "AdmissionReview",
        };

    private static int LongLists(JsonObject review)
    {
        var spec = review["request"]!["object"]!["spec"]!.AsObject();
        return spec.Where(list => list.Key.EndsWith("ontainers", StringComparison.Ordinal)).SelectMany(list => list.Value!.AsArray())
            .Count(container => container is JsonObject members && members["env"] is JsonArray env && Encoding.UTF8.GetByteCount(env.ToJsonString()) > 4096);
    }
}
