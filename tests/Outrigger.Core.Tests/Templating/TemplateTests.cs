using Outrigger.Core.Manifests;
using Outrigger.Core.Templating;

namespace Outrigger.Core.Tests.Templating;

public class TemplateTests
{
    private const string Values = """
        {"name":"web","port":8443,"on":true,"off":false,"none":null,"list":["a","b"],"nothing":[],"object":{"x":{"y":[1]}},
         "hosts":[{"host":"h1","port":1,"live":true,"tags":["x","y"]},{"host":"h2","port":2,"live":false,"tags":["z"]}]}
        """;

    [Theory]
    [InlineData("""{"a":"{{port}}","b":"{{on}}","c":"{{list}}","d":"{{object}}","e":"{{name}}"}""",
        """{"a":8443,"b":true,"c":["a","b"],"d":{"x":{"y":[1]}},"e":"web"}""")]
    [InlineData("\"{{port}}\"", "8443")]
    [InlineData("\"{{ port }}\"", "8443")]
    [InlineData("\"{{{port}}}\"", "8443")]
    [InlineData("\"{{object.x.y}}\"", "[1]")]
    public void Render_ScalarOfOneExpression_TakesTheValuesOwnType(string template, string expected) =>
        Source.Render(template, Values).Should().Be(expected);

    [Theory]
    [InlineData("\"{{port}}/{{on}}\"", "\"8443/true\"")]
    [InlineData("\"{{port}} \"", "\"8443 \"")]
    [InlineData("\"{{port}}{{none}}\"", "\"8443\"")]
    [InlineData("\"{{none}}{{none}}\"", "\"\"")]
    [InlineData("\"{{#if on}}{{port}}{{/if}}\"", "\"8443\"")]
    [InlineData("\"\\n{{~port~}}\\n\"", "\"8443\"")]
    public void Render_OtherScalarWithExpressions_IsAString(string template, string expected) =>
        Source.Render(template, Values).Should().Be(expected);

    [Theory]
    [InlineData("""{"a":"{{none}}","b":"{{absent}}","c":"{{object.z}}","d":1}""", """{"d":1}""")]
    [InlineData("""["{{none}}",1,"{{absent}}"]""", "[1]")]
    [InlineData("""{"a":null,"b":["{{on}}",null]}""", """{"a":null,"b":[true,null]}""")]
    [InlineData("""{"a":{"b":"{{none}}"},"c":["{{none}}"]}""", """{"a":{},"c":[]}""")]
    [InlineData("\"{{none}}\"", "null")]
    public void Render_AbsentValue_LeavesItsEntryOut(string template, string expected) =>
        Source.Render(template, Values).Should().Be(expected);

    [Theory]
    [InlineData("""{"a":{"$when":"{{on}}","x":1},"b":{"$when":"{{off}}","x":1}}""", """{"a":{"x":1}}""")]
    [InlineData("""[{"$when":"{{on}}","x":1},{"$when":"{{off}}","x":1},2]""", """[{"x":1},2]""")]
    [InlineData("""{"args":["--a",{"$when":"{{on}}","$value":"--b={{port}}"},{"$when":"{{nothing}}","$value":"--c"}]}""",
        """{"args":["--a","--b=8443"]}""")]
    [InlineData("""{"a":{"$when":"{{on}}","$value":[1]},"b":{"$when":"{{on}}","$value":"{{none}}"}}""", """{"a":[1]}""")]
    [InlineData("""{"a":{"$when":"{{on}}"}}""", """{"a":{}}""")]
    [InlineData("""{"a":{"$when":"{{on}}","$value":{"$when":"{{off}}","$value":1}}}""", "{}")]
    [InlineData("""{"a":{"b":{"$when":"{{off}}"}}}""", """{"a":{}}""")]
    public void Render_When_DropsTheEntryWhereFalsy(string template, string expected) =>
        Source.Render(template, Values).Should().Be(expected);

    [Theory]
    [InlineData("""[0,{"$each":"{{list}}","n":"{{index}}","v":"{{item}}","t":"{{name}}-{{item}}"},9]""",
        """[0,{"n":0,"v":"a","t":"web-a"},{"n":1,"v":"b","t":"web-b"},9]""")]
    [InlineData("""[{"$each":"{{list}}","$value":"--{{item}}"}]""", """["--a","--b"]""")]
    [InlineData("""[{"$each":"{{nothing}}","x":1},{"$each":"{{absent}}","x":1}]""", "[]")]
    [InlineData("""[{"$each":"{{hosts}}","$when":"{{item.live}}","$value":"{{item.host}}"}]""", """["h1"]""")]
    [InlineData("""[{"$when":"{{index}}","$each":"{{hosts}}","$value":"{{item.host}}"}]""", """["h2"]""")]
    [InlineData("""[{"$when":"{{off}}","$value":{"$each":"{{list}}","$value":"{{item}}"}}]""", "[]")]
    [InlineData("""[{"$each":"{{hosts}}","$value":{"$each":"{{item.tags}}","$value":"{{../item.host}}{{item}}{{../index}}{{index}}"}}]""",
        """["h1x00","h1y01","h2z10"]""")]
    [InlineData("""[{"$each":"{{hosts}}","$value":"{{#each item.tags}}{{item.host}}{{this}}{{../index}}{{@index}}{{/each}}"}]""",
        """["h1x00h1y01","h2z10"]""")]
    [InlineData("""[{"$each":"{{hosts}}","$value":"{{this.host}}{{@first}}{{port}}"}]""", """["h1true8443","h2false8443"]""")]
    [InlineData("""[{"$each":"{{list}}","$value":"{{@last}}"}]""", "[false,true]")]
    [InlineData("""[{"$each":"{{list}}","$value":"{{@index}}"}]""", "[0,1]")]
    [InlineData("""[{"$each":"{{hosts}}","v":["{{item.tags}}",{"$each":"{{item.tags}}","$value":"{{item}}"}]}]""",
        """[{"v":[["x","y"],"x","y"]},{"v":[["z"],"z"]}]""")]
    public void Render_Each_RepeatsTheItemInItsOwnFrame(string template, string expected) =>
        Source.Render(template, Values).Should().Be(expected);

    [Theory]
    [InlineData("""{"$when":"{{on}}","a":1}""", "spec.$when", "this is the whole template")]
    [InlineData("""{"$each":"{{list}}","a":1}""", "spec.$each", "this is the whole template")]
    [InlineData("""{"$value":1}""", "spec.$value", "beside $when or $each only")]
    [InlineData("""{"a":{"$each":"{{list}}"}}""", "spec.a.$each", "repeats the items of a sequence")]
    [InlineData("""{"a":{"$when":"{{on}}","$value":{"$each":"{{list}}"}}}""", "spec.a.$value.$each", "repeats the items of a sequence")]
    [InlineData("""[{"$value":1}]""", "spec[0].$value", "beside $when or $each only")]
    [InlineData("""[{"$when":"{{on}}","$value":1,"b":2}]""", "spec[0].$value", "b cannot stand beside it")]
    [InlineData("""[{"$wen":"{{on}}","b":2}]""", "spec[0].$wen", "is not one of $when, $each, $value; did you mean \"$when\"?")]
    [InlineData("""{"a":{"$ref":"x"}}""", "spec.a.$ref", "is not one of $when, $each, $value")]
    [InlineData("""[{"$when":true}]""", "spec[0].$when", "takes exactly one expression, as in $when: \"{{flag}}\"")]
    [InlineData("""[{"$when":"on"}]""", "spec[0].$when", "takes exactly one expression")]
    [InlineData("""[{"$when":"{{on}} "}]""", "spec[0].$when", "takes exactly one expression")]
    [InlineData("""[{"$when":["{{on}}"]}]""", "spec[0].$when", "takes exactly one expression")]
    [InlineData("""[{"$each":"{{list}}{{list}}"}]""", "spec[0].$each", "as in $each: \"{{list}}\"")]
    [InlineData("""[{"$each":"{{item}}x","a":"{{this}}"}]""", "spec[0].$each", "takes exactly one expression")]
    [InlineData("""[{"$each":"{{this}}","a":1}]""", "spec[0].$each", "there is none around it")]
    [InlineData("""[{"$when":"{{"}]""", "spec[0].$when", "{{ is not closed")]
    [InlineData("""{"{{name}}":1}""", "spec[\"{{name}}\"]", "a key holds no expressions")]
    [InlineData("""{"a":["{{this}}"]}""", "spec.a[0]", "there is none around it")]
    [InlineData("""{"a/b":{"c":["x",{"d":"{{"}]}}""", "spec[\"a/b\"].c[1].d", "{{ is not closed")]
    public void Parse_Mistake_IsOneProblemAtItsPath(string template, string subject, string message)
    {
        var problem = Source.Parse(template).Problems.Should().ContainSingle().Subject;

        problem.Subject.Should().Be(subject);
        problem.Message.Should().Contain(message);
        problem.Location.Should().NotBeNull();
    }

    [Fact]
    public void Parse_SeveralMistakes_FindsAll() =>
        Source.Parse("""{"a":"{{","b":[{"$wen":"{{x}}"},"{{5}} {{}}"],"c":{"$each":"{{x}}"}}""").Problems.Select(problem => problem.Subject)
            .Should().Equal("spec.a", "spec.b[0].$wen", "spec.b[1]", "spec.b[1]", "spec.c.$each");

    [Fact]
    public void Parse_TooDeep_IsAProblem()
    {
        SourceNode node = new SourceScalar(Source.Start, "x", ScalarType.Text);
        for (var i = 0; i < 500; i++)
            node = new SourceSequence(Source.Start, [node]);

        Template.Parse(node, "spec").Problems.Should().ContainSingle().Which.Message.Should().Contain("100 levels deep");
    }

    [Fact]
    public void Parse_SubtreeWithoutExpressions_IsOneConstant()
    {
        var template = Source.Parse("""{"a":{"b":[1,"x"]},"c":"{{port}}","d":"{{! note }}"}""").Value;
        var mapping = template.Should().BeOfType<MappingTemplate>().Subject;

        mapping.Entries.Select(entry => entry.Value.GetType())
            .Should().Equal(typeof(ConstantTemplate), typeof(ValueTemplate), typeof(ConstantTemplate));
    }

    [Theory]
    [InlineData("0644", ScalarType.WholeNumber, "420")]
    [InlineData("yes", ScalarType.Boolean, "true")]
    [InlineData("1.0", ScalarType.Number, "1.0")]
    [InlineData("~", ScalarType.Null, "null")]
    [InlineData("0644", ScalarType.Text, "\"0644\"")]
    public void Render_PlainScalar_IsWhatKubernetesReadsItAs(string text, ScalarType type, string expected) =>
        Source.Render(new SourceScalar(Source.Start, text, type), "{}").Should().Be(expected);

    [Fact]
    public void Render_ObjectInText_ThrowsBecauseTheStaticCheckForbidsIt() => FluentActions
        .Invoking(() => Source.Render("""{"a":"{{object}} as text"}""", Values)).Should().Throw<InvalidOperationException>();

    [Fact]
    public void Render_Twice_SharesNoNode()
    {
        var template = Source.Parse("""{"constant":{"x":[1]},"value":"{{object}}","again":"{{object}}"}""").Value;
        var scope = Source.Scope(Values);
        var first = TemplateRenderer.Render(template, scope)!;
        var before = first.ToJsonString();

        first["constant"]!["x"]!.AsArray().Add(2);
        first["value"]!["x"] = "changed";

        TemplateRenderer.Render(template, scope)!.ToJsonString().Should().Be(before);
    }
}
