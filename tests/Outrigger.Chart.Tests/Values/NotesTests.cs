using Outrigger.Chart.Tests.Rendering;

namespace Outrigger.Chart.Tests.Values;

/// <summary>What Helm tells after an installation.</summary>
public sealed class NotesTests
{
    [HelmTheory]
    [InlineData(Release.Oldest, "", "kubectl label namespace NAMESPACE outrigger.dev/injection=enabled", "Never label kube-system or platform")]
    [InlineData(Release.WithoutConditions, "", "kubectl label namespace NAMESPACE outrigger.dev/injection=enabled", "helm test outrigger --namespace platform")]
    [InlineData(Release.Newest, "", "every namespace but kube-system, kube-node-lease and platform", "such Pods are refused")]
    [InlineData(Release.Newest, "admission: {failurePolicy: Ignore}", "outrigger.dev/sidecar: topz", "created without their patterns")]
    [InlineData(Release.Newest, "admission: {autoInjection: {enabled: true}}", "with: \"any labels\"", "No binding is in catalog.files")]
    [InlineData(Release.Newest, "catalog: {files: {a.yaml: {kind: ClusterPatternBinding}}}", "Outrigger 0.1.0", "until admission.autoInjection.enabled is true")]
    [InlineData(Release.Newest, "admission: {namespaceSelector: {matchLabels: {a: b}}}", "narrowed by admission.namespaceSelector: {\"matchLabels\":{\"a\":\"b\"}}", "helm test")]
    public void Notes_SayWhatToDoHere(string kubernetes, string values, params string[] parts) =>
        Notes(new(values) { Kubernetes = kubernetes }).Should().ContainAll(parts).And.NotContain("<no value>");

    /// <summary>Renders NOTES.txt by way of a manifest, since not every program that renders templates shows it.</summary>
    private static string Notes(Release release)
    {
        var copy = Directory.CreateTempSubdirectory("outrigger-chart-").FullName;
        try
        {
            foreach (var file in Directory.EnumerateFiles(Helm.Chart, "*", SearchOption.AllDirectories))
            {
                var target = Path.Combine(copy, Path.GetRelativePath(Helm.Chart, file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target);
            }

            File.WriteAllText(Path.Combine(copy, "templates", "notes.yaml"), """
                kind: Notes
                metadata: {name: notes}
                text: {{ include (print .Template.BasePath "/NOTES.txt") . | toJson }}
                """);
            var (manifests, error) = Helm.Template(copy, release);
            manifests.Should().NotBeNull("{0}", error);
            return (string)new RenderedChart(RenderedChart.Read(manifests!, "notes")).Get("Notes")["text"]!;
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }
}
