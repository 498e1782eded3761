using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Outrigger.Core.Manifests;

namespace Outrigger.Core.Tests.Manifests;

public sealed class YamlWriterTests
{
    [Theory]
    [InlineData('1', "x")]
    [InlineData('_', "")]
    [InlineData('1', ":")]
    public void Write_LongTextThatAlmostIsANumber_TakesNoLongerThanAnother(char character, string end)
    {
        var text = new string(character, 500_000) + end;
        var watch = System.Diagnostics.Stopwatch.StartNew();

        var yaml = YamlWriter.Write(new JsonObject { ["a"] = text });

        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(30));
        ManifestReader.Read(yaml, "-").Value[0].Root!.ToJson()!["a"]!.GetValue<string>().Should().Be(text);
    }

    [Fact]
    public void Write_AnyJson_IsReadBackTheSame() =>
        Prop.ForAll(
            JsonGen.Value(4).ToArbitrary(),
            value =>
            {
                var written = YamlWriter.Write(value);
                var read = ManifestReader.Read(written, "-");
                read.Problems.Should().BeEmpty("{0}", written);
                var back = read.Value.Should().ContainSingle().Which.Root!.ToJson();
                JsonNode.DeepEquals(back, value).Should().BeTrue("{0}\nbecame\n{1}\nwhich says\n{2}", JsonGen.Show(value), written, JsonGen.Show(back));
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    [Fact]
    public void Write_Manifest_LooksAsKubectlPrintsIt()
    {
        var json = JsonNode.Parse("""
            {"apiVersion":"v1","kind":"Pod","metadata":{"annotations":{"a":"true","b":""},"labels":{},"name":"web"},"spec":{"containers":[{"args":
            ["-c","a: b",["x"]],"name":"web","ports":[{"containerPort":8080}]},{"name":"two"}],"volumes":[],"conf":"a\nb\n","tail":"x\ny"}}
            """);

        YamlWriter.Write(json).Should().Be("""
            apiVersion: v1
            kind: Pod
            metadata:
              annotations:
                a: "true"
                b: ""
              labels: {}
              name: web
            spec:
              containers:
              - args:
                - -c
                - 'a: b'
                - - x
                name: web
                ports:
                - containerPort: 8080
              - name: two
              volumes: []
              conf: |
                a
                b
              tail: |-
                x
                y

            """);
    }

    [Theory]
    [InlineData("web", "web")]
    [InlineData("10.0.0.1", "10.0.0.1")]
    [InlineData("1.2.3", "1.2.3")]
    [InlineData("--flag=x", "--flag=x")]
    [InlineData("http://a/b#c", "http://a/b#c")]
    [InlineData("yes", "\"yes\"")]
    [InlineData("y", "\"y\"")]
    [InlineData("8080", "\"8080\"")]
    [InlineData("1e3", "\"1e3\"")]
    [InlineData("0o7", "\"0o7\"")]
    [InlineData("1_000", "\"1_000\"")]
    [InlineData("2001-01-01", "\"2001-01-01\"")]
    [InlineData("1:30", "\"1:30\"")]
    [InlineData("", "\"\"")]
    [InlineData("=", "\"=\"")]
    [InlineData("<<", "\"<<\"")]
    [InlineData("a: b", "'a: b'")]
    [InlineData("a #b", "'a #b'")]
    [InlineData("*a", "'*a'")]
    [InlineData("{{a}}", "'{{a}}'")]
    [InlineData(" a", "' a'")]
    [InlineData("it's: x", "'it''s: x'")]
    [InlineData("a\tb", "\"a\\tb\"")]
    [InlineData("a\u2028b", "\"a\\u2028b\"")]
    public void Write_String_IsQuotedOnlyWhereItMust(string text, string expected) =>
        YamlWriter.Write(new JsonObject { ["k"] = text }).Should().Be($"k: {expected}\n");
}
