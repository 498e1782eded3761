using System.Text.Json;
using System.Text.Json.Nodes;
using Outrigger.Core.Admission;
using Outrigger.Core.Catalog;
using Outrigger.Core.Manifests;
using Outrigger.Core.Patching;

namespace Outrigger.Cli.Tests.Commands;

public sealed class InjectCommandTests : IDisposable
{
    private const string Untouched = "# nobody\r\nkind: ConfigMap\r\napiVersion:   v1\r\ndata: {a: \"1\",\r\n  b: 'two'}\r\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Inject_AnnotatedPod_AddsAllThatThePatternHas()
    {
        var run = Inject(Greeter.Pod);

        run.Should().Match<CliRun>(r => r.ExitCode == 0 && r.Error.Length == 0);
        var pod = Json(run.Output);
        pod["spec"]!["containers"]!.AsArray().Select(container => container!["name"]!.ToString()).Should().Equal("web", "greeter");
        pod["spec"]!["containers"]![0]!["env"]!.ToJsonString().Should().Be("""[{"name":"GREETER","value":"127.0.0.1:8081"}]""");
        pod["metadata"]!["annotations"]!["files.outrigger.dev/greeter.greeting.txt"]!.ToString().Should().Be("Hello world!\n");
    }

    [Fact]
    public void Inject_CommentsAndLayout_StayAsTheyAre()
    {
        var output = Inject(Greeter.Pod).Output;

        output.Should().StartWith("# The shop.\napiVersion: v1\nkind: Pod\nmetadata:\n    name:   shop   # its name\n");
        output.Should().Contain("{name: web, image: 'web:1'");
    }

    [Theory]
    [InlineData(Untouched)]
    [InlineData("")]
    [InlineData("# nothing but a comment")]
    [InlineData("---\n---\n\n")]
    [InlineData("{\"kind\": \"Pod\",\t\"apiVersion\": \"v1\", \"spec\": {\"containers\": [{\"name\": \"a\"}]}}")]
    public void Inject_NothingToAdd_GivesTheInputBackByteForByte(string text) => Inject(text).Should().Be(new CliRun(0, text, ""));

    [Fact]
    public void Inject_OneDocumentOfSeveral_LeavesTheOthersByteForByte()
    {
        var output = Inject(Untouched + "---\n" + Greeter.Pod + "---\n" + Untouched).Output;

        output.Should().StartWith(Untouched + "---\n# The shop.").And.EndWith("---\n" + Untouched).And.Contain("greeting.txt");
    }

    [Fact]
    public void Inject_ItsOwnOutput_ChangesNothing()
    {
        var once = Inject(Greeter.Pod + "---\n" + Greeter.Deployment).Output;

        Inject(once).Should().Be(new CliRun(0, once, ""));
    }

    [Fact]
    public void Inject_PatchOfAPod_IsWhatTheWebhookAnswers()
    {
        var pod = ManifestReader.Read(Greeter.Pod, "-").Value[0].Root!.ToJson()!;
        var catalog = CatalogReader.Read([new CatalogFile(Greeter.Catalog, File.ReadAllText(Greeter.Catalog))], Installation.Plain).Value;
        var decision = (Decision.Inject)PodAdmission.Review(AdmissionRequest.CreatePod(JsonElement.Parse(pod.ToJsonString()), "default"), catalog);

        var patch = JsonPatch.Read(JsonNode.Parse(Inject(Greeter.Pod, "-o", "patch").Output)).Value;

        JsonNode.DeepEquals(JsonPatch.Apply(pod, patch).Value.Root, JsonPatch.Apply(pod, decision.Patch).Value.Root).Should().BeTrue();
        patch.Select(operation => operation.Path).Should().Equal(decision.Patch.Select(operation => operation.Path));
    }

    [Fact]
    public void Inject_PatchOfAWorkload_LeadsIntoItsTemplate()
    {
        var run = Inject(Greeter.Deployment, "-o", "patch");

        run.Output.Split('\n').Should().HaveCount(2, "it is one line");
        JsonPatch.Read(JsonNode.Parse(run.Output)).Value.Should().OnlyContain(operation => operation.Path.StartsWith("/spec/template/"));
    }

    [Fact]
    public void Inject_PatchesOfSeveralDocuments_NameTheirDocuments()
    {
        var patches = JsonNode.Parse(Inject(Untouched + "---\n" + Greeter.Deployment, "-o", "patch").Output)!.AsArray();

        var patch = patches.Should().ContainSingle().Subject!;
        patch["file"]!.ToString().Should().Be("-");
        patch["line"]!.ToString().Should().Be("7");
        (patch["kind"]!.ToString(), patch["namespace"]!.ToString(), patch["name"]!.ToString()).Should().Be(("Deployment", "live", "shop"));
        patch["patch"]!.AsArray().Should().NotBeEmpty();
    }

    [Fact]
    public void Inject_PatchWhereNothingIsAdded_IsEmpty()
    {
        Inject("kind: ConfigMap\napiVersion: v1\n", "-o", "patch").Output.Should().Be("[]\n");
        JsonNode.Parse(Inject("a: 1\n---\nb: 2\n", "-o", "patch").Output)!.AsArray().Should().BeEmpty();
    }

    [Fact]
    public void Inject_JsonOfOneDocument_SaysWhatTheYamlSays() =>
        JsonNode.DeepEquals(JsonNode.Parse(Inject(Greeter.Deployment, "-o", "json").Output), Json(Inject(Greeter.Deployment).Output)).Should().BeTrue();

    [Fact]
    public void Inject_JsonOfSeveralDocuments_IsAList()
    {
        var list = JsonNode.Parse(Inject($"# empty\n---\n{Greeter.Pod}---\n{Greeter.Deployment}", "-o", "json").Output)!;

        (list["apiVersion"]!.ToString(), list["kind"]!.ToString()).Should().Be(("v1", "List"));
        list["items"]!.AsArray().Select(item => item!["kind"]!.ToString()).Should().Equal("Pod", "Deployment");
    }

    [Fact]
    public void Inject_Json_StaysJson()
    {
        var output = Inject("""{"apiVersion": "v1", "kind": "Pod", "metadata": {"annotations": {"outrigger.dev/sidecar": "greeter@2"}}, "spec": {"containers": [{"name": "web"}]}}""").Output;

        JsonNode.Parse(output)!["spec"]!["containers"]!.AsArray().Should().HaveCount(2);
    }

    [Fact]
    public void Inject_Diff_ShowsWhatIsAdded()
    {
        var lines = Inject(Greeter.Pod, "--diff").Output.Split('\n');

        lines[..2].Should().Equal("--- -", "+++ -");
        lines.Should().Contain("+    - name: greeter").And.NotContain(line => line.StartsWith("-    ", StringComparison.Ordinal) && line.Contains("metadata"));
        Inject(Untouched, "--diff").Output.Should().BeEmpty();
    }

    [Fact]
    public void Inject_List_InjectsEachItem()
    {
        var items = string.Concat(Greeter.Deployment.TrimEnd('\n').Split('\n').Select((line, index) => (index == 0 ? "- " : "  ") + line + "\n"));

        var output = Inject("apiVersion: v1\nkind: List\nitems:\n" + items + items.Replace("name: shop", "name: other", StringComparison.Ordinal)).Output;

        Json(output)["items"]!.AsArray().Select(item => item!["spec"]!["template"]!["spec"]!["containers"]!.AsArray().Count).Should().Equal(2, 2);
    }

    [Fact]
    public void Inject_SeveralFiles_SeparatesThem()
    {
        var first = _folder.Write("a.yaml", "a: 1");
        var second = _folder.Write("b.yaml", "b: 2\n");
        var third = _folder.Write("c.yaml", "---\nc: 3\n");
        var fourth = _folder.Write("d.yaml", "%YAML 1.1\n---\nd: 4\n");

        CliRun.Of(["inject", "-f", first, "-f", second, "-f", third, "-f", fourth]).Output
            .Should().Be("a: 1\n---\nb: 2\n---\nc: 3\n...\n%YAML 1.1\n---\nd: 4\n");
    }

    [Fact]
    public void Inject_Folder_ReadsWhatIsInIt()
    {
        _folder.Write("a.yaml", Greeter.Pod);
        _folder.Write("b/b.yaml", Greeter.Deployment);

        CliRun.Of(["inject", "-f", _folder.Path, "-R", .. Greeter.Only, "-o", "json"]).Output.Should().Contain("\"List\"");
        CliRun.Of(["inject", "-f", _folder.Path, .. Greeter.Only, "-o", "json"]).Output.Should().NotContain("\"List\"");
    }

    [Fact]
    public void Inject_TemplateWithoutMetadata_GetsOne()
    {
        var cronJob = "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: nightly, namespace: shop}\nspec:\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          containers:\n          - {name: web, image: web}\n";

        var run = Inject(cronJob, "--catalog", Greeter.Bindings, "--native-sidecars", "always");

        run.Should().Match<CliRun>(r => r.ExitCode == 0 && r.Error.Length == 0);
        var pod = Json(run.Output)["spec"]!["jobTemplate"]!["spec"]!["template"]!;
        pod["metadata"]!["annotations"]!.AsObject().Should().ContainKey("outrigger.dev/status");
        pod.AsObject().Select(member => member.Key).Should().BeEquivalentTo("metadata", "spec");
        pod["spec"]!["initContainers"]![0]!["restartPolicy"]!.ToString().Should().Be("Always");
    }

    [Fact]
    public void Inject_NamespaceAmongTheManifests_GivesItsLabels()
    {
        var pod = Greeter.PodWith(["note: none"]);
        var live = "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: live, labels: {team: payments}}\n";

        Inject(pod + live, "--catalog", Greeter.Bindings, "-n", "live").Output.Should().Contain("Hello payments!");
        Inject(pod, "--catalog", Greeter.Bindings, "-n", "live").Output.Should().Be(pod);
        Inject(pod + live, "--catalog", Greeter.Bindings).Output.Should().Be(pod + live);
    }

    [Fact]
    public void Inject_Namespace_IsForManifestsThatNameNone()
    {
        var run = Inject(Greeter.PodWith(["note: none"]) + "---\n" + Greeter.Deployment, "--catalog", Greeter.Bindings, "-n", "shop", "-o", "json");

        var items = JsonNode.Parse(run.Output)!["items"]!;
        items[0]!["metadata"]!["annotations"]!.AsObject().Should().ContainKey("files.outrigger.dev/hello.greeting.txt");
        items[1]!["spec"]!["template"]!["metadata"]!["annotations"]!.AsObject().Should().NotContainKey("files.outrigger.dev/hello.greeting.txt");
    }

    [Fact]
    public void Inject_InstallationDefaults_GoBeforeThePatterns()
    {
        var output = Inject(Greeter.Pod, "--default", "greeter.port=9999", "--default", "greeter.image=example.com/mine:2.0.0", "--image-registry", "mirror.example.com/all").Output;

        output.Should().Contain("--port=9999").And.Contain("image: mirror.example.com/all/").And.Contain("mine:2.0.0").And.Contain("image: 'web:1'");
    }

    private static CliRun Inject(string text, params string[] more) => CliRun.With(text, ["inject", "-f", "-", .. Greeter.Only, .. more]);

    private static JsonNode Json(string yaml) => ManifestReader.Read(yaml, "-").Value.Single().Root!.ToJson()!;
}
