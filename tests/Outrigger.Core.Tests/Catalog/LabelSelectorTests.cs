namespace Outrigger.Core.Tests.Catalog;

public class LabelSelectorTests
{
    private static readonly Dictionary<string, string> Labels = new() { ["app"] = "web", ["tier"] = "", ["example.com/team"] = "a" };

    [Theory]
    [InlineData("{}", true)]
    [InlineData("{matchLabels: {app: web}}", true)]
    [InlineData("{matchLabels: {app: Web}}", false)]
    [InlineData("{matchLabels: {app: web, tier: ''}}", true)]
    [InlineData("{matchLabels: {app: web, none: x}}", false)]
    [InlineData("{matchLabels: {none: ''}}", false)]
    [InlineData("{matchLabels: {example.com/team: a}}", true)]
    [InlineData("{matchExpressions: [{key: app, operator: In, values: [api, web]}]}", true)]
    [InlineData("{matchExpressions: [{key: none, operator: In, values: [web]}]}", false)]
    [InlineData("{matchExpressions: [{key: app, operator: NotIn, values: [web]}]}", false)]
    [InlineData("{matchExpressions: [{key: none, operator: NotIn, values: [web]}]}", true)]
    [InlineData("{matchExpressions: [{key: tier, operator: Exists}]}", true)]
    [InlineData("{matchExpressions: [{key: none, operator: Exists}]}", false)]
    [InlineData("{matchExpressions: [{key: none, operator: DoesNotExist}]}", true)]
    [InlineData("{matchExpressions: [{key: tier, operator: DoesNotExist}]}", false)]
    [InlineData("{matchLabels: {app: web}, matchExpressions: [{key: tier, operator: DoesNotExist}]}", false)]
    [InlineData("{matchExpressions: [{key: app, operator: Exists}, {key: app, operator: NotIn, values: [api]}]}", true)]
    public void Matches_Selector_AsInKubernetes(string selector, bool expected) =>
        Catalogs.Read(Catalogs.Pattern(""), Catalogs.Binding($"uses: [{{pattern: p}}]\npodSelector: {selector}")).Bindings[0].PodSelector.Matches(Labels).Should().Be(expected);

    [Fact]
    public void ToString_Selector_IsWhatKubectlTakes() =>
        Catalogs.Read(Catalogs.Pattern(""), Catalogs.Binding("""
            uses: [{pattern: p}]
            podSelector: {matchLabels: {app: web}, matchExpressions: [{key: a, operator: In, values: [b, c]}, {key: d, operator: NotIn, values: [e]}, {key: f, operator: Exists}, {key: g, operator: DoesNotExist}]}
            """)).Bindings[0].PodSelector.ToString().Should().Be("app=web,a in (b,c),d notin (e),f,!g");
}
