using System.Collections.Immutable;
using Outrigger.Core.Catalog;
using Outrigger.Core.Manifests;
using Outrigger.Core.Results;

namespace Outrigger.Cli.Inputs;

/// <summary>Reads the files of a catalog.</summary>
internal static class CatalogFiles
{
    /// <summary>
    /// The files that the user names, and those in folders, at any depth. A folder may hold other manifests beside its patterns, such as
    /// examples: files of nothing else are passed over there, but not where they are named themselves.
    /// </summary>
    public static ImmutableArray<CatalogFile> Read(string[] paths, Stream standardInput, List<Problem> problems) =>
    [
        .. from file in InputFiles.Read(paths, recursive: true, standardInput, problems)
           where paths.Contains(file.Name) || !IsOfOthers(file)
           select new CatalogFile(file.Name, file.Text),
    ];

    // A document with a mistake in its kind or in its apiVersion still counts as ours, by the other of the two.
    private static bool IsOfOthers(InputFile file)
    {
        if (!ManifestReader.Read(file.Text, file.Name).TryGet(out var documents))
            return false;
        SourceNode[] roots = [.. documents.Select(document => document.Root).OfType<SourceNode>()];
        return roots.Length > 0 && roots.All(root => root is SourceMapping mapping
            && mapping["apiVersion"] is SourceScalar { Text: var version }
            && mapping["kind"] is SourceScalar { Text: var kind }
            && !version.StartsWith("outrigger.dev/", StringComparison.Ordinal)
            && kind is not ("ClusterPattern" or "Pattern" or "ClusterPatternBinding" or "PatternBinding"));
    }
}
