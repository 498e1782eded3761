using Outrigger.E2e.Clusters;
using Outrigger.E2e.Processes;
using Outrigger.E2e.Servers;

namespace Outrigger.E2e;

[Collection(SharedInstallation.Name)]
public sealed class CommandLineTests(Installation installation)
{
    /// <summary>The manifests of each folder in <c>examples/</c>, as a path in the project.</summary>
    public static TheoryData<string> Examples { get; } =
    [
        .. Directory.GetFiles(Path.Combine(Project.Root, "examples"), "manifests.yaml", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Project.Root, file)).Order(StringComparer.Ordinal),
    ];

    [Fact]
    public async Task Inject_OfAPod_PrintsWhatTheApiServerStores()
    {
        await using var outside = await TestNamespace.CreateAsync();
        await using var space = await installation.CreateNamespaceAsync();
        var manifest = Manifests.Pod("shop", Manifests.Everything, "notes=yes");
        var stored = new StoredPod(await space.CreateObjectAsync(manifest));
        var printed = await OutriggerCommand.RunAsync(["inject", "--filename", "-", "--namespace", space.Name, "--catalog", installation.Catalog], manifest);

        // Where no webhook is asked, so that only the API server's own defaults join what was printed.
        var accepted = new StoredPod(await outside.CreateObjectAsync(printed.Output, "--dry-run=server"));

        ShouldOwnTheSame(accepted, stored);
        Show.Line($"outrigger inject prints what the API server stores for a Pod: {Describe(stored)}");
    }

    [Fact]
    public async Task Inject_OfADeployment_PrintsWhatTheApiServerStoresForItsPod()
    {
        await using var space = await installation.CreateNamespaceAsync();
        var manifest = Manifests.Deployment("shop", Manifests.Everything);
        await space.CreateObjectAsync(manifest);
        var pods = await Eventually.GetAsync("the Deployment's Pod", async () => await space.ListAsync("pods") is { Length: > 0 } found ? found : null);
        var stored = new StoredPod(pods.Single());
        var printed = await OutriggerCommand.RunAsync(["inject", "--filename", "-", "--namespace", space.Name, "--catalog", installation.Catalog], manifest);

        var accepted = await Kubectl.JsonAsync(["--namespace", space.Name, "apply", "--filename", "-", "--dry-run=server"], printed.Output);

        ShouldOwnTheSame(new StoredPod(accepted["spec"]!["template"]!.AsObject()), stored);
        Show.Line($"outrigger inject prints what the API server stores for the Pod of a Deployment: {Describe(stored)}");
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Inject_OfAnExample_IsAcceptedAndGivenBackByUninject(string file)
    {
        await using var space = await installation.CreateNamespaceAsync();
        var path = Path.Combine(Project.Root, file);
        var injected = await OutriggerCommand.RunAsync(["inject", "--filename", path, "--namespace", space.Name]);
        var applied = await Kubectl.RunAsync(["--namespace", space.Name, "apply", "--dry-run=server", "--filename", "-"], injected.Output);
        var back = await OutriggerCommand.RunAsync(["uninject", "--filename", "-"], injected.Output);

        injected.Output.Should().Contain("outrigger.dev/status");
        back.Output.Should().Be(await File.ReadAllTextAsync(path));
        Show.Line($"{file}: injected, {applied.Output.Trim().Split('\n').Length} objects accepted by the API server; uninject gives it back byte for byte");
    }

    [Fact]
    public async Task KubectlPlugin_IsTheSameProgram()
    {
        var folder = Directory.CreateDirectory(installation.PathOf("plugin")).FullName;
        File.Copy(Project.CommandLine, Path.Combine(folder, "kubectl-outrigger"));
        var plugin = await Command.RunAsync("kubectl", ["outrigger", "patterns"], path: folder);
        var direct = await OutriggerCommand.RunAsync(["patterns"]);

        plugin.Output.Should().Be(direct.Output).And.ContainAll(Manifests.EveryContainer);
        Show.Line($"kubectl outrigger patterns prints the {Manifests.EveryContainer.Length} patterns that outrigger patterns prints");
    }

    private static void ShouldOwnTheSame(StoredPod printed, StoredPod stored)
    {
        var (expected, actual) = (stored.Owned(), printed.Owned());
        actual.Keys.Should().Equal(expected.Keys);
        foreach (var (place, value) in expected)
            actual[place].Should().Be(value, "{0} is printed as it is stored", place);
    }

    private static string Describe(StoredPod pod)
    {
        var owned = pod.Owned();
        return $"{owned.Count} owned things with {owned.Values.Sum(StoredPod.CountValues)} values";
    }
}
