using Outrigger.Core.Catalog;

namespace Outrigger.Core.Tests.Catalog;

public class CatalogReaderTests
{
    [Theory]
    [InlineData("[", "c.yaml:")]
    [InlineData("- a", "must be a mapping with apiVersion, kind, metadata and spec")]
    [InlineData("text", "must be a mapping with apiVersion, kind, metadata and spec")]
    [InlineData("a: 1\na: 2", "c.yaml:2: ")]
    [InlineData("{}", "c.yaml:1: kind: is missing")]
    [InlineData("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {}", "kind: \"Pod\" does not belong in a catalog")]
    [InlineData("apiVersion: outrigger.dev/v1\nkind: ClusterPattern\nmetadata: {name: a}\nspec: {}", "apiVersion: \"outrigger.dev/v1\" is not known")]
    [InlineData("apiVersion: outrigger.dev/v1alpha1\nkind: ClusterPatern\nmetadata: {name: a}\nspec: {}", "did you mean \"ClusterPattern\"?")]
    [InlineData("apiVersion: outrigger.dev/v1alpha1\nkind: Pattern\nmetadata: {name: a}\nspec: {role: sidecar, version: 1.0.0}", "metadata.namespace: is missing")]
    [InlineData("apiVersion: outrigger.dev/v1alpha1\nkind: ClusterPattern\nmetadata: {name: a, namespace: b}\nspec: {role: sidecar, version: 1.0.0}", "metadata.namespace: must be left out")]
    [InlineData("apiVersion: outrigger.dev/v1alpha1\nkind: ClusterPattern\nmetadata: {name: A_b}\nspec: {role: sidecar, version: 1.0.0}", "metadata.name: \"A_b\"")]
    [InlineData("apiVersion: outrigger.dev/v1alpha1\nkind: ClusterPattern\nmetadata: {name: a}", "spec: is missing")]
    [InlineData("apiVersion: outrigger.dev/v1alpha1\nkind: ClusterPattern\nmetadata: {name: a}\nspec: {role: sidecar, version: 1.0.0}\nextra: 1", "c.yaml:5: extra: is not a field")]
    [InlineData("apiVersion: outrigger.dev/v1alpha1\nkind: ClusterPattern\nmetadata: {name: a.b}\nspec: {role: sidecar, version: 1.0.0}", "spec.pattern: \"a.b\" cannot name a pattern")]
    public void Read_DocumentThatIsNone_IsToldWithFileAndLine(string document, string message) => Catalogs.Problems(document).Should().Contain(message);

    [Theory]
    [InlineData("version: 1.0", "must be a string, is 1.0")]
    [InlineData("version: '1.0'", "is no version")]
    [InlineData("role: sidcar", "spec.role: \"sidcar\" is not known; did you mean \"sidecar\"?")]
    [InlineData("pattern: files", "cannot name a pattern")]
    [InlineData("order: middle", "spec.order: \"middle\" is not known; allowed are last, first")]
    [InlineData("default: yes please", "spec.default: must be true or false")]
    [InlineData("securityLevel: high", "allowed are restricted, baseline, privileged")]
    [InlineData("containers: {}", "spec.containers: must be a list, is a mapping")]
    [InlineData("containers: [a]", "spec.containers: must hold mappings only")]
    [InlineData("containers: [{image: a}]", "spec.containers: has an entry without name")]
    [InlineData("containers: [{name: a}]", "spec.containers: has an entry without image")]
    [InlineData("volumes: [{emptyDir: {}}]", "spec.volumes: has an entry without name")]
    [InlineData("application: {env: [{value: a}]}", "spec.application.env: has an entry without name")]
    [InlineData("application: {volumeMounts: [{name: a}]}", "spec.application.volumeMounts: has an entry without mountPath")]
    [InlineData("application: {ports: []}", "spec.application.ports: is not a field")]
    [InlineData("labels: {a: 1}", "spec.labels.a: must be a string: quote it")]
    [InlineData("files: {a: 1}", "spec.files.a: must be a text")]
    [InlineData("files: {a/b: x}", "spec.files.a/b: must be named by")]
    [InlineData("conflictsWith: a", "spec.conflictsWith: must be a list")]
    [InlineData("withoutProbes: {a: b}", "spec.withoutProbes: must be a list")]
    [InlineData("withoutProbes: [a]", "spec.withoutProbes[0]: must be a mapping with container and reason, is \"a\"")]
    [InlineData("withoutProbes: [{container: a, reason: b}, {container: a}]", "spec.withoutProbes[1].reason: is missing")]
    [InlineData("withoutProbes: [{container: a, reson: b}]", "spec.withoutProbes[0].reson: is not a field of this kind; did you mean \"reason\"?")]
    [InlineData("contaners: []", "did you mean \"containers\"?")]
    [InlineData("volumes: [{name: a, $whn: x}]", "did you mean \"$when\"?")]
    public void Read_MistakeInASpec_IsToldWithItsPath(string field, string message)
    {
        var key = field[..field.IndexOf(':', StringComparison.Ordinal)];
        var spec = string.Join('\n', Catalogs.Pattern(field).Split('\n').Where((line, index) => index > 7 || !line.TrimStart().StartsWith($"{key}:", StringComparison.Ordinal)));
        Catalogs.Problems(spec).Should().Contain(message).And.MatchRegex("^c.yaml:\\d+: ");
    }

    [Fact]
    public void Read_MistakesInOneDocument_DoNotHideOthers()
    {
        var unread = Catalogs.Pattern("files: {f: '{{#if}}'}\norder: up\nlabels: {a: '{{no}}'}").Replace("ClusterPattern", "Pattern");

        var problems = Catalogs.Problems(unread, "a: [", Catalogs.Binding("uses: [{pattern: q}]"), Catalogs.Binding("uses: [{pattern: p}]", metadata: "name: c"));

        problems.Should().Contain("metadata.namespace: is missing").And.Contain("spec.files.f: ").And.Contain("spec.order: \"up\"")
            .And.Contain("spec.labels.a: there is no name \"no\"").And.Contain("this is not valid YAML").And.Contain("there is no pattern \"q\"");
        problems.Should().NotContain("there is no pattern \"p\"");
    }

    [Fact]
    public void Read_ManifestOfSomebodyElse_IsOneMistake() =>
        Catalogs.Problems("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\ndata: {}").Split('\n').Should().ContainSingle()
            .Which.Should().StartWith("c.yaml:1: kind: \"Deployment\" does not belong in a catalog");

    [Theory]
    [InlineData("  - name: {{instance}}")]
    [InlineData("  - name: {{instance}}-a")]
    [InlineData("  - name: a\n    ports: [{containerPort: {{port}}}]")]
    public void Read_ExpressionWithoutQuotes_SaysSo(string line) =>
        Catalogs.Problems(Catalogs.Pattern($"containers:\n{line}\n    image: a")).Should().Contain("must be in quotes: \"{{name}}\"");

    [Fact]
    public void Read_SeveralFiles_TellsTheMistakesOfAll()
    {
        var read = CatalogReader.Read([new("a.yaml", "["), new("b.yaml", "x: 1"), new("c.yaml", Catalogs.Pattern("order: up"))], Installation.Plain);
        read.IsOk.Should().BeFalse();
        read.Problems.Select(problem => problem.Location!.Value.File).Distinct().Should().Equal("a.yaml", "b.yaml", "c.yaml");
    }

    [Fact]
    public void Read_EmptyDocumentsAndStatus_Pass() =>
        Catalogs.Read("# nothing", Catalogs.Pattern("order: last") + "\nstatus: {ready: true}", "").Patterns.Should().ContainSingle();

    [Theory]
    [InlineData("containers: [{name: a, image: b}]", "containers: [{image: b, name: a}]", false)]
    [InlineData("containers: [{name: a, image: b}]", "containers:\n- name: 'a' # same\n  image: \"b\"", true)]
    [InlineData("containers: [{name: a, image: b}]", "containers: [{name: a, image: c}]", false)]
    public void Read_Revision_ChangesWithTheContentAlone(string one, string other, bool same) =>
        (Catalogs.Read(Catalogs.Pattern(one)).Patterns[0].Revision == Catalogs.Read(Catalogs.Pattern(other)).Patterns[0].Revision).Should().Be(same);

    [Theory]
    [InlineData("containers: [{name: a, image: b}]", "containers: [{name: a, image: b}]\ndefault: true", true)]
    [InlineData("containers: [{name: a, image: b}]", "containers: [{name: a, image: c}]", false)]
    public void Read_Content_IsNotChangedByTheVersionNorByBeingTheDefault(string one, string other, bool same) =>
        (Catalogs.Read(Catalogs.Pattern(one)).Patterns[0].Content == Catalogs.Read(Catalogs.Pattern(other, version: "2.0.0")).Patterns[0].Content).Should().Be(same);
}
