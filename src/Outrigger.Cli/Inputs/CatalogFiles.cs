using System.Collections.Immutable;
using System.Text;
using Outrigger.Core.Catalog;
using Outrigger.Core.Manifests;
using Outrigger.Core.Results;
using Outrigger.Webhook.Catalogs;

namespace Outrigger.Cli.Inputs;

/// <summary>Reads the files of a catalog.</summary>
internal static class CatalogFiles
{
    /// <summary>The files that the user names, and those in folders, as the webhook reads them: there, what is no part of a catalog is a mistake.</summary>
    public static ImmutableArray<CatalogFile> Read(string[] paths, Stream standardInput, List<Problem> problems) =>
        [.. paths.SelectMany(path => IsFolder(path) ? CatalogFolder.Read(path, problems) : ReadFile(path, standardInput, problems))];

    /// <summary>
    /// The same for the files that an author works on. Their folders may hold other manifests beside the patterns, such as examples: files of
    /// nothing else are passed over there, but not where they are named themselves.
    /// </summary>
    public static ImmutableArray<CatalogFile> ReadAuthored(string[] paths, Stream standardInput, List<Problem> problems)
    {
        var files = new List<CatalogFile>();
        foreach (var path in paths)
        {
            var before = (files.Count, problems.Count);
            files.AddRange(IsFolder(path)
                ? CatalogFolder.Read(path, problems).Where(file => !IsOfOthers(file))
                : ReadFile(path, standardInput, problems));
            if (before == (files.Count, problems.Count))
                problems.Add(Problem.Of(path, "there is no .yaml or .yml or .json file in this folder that belongs to a catalog"));
        }

        return [.. files];
    }

    /// <summary>Whether a folder is meant, and not a file or standard input.</summary>
    public static bool IsFolder(string path) => path != InputFiles.StandardInput && Directory.Exists(path);

    private static IEnumerable<CatalogFile> ReadFile(string path, Stream standardInput, List<Problem> problems)
    {
        foreach (var file in InputFiles.Read([path], recursive: false, standardInput, problems))
        {
            if (Encoding.UTF8.GetByteCount(file.Text) > CatalogFolder.MaxSize)
                problems.Add(Problem.Of(path, CatalogFolder.TooLarge));
            else
                yield return new CatalogFile(file.Name, file.Text);
        }
    }

    // A document with a mistake in its kind or in its apiVersion still counts as ours, by the other of the two.
    private static bool IsOfOthers(CatalogFile file)
    {
        if (!ManifestReader.Read(file.Text, file.Path).TryGet(out var documents))
            return false;
        SourceNode[] roots = [.. documents.Select(document => document.Root).OfType<SourceNode>()];
        return roots.Length > 0 && roots.All(root => root is SourceMapping mapping
            && mapping["apiVersion"] is SourceScalar { Text: var version }
            && mapping["kind"] is SourceScalar { Text: var kind }
            && !version.StartsWith("outrigger.dev/", StringComparison.Ordinal)
            && kind is not ("ClusterPattern" or "Pattern" or "ClusterPatternBinding" or "PatternBinding"));
    }
}
