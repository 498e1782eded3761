using Outrigger.Core.Manifests;
using Outrigger.Core.Results;

namespace Outrigger.Core.Catalog;

/// <summary>Makes a catalog from YAML: the one way in, for built-in patterns, folders and lint alike.</summary>
public static class CatalogReader
{
    /// <summary>
    /// All files together become one snapshot, or every mistake in them is told with its file, line and field. Half a catalog is none:
    /// a pattern that silently went missing would leave Pods without what they asked for.
    /// </summary>
    public static Result<CatalogSnapshot> Read(IEnumerable<CatalogFile> files, Installation installation)
    {
        var problems = new List<Problem>();
        var patterns = new List<Pattern>();
        var bindings = new List<Binding>();
        var broken = new HashSet<string>();
        foreach (var file in files)
        {
            // A document that cannot be read does not hide what is wrong in those beside it.
            foreach (var root in ManifestReader.ReadRoots(file.Text, file.Path, problems))
                ReadDocument(root, patterns, bindings, broken, problems);
        }

        CatalogRules.Check(patterns, bindings, broken, installation, problems);
        return Result.Of(() => new CatalogSnapshot([.. patterns], [.. bindings], installation), problems);
    }

    private static void ReadDocument(SourceNode root, List<Pattern> patterns, List<Binding> bindings, HashSet<string> broken, List<Problem> problems)
    {
        if (root is not SourceMapping mapping)
        {
            problems.Add(Problem.At(root.Location, "", "must be a mapping with apiVersion, kind, metadata and spec"));
            return;
        }

        if (DocumentHead.Foreign(mapping) is { } foreign)
        {
            problems.Add(foreign);
            return;
        }

        var before = problems.Count;
        var document = new SourceFields(mapping, "", problems);
        var head = DocumentHead.Read(document, problems);
        var spec = document.Mapping("spec", required: true);
        // Objects that were read from a cluster carry it.
        _ = document.Node("status");
        document.RefuseOthers();
        if (head is null || spec is null)
            return;
        if (head.Kind is "Pattern" or "ClusterPattern")
        {
            var pattern = PatternReader.Read(head, spec, mapping["spec"]!, problems);
            pattern = pattern with { UsedNames = PatternRules.Check(pattern, problems) };
            if (problems.Count == before)
                patterns.Add(pattern);
            else
                broken.Add(pattern.Name);
        }
        else if (BindingReader.Read(head, spec, problems) is { } binding && problems.Count == before)
        {
            bindings.Add(binding);
        }
    }
}
