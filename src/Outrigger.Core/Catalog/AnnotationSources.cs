using Outrigger.Core.Results;
using Outrigger.Core.Templating;

namespace Outrigger.Core.Catalog;

/// <summary>
/// Finds the annotations that a pattern reads by the downward API: they are free text of whoever writes the Pod, but for the files that the
/// injector writes.
/// </summary>
internal static class AnnotationSources
{
    private const string OwnFile = "metadata.annotations['files.outrigger.dev/{{instance}}.";

    /// <summary>Refuses them in what becomes a file or a command.</summary>
    public static void Check(Template? template, string path, ICollection<Problem> problems)
    {
        if (template is null)
            return;
        foreach (var (key, member) in PatternTree.Members(PatternTree.Undirected(template)))
        {
            var source = PatternTree.Source(member);
            if (key != "fieldPath")
                Check(member, $"{path}.{key}", problems);
            else if (MayBeOne(source) && !source.StartsWith(OwnFile, StringComparison.Ordinal))
                problems.Add(Problem.At(member.Location, $"{path}.{key}",
                    $"{Shown.Quoted(source)} names an annotation, which is free text, with which a Pod's author could write configuration of their own; write it under files"));
        }

        foreach (var (i, item) in PatternTree.Items(PatternTree.Undirected(template)).Index())
            Check(item, $"{path}[{i}]", problems);
    }

    // What begins with an expression may name anything.
    private static bool MayBeOne(string source) =>
        source.Contains("metadata.annotations[", StringComparison.Ordinal) || source.StartsWith("{{", StringComparison.Ordinal);
}
