using Outrigger.Core.Results;

namespace Outrigger.Core.Tests.Parameters;

public class RuleReaderTests
{
    [Theory]
    [InlineData("oneOf: {}", "spec.parameters.oneOf: must be a list, is a mapping")]
    [InlineData("oneOf: [{required: [url]}]", "oneOf: has one case, which is no choice; write required instead")]
    [InlineData("oneOf: [{required: [url]}, 5]", "oneOf[1]: must be a mapping with required or properties, is 5")]
    [InlineData("oneOf: [{required: [url]}, {}]", "oneOf[1].required: is missing, and so is properties: the case says nothing")]
    [InlineData("oneOf: [{required: [url]}, {required: [confgMap]}]", "oneOf[1].required: \"confgMap\" is not among the properties; did you mean \"configMap\"?")]
    [InlineData("oneOf: [{required: [url]}, {required: [output]}]", "oneOf[1].required: names \"output\", which has a value in any case")]
    [InlineData("required: [url], oneOf: [{required: [url]}, {required: [configMap]}]", "oneOf[0].required: names \"url\", which has a value in any case")]
    [InlineData("anyOf: [{required: [url]}, {requird: [configMap]}]", "anyOf[1].requird: is not a field of this kind; did you mean \"required\"?")]
    [InlineData("anyOf: [{required: [url]}, {properties: {outptu: {enum: [a]}}}]", "anyOf[1].properties.outptu: \"outptu\" is not among the properties; did you mean \"output\"?")]
    [InlineData("anyOf: [{required: [url]}, {properties: {output: {}}}]", "anyOf[1].properties.output.enum: is missing")]
    [InlineData("anyOf: [{required: [url]}, {properties: {output: {minLength: 1}}}]", "anyOf[1].properties.output.minLength: is not a field of this kind")]
    [InlineData("anyOf: [{required: [url]}, {properties: {output: 5}}]", "anyOf[1].properties.output: must be a mapping with enum")]
    [InlineData("anyOf: [{required: [url]}, {properties: {output: {enum: [paper]}}}]", "anyOf[1].properties.output.enum: it is \"paper\"; allowed is one of")]
    [InlineData("not: [{required: [url]}]", "spec.parameters.not: must be a mapping, is a list")]
    [InlineData("not: {}", "not.required: is missing")]
    [InlineData("allOf: []", "spec.parameters.allOf: is not supported in parameters")]
    public void Read_MistakeInARule_IsToldWithItsPath(string rule, string message) => Schemas.Problems(Schema(rule)).Should().Contain(message);

    [Theory]
    [InlineData("oneOf")]
    [InlineData("anyOf")]
    [InlineData("not")]
    public void Read_RuleInsideOfAParameter_IsRefused(string keyword) =>
        Schemas.Problems($"{{type: object, properties: {{p: {{type: object, {keyword}: [], properties: {{a: {{type: string}}}}}}}}}}")
            .Should().Contain($"spec.parameters.properties.p.{keyword}: is not supported inside of a parameter");

    [Fact]
    public void Read_Rules_AreKeptInOrder()
    {
        var problems = new List<Problem>();

        var schema = Schemas.Read(Schema("oneOf: [{required: [url]}, {required: [configMap]}], anyOf: [{properties: {output: {enum: [stdout]}}}, {required: [host]}], not: {required: [url, host]}"), problems);

        problems.Should().BeEmpty();
        schema.Rules.Select(rule => rule.Describe(name => name)).Should().Equal(
            "needs exactly one of url, or configMap",
            "needs at least one of output=stdout, or host",
            "does not take url with host");
    }

    private static string Schema(string rule) =>
        $"{{type: object, {rule}, properties: {{url: {{type: string}}, configMap: {{type: string}}, host: {{type: string}}, output: {{type: string, enum: [stdout, file, forward], default: stdout}}}}}}";
}
