using Outrigger.E2e.Clusters;
using Outrigger.E2e.Processes;

namespace Outrigger.E2e;

/// <summary>The bindings are those of <c>catalog/note.yaml</c>.</summary>
[Collection(SharedInstallation.Name)]
public sealed class BindingTests(Installation installation)
{
    [Fact]
    public async Task PodThatASelectorSelects_GetsWhatIsBound()
    {
        await using var space = await installation.CreateNamespaceAsync();
        var selected = new StoredPod(await space.CreateObjectAsync(Manifests.Pod("selected", [], "notes=yes")));
        var other = new StoredPod(await space.CreateObjectAsync(Manifests.Pod("other", [])));

        selected.Containers.Should().Equal("shop", "note");
        ((string?)selected.Annotations["files.outrigger.dev/note.note.txt"]).Should().Be($"hello from {space.Name}\n");
        other.Containers.Should().Equal("shop");
        Show.Line("a ClusterPatternBinding's podSelector gives a Pod its note; the Pod beside it gets none");
    }

    [Fact]
    public async Task RelabelledNamespace_IsFollowed()
    {
        await using var space = await installation.CreateNamespaceAsync("e2e.outrigger.dev/team=blue");
        await Eventually.BeAsync("the binding of the labelled namespace", () => HasNoteAsync(space));
        await space.LabelAsync("e2e.outrigger.dev/team=red");
        await Eventually.BeAsync("the end of the binding", async () => !await HasNoteAsync(space));
        await space.LabelAsync("e2e.outrigger.dev/team=blue");
        await Eventually.BeAsync("the binding to be back", () => HasNoteAsync(space));
        Show.Line("a ClusterPatternBinding's namespaceSelector follows the namespace's label: blue, red, blue again");
    }

    private static async Task<bool> HasNoteAsync(TestNamespace space) =>
        new StoredPod(await space.CreateObjectAsync(Manifests.Plain("shop"), "--dry-run=server")).Containers.Contains("blue");
}
