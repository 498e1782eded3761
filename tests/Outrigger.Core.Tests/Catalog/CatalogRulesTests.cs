using Outrigger.Core.Catalog;

namespace Outrigger.Core.Tests.Catalog;

/// <summary>What must hold between the documents of a catalog.</summary>
public class CatalogRulesTests
{
    private const string Parameters = """
        parameters:
          type: object
          properties:
            port: {type: integer, format: port, default: 1}
            image: {type: string, format: image, default: a, x-set-by: operator}
            list: {type: array, items: {type: object, properties: {a: {type: string}}}}
        application: {env: [{name: A, value: "{{port}} {{image}}"}, {$each: "{{list}}", name: "B{{index}}", value: "{{item.a}}"}]}
        """;

    [Fact]
    public void Read_SameVersionTwice_NamesTheOtherPlace() =>
        Catalogs.Problems(Catalogs.Pattern(""), Catalogs.Pattern("").Replace("p-1.0.0", "other", StringComparison.Ordinal))
            .Should().Contain("pattern p@1.0.0 is there twice; the other is at c.yaml:1");

    [Fact]
    public void Read_SameVersionInANamespace_IsFine() =>
        Catalogs.Read(Catalogs.Pattern(""), Catalogs.Pattern("").Replace("ClusterPattern", "Pattern", StringComparison.Ordinal).Replace("{name:", "{namespace: web, name:", StringComparison.Ordinal))
            .Patterns.Should().HaveCount(2);

    [Fact]
    public void Read_TwoDefaults_AreRefused() =>
        Catalogs.Problems(Catalogs.Pattern("default: true"), Catalogs.Pattern("default: true", version: "2.0.0")).Should().Contain("is true for several versions of p: 1.0.0, 2.0.0");

    [Theory]
    [InlineData("pattern: r", "c.yaml:7: spec.uses[1].pattern: ")]
    [InlineData("pattern: p\n    instance: b\n    parameters:\n      prot: 1", "c.yaml:10: spec.uses[1].parameters.prot: ")]
    [InlineData("pattern: p\n    instance: b\n    parameters:\n      port: a", "c.yaml:10: spec.uses[1].parameters.port: ")]
    public void Read_MistakeInAUseOfABinding_HasItsOwnLine(string use, string message) =>
        Catalogs.Problems(Catalogs.Binding($"uses:\n  - pattern: p\n  - {use}"), Catalogs.Pattern("parameters: {type: object, properties: {port: {type: integer}}}"))
            .Should().StartWith(message);

    [Theory]
    [InlineData("after: [p]", "after: []")]
    [InlineData("after: [q]", "after: [p]")]
    public void Read_OrderThatIsACircle_IsRefused(string p, string q) =>
        Catalogs.Problems(Catalogs.Pattern(p), Catalogs.Pattern(q, "q")).Should().Contain("makes a circle: p would come after itself");

    [Theory]
    [InlineData("uses: []", "spec.uses: must name at least one pattern")]
    [InlineData("uses: [a]", "spec.uses[0]: must be a mapping")]
    [InlineData("uses: [{pattern: q}]", "spec.uses[0].pattern: there is no pattern \"q\"")]
    [InlineData("uses: [{pattern: p@2}]", "pattern p has no version \"2\"")]
    [InlineData("uses: [{instance: x}]", "spec.uses[0].pattern: is missing")]
    [InlineData("uses: [{pattern: p, instance: files}]", "cannot name a use")]
    [InlineData("uses: [{pattern: p, instance: A}]", "cannot name a use")]
    [InlineData("uses: [{pattern: p}, {pattern: p}]", "\"p\" is there twice")]
    [InlineData("uses: [{pattern: p, parameters: {prot: 1}}]", "did you mean \"port\"?")]
    [InlineData("uses: [{pattern: p, parameters: {port: '1'}}]", "spec.uses[0].parameters.port: port is \"1\"; allowed is a port")]
    [InlineData("uses: [{pattern: p, parameters: {port: null}}]", "port is empty")]
    [InlineData("uses: [{pattern: p, parameters: {list: [[{a: b}]]}}]", "list[0] is a list of 1")]
    [InlineData("uses: [{pattern: p, more: 1}]", "spec.uses[0].more: is not a field")]
    [InlineData("uses: [{pattern: p}]\nfixd: true", "did you mean \"fixed\"?")]
    [InlineData("uses: [{pattern: p}]\npodSelector: {matchLabels: {a: 1}}", "spec.podSelector.matchLabels.a: must be a string; quote")]
    [InlineData("uses: [{pattern: p}]\npodSelector: {matchLabels: {'a b': x}}", "is no label key")]
    [InlineData("uses: [{pattern: p}]\npodSelector: {matchLabels: {a: '-'}}", "is no label value")]
    [InlineData("uses: [{pattern: p}]\npodSelector: {matchExpressions: [{key: a, operator: Equals}]}", "\"Equals\" is no operator")]
    [InlineData("uses: [{pattern: p}]\npodSelector: {matchExpressions: [{key: a, operator: In}]}", "must name at least one value for In")]
    [InlineData("uses: [{pattern: p}]\npodSelector: {matchExpressions: [{key: a, operator: Exists, values: [b]}]}", "must be left out for Exists")]
    [InlineData("uses: [{pattern: p}]\npodSelector: {matchLabels: [a=b]}", "spec.podSelector.matchLabels: must be a mapping, is a list")]
    [InlineData("uses: [{pattern: p}]\npodSelector: {matchLabels: a=b}", "spec.podSelector.matchLabels: must be a mapping, is \"a=b\"")]
    [InlineData("uses: [{pattern: p}]\npodSelector: {matchLabels: 5}", "spec.podSelector.matchLabels: must be a mapping, is 5")]
    [InlineData("uses: [{pattern: p}]\nnamespaceSelector: {matchExpressions: {key: a}}", "spec.namespaceSelector.matchExpressions: must be a list, is a mapping")]
    [InlineData("uses: [{pattern: p}]\npodSelector: {matchExpressions: a}", "spec.podSelector.matchExpressions: must be a list, is \"a\"")]
    [InlineData("uses: [{pattern: p}]\npodSelector: [a]", "spec.podSelector: must be a mapping, is a list")]
    [InlineData("uses: [{pattern: p}]\npodSelector: {matchExpressions: [{key: a, operator: In, values: b}]}", "matchExpressions[0].values: must be a list, is \"b\"")]
    [InlineData("uses: [{pattern: p, parameters: [a]}]", "spec.uses[0].parameters: must be a mapping, is a list")]
    [InlineData("uses: [{pattern: p}]\npodSelector: {matchExpression: []}", "did you mean \"matchExpressions\"?")]
    public void Read_MistakeInABinding_IsTold(string spec, string message) =>
        Catalogs.Problems(Catalogs.Pattern(Parameters), Catalogs.Binding(spec)).Should().Contain(message);

    [Fact]
    public void Read_NamespaceBindingThatSelectsNamespacesOrSetsWhatOperatorsDo_IsRefused()
    {
        var binding = Catalogs.Binding("namespaceSelector: {}\nuses: [{pattern: p, parameters: {image: b}}]", "PatternBinding", "name: b, namespace: web");
        Catalogs.Problems(Catalogs.Pattern(Parameters), binding).Should().Contain("belongs to a ClusterPatternBinding");
        binding = Catalogs.Binding("uses: [{pattern: p, parameters: {image: b}}]", "PatternBinding", "name: b, namespace: web");
        Catalogs.Problems(Catalogs.Pattern(Parameters), binding).Should().Contain("only a ClusterPatternBinding may");
    }

    [Theory]
    [InlineData("q.port=1", "--default q.port: there is no pattern \"q\"")]
    [InlineData("p.prot=1", "did you mean \"port\"?")]
    [InlineData("p.port=x", "--default p.port: port is \"x\"")]
    [InlineData("p.port=0", "--default p.port: port is 0")]
    [InlineData("p.list=[[{a: b}]]", "--default p.list: list[0] is a list of 1")]
    public void Read_MistakeInADefault_IsToldByItsFlag(string text, string message) =>
        Catalogs.Problems(new Installation { Defaults = [InstallationDefault.Parse(text)!] }, Catalogs.Pattern(Parameters)).Should().Contain(message);

    [Theory]
    [InlineData("p.port=1", "p", "port", "1")]
    [InlineData("p.a.b=x=y", "p", "a.b", "x=y")]
    [InlineData("p.port=", "p", "port", "")]
    public void Parse_Default_IsSplitAtTheFirstDotAndEquals(string text, string pattern, string parameter, string value) =>
        InstallationDefault.Parse(text).Should().Be(new InstallationDefault(pattern, parameter, value));

    [Theory]
    [InlineData("")]
    [InlineData("p")]
    [InlineData("p.port")]
    [InlineData(".port=1")]
    [InlineData("p.=1")]
    [InlineData("p=1.port")]
    public void Parse_NoDefault_Null(string text) => InstallationDefault.Parse(text).Should().BeNull();
}
