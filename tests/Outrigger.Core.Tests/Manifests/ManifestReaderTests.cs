using System.Text.Json.Nodes;
using Outrigger.Core.Manifests;

namespace Outrigger.Core.Tests.Manifests;

public sealed class ManifestReaderTests
{
    [Theory]
    [InlineData("yes", "true")]
    [InlineData("Y", "true")]
    [InlineData("On", "true")]
    [InlineData("TRUE", "true")]
    [InlineData("n", "false")]
    [InlineData("off", "false")]
    [InlineData("tRue", "\"tRue\"")]
    [InlineData("~", "null")]
    [InlineData("Null", "null")]
    [InlineData("", "null")]
    [InlineData("0644", "420")]
    [InlineData("0o644", "420")]
    [InlineData("-0644", "-420")]
    [InlineData("08", "8")]
    [InlineData("0x1F", "31")]
    [InlineData("-0b11", "-3")]
    [InlineData("1_000", "1000")]
    [InlineData("+7", "7")]
    [InlineData("18446744073709551615", "18446744073709551615")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData("0xFFFFFFFFFFFFFFFFF", "\"0xFFFFFFFFFFFFFFFFF\"")]
    [InlineData("1.10", "1.10")]
    [InlineData("1.", "1")]
    [InlineData(".5", "0.5")]
    [InlineData("-.5e-3", "-0.5e-3")]
    [InlineData("1e400", "\"1e400\"")]
    [InlineData("1.2.3", "\"1.2.3\"")]
    [InlineData("1:30", "\"1:30\"")]
    [InlineData("2001-01-01", "\"2001-01-01\"")]
    [InlineData("\"yes\"", "\"yes\"")]
    [InlineData("'1'", "\"1\"")]
    [InlineData("!!str 1", "\"1\"")]
    [InlineData("!!int '1'", "1")]
    [InlineData("!!float 1", "1")]
    [InlineData("!mine 1", "\"1\"")]
    [InlineData("! 1", "\"1\"")]
    [InlineData("|\n  1", "\"1\"")]
    public void Read_Scalar_IsTypedAsKubectlDoes(string yaml, string json)
    {
        var value = Root($"k: {yaml}")["k"];

        (value?.ToJsonString() ?? "null").Should().Be(json);
    }

    [Theory]
    [InlineData(".inf", "quotes")]
    [InlineData("-.Inf", "quotes")]
    [InlineData(".nan", "quotes")]
    [InlineData("!!int x", "!!int")]
    [InlineData("!!bool 3", "!!bool")]
    [InlineData("*nope", "*nope")]
    public void Read_ValueThatJsonDoesNotHave_IsAProblem(string yaml, string said)
    {
        var problem = ManifestReader.Read($"a: 1\nb:\n- k: {yaml}\n", "x.yaml").Problems.Should().ContainSingle().Which;

        problem.Location!.Value.Line.Should().Be(3);
        problem.Subject.Should().Be("b[0].k");
        problem.Message.Should().Contain(said);
    }

    [Theory]
    [InlineData("a: 1\n", 1)]
    [InlineData("a: 1", 1)]
    [InlineData("", 0)]
    [InlineData("# nothing\n", 1)]
    [InlineData("---\n", 1)]
    [InlineData("# head\n\n---\na: 1\n---\nb: 1\n", 2)]
    [InlineData("a: 1\n---\nb: 1\n---\n", 3)]
    [InlineData("a: 1\n--- # two\nb: 1\n# end", 2)]
    [InlineData("%YAML 1.1\n---\na: 1\n...\n# between\n%YAML 1.1\n---\nb: 1\n...\n# end\n", 2)]
    [InlineData("a: 1\n...\nb: 1\n", 2)]
    [InlineData("\uFEFFa: 1\r\n---\r\nb: |\r\n  x\r\n\r\n---\r\n", 3)]
    [InlineData("\uFEFF---\na: 1\n\uFEFF---\nb: 1\n", 2)]
    [InlineData("a: |\n  ---\n  ...\nb: ---x\n", 1)]
    [InlineData("--- {a: 1}\n--- [b]\n--- c\n", 3)]
    [InlineData("a: 1\r---\rb: 2", 2)]
    public void Read_Stream_ConcatenatesToItself(string text, int documents)
    {
        var read = ManifestReader.Read(text, "-").Value;

        read.Should().HaveCount(documents);
        string.Concat(read.Select(document => document.Text)).Should().Be(text);
    }

    [Fact]
    public void Read_ByteOrderMark_IsNoContent() => Root("\uFEFFa: 1\n").ToJsonString().Should().Be("""{"a":1}""");

    [Fact]
    public void Read_LaterDocument_HasLinesOfTheFile()
    {
        var read = ManifestReader.Read("# head\n---\na: 1\n---\n\nb:\n  c: 1\n", "x.yaml").Value;

        ((SourceMapping)((SourceMapping)read[1].Root!)["b"]!).Entries[0].Value.Location.ToString().Should().Be("x.yaml:7");
        read[1].Start.ToString().Should().Be("x.yaml:4");
    }

    [Fact]
    public void Read_Locations_CountFromOne()
    {
        var mapping = (SourceMapping)ManifestReader.Read("a:  b\n", "-").Value.Single().Root!;

        (mapping.Entries[0].KeyLocation.Line, mapping.Entries[0].KeyLocation.Column).Should().Be((1, 1));
        (mapping["a"]!.Location.Line, mapping["a"]!.Location.Column).Should().Be((1, 5));
    }

    [Fact]
    public void Read_SeveralBrokenDocuments_NamesEachWithItsLine()
    {
        var problems = ManifestReader.Read("a: 1\n---\nb: [1, 2\nc: 1\n---\nd: 1\n---\ne: 'x\n---\n\nf:\n\tg: 1\n---\na: 1\nb: 2\na: 3\n", "x.yaml").Problems;

        problems.Select(problem => problem.Location!.Value.Line).Should().Equal(4, 8, 12, 16);
        problems[2].Message.Should().Contain("tab");
        problems[3].ToString().Should().Be("x.yaml:16: a: this key occurs twice; the first is on line 14");
    }

    [Theory]
    [InlineData("a: b\n c: d\n", 2)]
    [InlineData("a: @b\n", 1)]
    [InlineData("a: 1\nb: \"\\q\"\n", 2)]
    [InlineData("a:\n- b\nc\n", 3)]
    [InlineData("a: }\n", 1)]
    [InlineData("{\"a\": [1, 2}\n", 1)]
    [InlineData("{\"a\": 1\n", 2)]
    [InlineData("x: 1\na: 1\0b: 2", 2)]
    [InlineData("%YAML 3.0\n---\na: 1\n", 1)]
    [InlineData("{a: 1}\n{b: 1}\n", 2)]
    [InlineData("? {a: 1}\n: b\n", 1)]
    public void Read_BrokenYaml_NamesTheLine(string yaml, int line)
    {
        var problem = ManifestReader.Read(yaml, "x.yaml").Problems.Should().ContainSingle().Which;

        problem.Location!.Value.Line.Should().Be(line);
        problem.Message.Should().NotContain("\n").And.NotEndWith(".");
    }

    [Fact]
    public void Read_AliasesAndMergeKeys_AreResolved()
    {
        const string Text = """
            base: &base {a: 1, b: {c: 2}}
            more: &more {b: 3, d: 4}
            one:
              <<: *base
              a: 9
            two: {<<: [*base, *more], e: *more}
            three: {"<<": 1}
            """;

        Root(Text).ToJsonString().Should().Be("""
            {"base":{"a":1,"b":{"c":2}},"more":{"b":3,"d":4},"one":{"b":{"c":2},"a":9},
            "two":{"a":1,"b":{"c":2},"d":4,"e":{"b":3,"d":4}},"three":{"\u003C\u003C":1}}
            """.ReplaceLineEndings(""));
        ManifestReader.Read(Text, "-").Value.Single().HasAliases.Should().BeTrue();
    }

    [Theory]
    [InlineData("a: &a [*a]\n", "inside")]
    [InlineData("a: *b\nb: &b 1\n", "before")]
    [InlineData("a: {<<: 1}\n", "merge")]
    public void Read_AliasWithoutMeaning_IsAProblem(string yaml, string said) =>
        ManifestReader.Read(yaml, "-").Problems.Should().ContainSingle().Which.Message.Should().Contain(said);

    [Fact]
    public void Read_BillionLaughs_IsAProblem()
    {
        var text = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n"
            + string.Concat(Enumerable.Range(1, 30).Select(i => $"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 9))}]\n"));

        ManifestReader.Read(text, "-").Problems.Should().ContainSingle().Which.Message.Should().Contain("100000");
    }

    [Theory]
    [InlineData(90, true)]
    [InlineData(110, false)]
    [InlineData(200_000, false)]
    public void Read_Depth_IsBound(int depth, bool isFine) =>
        ManifestReader.Read(new string('[', depth) + new string(']', depth), "-").IsOk.Should().Be(isFine);

    [Fact]
    public void Read_Json_IsYamlToo() => Root("{\n\t\"a\":1,\n\t\"b\":[\"\\/x\\ud83d\\ude00\", {\"c\":null}]\n}").ToJsonString().Should()
        .Be(JsonNode.Parse("""{"a":1,"b":["/x😀",{"c":null}]}""")!.ToJsonString());

    [CorpusTheory]
    [MemberData(nameof(CorpusManifests))]
    public void Read_ManifestOfTheCorpus_ConcatenatesToItself(string file)
    {
        var text = Corpus.Files("pods", file).Select(File.ReadAllText).Single();

        var read = ManifestReader.Read(text, file);

        if (file.Contains(".bad.", StringComparison.Ordinal))
            read.Problems.Should().Contain(problem => problem.Location != null && problem.Location.Value.Line > 1);
        else
            string.Concat(read.Value.Select(document => document.Text)).Should().Be(text);
    }

    public static TheoryData<string> CorpusManifests() => [.. Corpus.Files("pods", "*.yml").Select(file => Path.GetFileName(file))];

    private static JsonNode Root(string text) => ManifestReader.Read(text, "-").Value.Single().Root!.ToJson()!;
}
