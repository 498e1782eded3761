using System.Text.Json.Nodes;
using Outrigger.Core.Parameters;
using Outrigger.Core.Results;
using Outrigger.Core.Templating;

namespace Outrigger.Core.Tests.Parameters;

public class RuleCheckTests
{
    private const string OneOf = "oneOf: [{required: [url]}, {required: [configMap]}]";
    private const string RequiredIf = "anyOf: [{properties: {output: {enum: [stdout, file]}}}, {required: [host]}]";
    private const string WithKey = "oneOf: [{required: [url]}, {required: [configMap, host]}]";
    private const string Not = "not: {required: [url, configMap]}";
    private const string Union = "oneOf: [{properties: {output: {enum: [stdout]}}}, {properties: {output: {enum: [forward]}}, required: [host]}]";

    [Theory]
    [InlineData(OneOf, "url=u")]
    [InlineData(OneOf, "configMap=c")]
    [InlineData(RequiredIf, "")]
    [InlineData(RequiredIf, "output=file")]
    [InlineData(RequiredIf, "output=forward host=h")]
    [InlineData(Not, "")]
    [InlineData(Not, "url=u")]
    [InlineData(Union, "")]
    [InlineData(Union, "output=forward host=h")]
    public void Bind_RuleHolds_NothingIsSaid(string rule, string annotations)
    {
        var bound = Bind(rule, annotations);

        bound.PodMistakes.Should().BeEmpty();
        bound.Missing.Should().BeEmpty();
    }

    [Theory]
    [InlineData(OneOf, "url=u configMap=c", "a/configMap: sync@1 needs exactly one of a/url, or a/configMap; given are a/url, a/configMap")]
    [InlineData(RequiredIf, "output=forward", "a/host: sync@1 needs at least one of a/output=stdout|file, or a/host; given is a/output=forward")]
    [InlineData(Not, "url=u configMap=c", "a/url: sync@1 does not take a/url with a/configMap; given are a/url, a/configMap")]
    [InlineData(WithKey, "configMap=c", "a/host: sync@1 needs exactly one of a/url, or a/configMap with a/host; given is a/configMap")]
    [InlineData(Union, "output=forward", "a/host: sync@1 needs exactly one of a/output=stdout, or a/output=forward with a/host; given is a/output=forward")]
    [InlineData(Union, "output=file host=h", "a/host: sync@1 needs exactly one of a/output=stdout, or a/output=forward with a/host; given are a/output=file, a/host")]
    public void Bind_AnnotationsBreakARule_ThePodIsWrong(string rule, string annotations, string expected)
    {
        var bound = Bind(rule, annotations);

        bound.PodMistakes.Select(problem => problem.ToString()).Should().Equal(expected);
        bound.Missing.Should().BeEmpty();
    }

    [Fact]
    public void Bind_NothingIsGiven_WhoeverAskedForTheUseAnswers()
    {
        var bound = Bind(OneOf, "");

        bound.PodMistakes.Should().BeEmpty();
        bound.Missing.Select(problem => problem.ToString()).Should().Equal("a/url: sync@1 needs exactly one of a/url, or a/configMap; none is given");
    }

    [Fact]
    public void Bind_ValuesOfBindingsBreakARule_ThePodIsNotToBlame()
    {
        var bound = Bind(OneOf, "", """{"url": "u", "configMap": "c"}""");

        bound.PodMistakes.Should().BeEmpty();
        bound.Missing.Select(problem => problem.ToString()).Should().Equal(
            "a/configMap: sync@1 needs exactly one of a/url, or a/configMap; given are a/url (ClusterPatternBinding all), a/configMap (ClusterPatternBinding all)");
    }

    [Fact]
    public void Bind_AnnotationBesideABinding_NamesBoth()
    {
        var bound = Bind(OneOf, "configMap=c", """{"url": "u"}""");

        bound.PodMistakes.Select(problem => problem.ToString()).Should().Equal(
            "a/configMap: sync@1 needs exactly one of a/url, or a/configMap; given are a/url (ClusterPatternBinding all), a/configMap");
    }

    [Fact]
    public void Bind_ValueIsWrongByItself_ItsRuleSaysNothingMore()
    {
        var bound = Bind(OneOf, "url=not-that-long-please");

        bound.PodMistakes.Should().ContainSingle().Which.Subject.Should().Be("a/url");
        bound.Missing.Should().BeEmpty();
    }

    private static BoundParameters Bind(string rule, string annotations, string binding = "{}")
    {
        var problems = new List<Problem>();
        var schema = Schemas.Read(
            $"{{type: object, {rule}, properties: {{url: {{type: string, maxLength: 5}}, configMap: {{type: string}}, host: {{type: string}}, output: {{type: string, enum: [stdout, file, forward], default: stdout}}}}}}",
            problems);
        problems.Should().BeEmpty();
        var given = annotations.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('='))
            .ToDictionary(pair => pair[0], pair => ($"a/{pair[0]}", pair[1]));
        return ParameterBinder.Bind(
            schema,
            [
                new ParameterLayer.Annotations(given),
                new ParameterLayer.Bound(new Origin.ClusterBinding("all"), JsonNode.Parse(binding)!.AsObject().ToDictionary(), IsFixed: false),
            ],
            new Scope(new Dictionary<string, JsonNode?>()), "sync@1", name => $"a/{name}");
    }
}
