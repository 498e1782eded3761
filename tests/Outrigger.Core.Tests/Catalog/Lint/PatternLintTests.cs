namespace Outrigger.Core.Tests.Catalog.Lint;

public class PatternLintTests
{
    [Fact]
    public void Check_PatternWithoutTraps_FindsNothing() => Catalogs.Lint(Catalogs.Pattern(LintedPattern.Spec)).Should().BeEmpty();

    [Theory]
    [InlineData("description: How it works.", "labels: {}", "c.yaml:1: spec.description: is missing")]
    [InlineData("description: A port.", "title: A port", "c.yaml:13: spec.parameters.properties.port.description: is missing")]
    [InlineData("description: A port.", "description: A port", "port.description: does not end with a full stop")]
    [InlineData("description: Seconds between two looks.", "description: Time between two looks.", "pause.description: does not say what the number counts")]
    [InlineData("files: {f: \"{{pause}}\"}", "files: {f: x}", "spec.parameters.properties.pause: is used nowhere")]
    [InlineData("name: \"{{instance}}-files\"", "name: \"{{app.name}}\"", "spec.files: are mounted by no container")]
    [InlineData("name: \"{{instance}}\"", "name: fixed", "spec.containers[0].name: is \"fixed\" for every use")]
    [InlineData("name: \"{{instance}}\"", "name: \"{{app.name}}\"", "spec.containers[0].name: is \"{{app.name}}\" for every use")]
    public void Check_OneTrap_IsTheOneFinding(string good, string trap, string finding) =>
        LintedPattern.With(good, trap).Should().ContainSingle().Which.Should().Contain(finding);

    [Theory]
    [InlineData("after: [q]", "spec.after: names \"q\", which is no pattern of this catalog")]
    [InlineData("conflictsWith: [q]", "spec.conflictsWith: names \"q\"")]
    [InlineData("volumes: [{name: data, emptyDir: {}}]", "spec.volumes[0].name: is \"data\" for every use, so that two uses in one Pod clash")]
    [InlineData("application: {env: [{name: URL, value: x}]}", "spec.application.env[0].name: is \"URL\" for every use")]
    [InlineData("application: {volumeMounts: [{name: \"{{instance}}-files\", mountPath: /v}]}", "spec.application.volumeMounts[0].mountPath: is \"/v\" for every use")]
    public void Check_OneMoreField_IsTheOneFinding(string field, string finding) =>
        LintedPattern.And(field).Should().ContainSingle().Which.Should().Contain(finding);

    [Fact]
    public void Check_DocumentThatSaysNothingOfItself_NamesAllThatIsMissing() =>
        Catalogs.Lint("apiVersion: outrigger.dev/v1alpha1\nkind: ClusterPattern\nmetadata: {name: p, labels: {app.kubernetes.io/name: 1}}\nspec: {role: sidecar, version: 1.0.0, summary: \"a\\nb\"}")
            .Should().HaveCount(4)
            .And.Contain(finding => finding.Contains("spec.summary: has several lines"))
            .And.Contain(finding => finding.Contains("spec.description: is missing"))
            .And.Contain(finding => finding.Contains("metadata.labels.app.kubernetes.io/name: is missing"))
            .And.Contain(finding => finding.Contains("metadata.labels.app.kubernetes.io/part-of: is missing"));

    [Fact]
    public void Check_MembersAtAnyDepth_AreLookedAt() =>
        LintedPattern.With("pause: {", """
            deep: {type: array, description: Many., items: {type: array, items: {type: object, properties: {a: {type: string}, n: {type: number, description: A number.}}, additionalProperties: {type: object, properties: {b: {type: string}}}}}}
                pause: {
            """)
            .Where(finding => finding.Contains("description")).Should().BeEquivalentTo(
            [
                "c.yaml:14: spec.parameters.properties.deep.items.items.properties.a.description: is missing: what the value does, and its unit",
                "c.yaml:14: spec.parameters.properties.deep.items.items.additionalProperties.properties.b.description: is missing: what the value does, and its unit",
            ]);

    [Theory]
    [InlineData("{type: integer, description: Number of tries.}", true)]
    [InlineData("{type: number, description: \"Rate at which it asks, in requests a second.\"}", true)]
    [InlineData("{type: integer, description: Size of the cache (MiB).}", true)]
    [InlineData("{type: integer, enum: [3, 4], description: Dialect.}", true)]
    [InlineData("{type: integer, description: Timeout.}", false)]
    [InlineData("{type: number, description: How long it waits.}", false)]
    public void Check_Number_SaysWhatItCounts(string schema, bool says) =>
        LintedPattern.With("pause: {type: integer, default: 5, description: Seconds between two looks.}", $"pause: {schema}").Should().HaveCount(says ? 0 : 1);

    [Fact]
    public void Check_LivePattern_MountsItsFilesWhole()
    {
        var live = LintedPattern.Spec + "\nlive: true";
        Catalogs.Lint(Catalogs.Pattern(live)).Should().BeEmpty();
        Catalogs.Lint(Catalogs.Pattern(live.Replace("mountPath: /f}", "mountPath: /f, subPath: f}", StringComparison.Ordinal)))
            .Should().ContainSingle().Which.Should().Be("c.yaml:27: spec.containers[0].volumeMounts[0].subPath: mounts one file of \"{{instance}}-files\", which Kubernetes then never updates, and the pattern is live: pause could change; mount the whole volume");
        Catalogs.Lint(Catalogs.Pattern(live + "\napplication: {volumeMounts: [{name: \"{{instance}}-files\", mountPath: \"/{{instance}}\", subPathExpr: f}]}"))
            .Should().ContainSingle().Which.Should().Contain("spec.application.volumeMounts[0].subPathExpr: mounts one file");
    }

    [Fact]
    public void Check_FileOfALivePatternThatOnlyANewPodChanges_MayBeMountedAlone() =>
        LintedPattern.With("files: {f: \"{{pause}}\"}", "live: true\nfiles: {f: \"{{pause}}\", ports: \"{{port}}\"}\napplication: {volumeMounts: [{name: \"{{instance}}-files\", mountPath: \"/{{instance}}\", subPath: ports}]}")
            .Should().BeEmpty("the port is in the container too");

    [Fact]
    public void Check_LivePatternWithoutFiles_CannotBe() =>
        Catalogs.Lint(Catalogs.Pattern("description: d\nlive: true")).Should().ContainSingle().Which.Should().Contain("spec.live: is true, and there are no files");

    [Fact]
    public void Check_SeveralFindings_GoFromTopToBottom() =>
        LintedPattern.With(", description: ", ", title: ").Select(finding => int.Parse(finding.Split(':')[1])).Should().HaveCountGreaterThan(3).And.BeInAscendingOrder();
}
