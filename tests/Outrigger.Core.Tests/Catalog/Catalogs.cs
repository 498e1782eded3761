using Outrigger.Core.Catalog;

namespace Outrigger.Core.Tests.Catalog;

/// <summary>Catalogs written as YAML.</summary>
internal static class Catalogs
{
    /// <summary>A pattern that differs from the smallest one by these fields of its spec, each a line of YAML.</summary>
    public static string Pattern(string spec, string name = "p", string version = "1.0.0") => $"""
        apiVersion: outrigger.dev/v1alpha1
        kind: ClusterPattern
        metadata: {"{"}name: {name}-{version}, labels: {"{"}app.kubernetes.io/name: {name}, app.kubernetes.io/part-of: tests{"}"}{"}"}
        spec:
          role: sidecar
          pattern: {name}
          version: {version}
          summary: A pattern.
        {string.Join('\n', spec.Split('\n').Select(line => "  " + line))}
        """;

    public static string Binding(string spec, string kind = "ClusterPatternBinding", string metadata = "name: b") => $"""
        apiVersion: outrigger.dev/v1alpha1
        kind: {kind}
        metadata: {"{"}{metadata}{"}"}
        spec:
        {string.Join('\n', spec.Split('\n').Select(line => "  " + line))}
        """;

    public static CatalogSnapshot Read(params string[] documents)
    {
        var read = CatalogReader.Read([File(documents)], Installation.Plain);
        read.Problems.Should().BeEmpty();
        return read.Value;
    }

    public static string Problems(params string[] documents) => Problems(Installation.Plain, documents);

    public static string Problems(Installation installation, params string[] documents) =>
        string.Join('\n', CatalogReader.Read([File(documents)], installation).Problems);

    public static IReadOnlyList<string> Lint(params string[] documents) => [.. PatternLint.Check(Read(documents), _ => true).Select(finding => finding.ToString())];

    private static CatalogFile File(string[] documents) => new("c.yaml", string.Join("\n---\n", documents));
}
