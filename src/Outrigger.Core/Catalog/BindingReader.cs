using System.Collections.Immutable;
using Outrigger.Core.Manifests;
using Outrigger.Core.Parameters;
using Outrigger.Core.Results;

namespace Outrigger.Core.Catalog;

/// <summary>Reads <c>PatternBinding</c> and <c>ClusterPatternBinding</c> documents.</summary>
internal static class BindingReader
{
    /// <summary>The binding, or null with problems.</summary>
    public static Binding? Read(DocumentHead head, SourceFields spec, ICollection<Problem> problems)
    {
        var before = problems.Count;
        var namespaces = spec.Mapping("namespaceSelector");
        if (namespaces is not null && head.Namespace is not null)
            problems.Add(Problem.At(namespaces.Location, spec.PathOf("namespaceSelector"), "belongs to a ClusterPatternBinding: a PatternBinding binds Pods of its own namespace"));
        var binding = new Binding
        {
            Name = head.Name,
            Namespace = head.Namespace,
            NamespaceSelector = SelectorReader.Read(namespaces, problems),
            PodSelector = SelectorReader.Read(spec.Mapping("podSelector"), problems),
            Uses = ReadUses(spec, problems),
            IsFixed = spec.Flag("fixed"),
            IsRequired = spec.Flag("required"),
            Location = head.Location,
        };
        spec.RefuseOthers();
        if (binding.Uses.IsEmpty && problems.Count == before)
            problems.Add(Problem.At(spec.Location, spec.PathOf("uses"), "must name at least one pattern"));
        return problems.Count == before ? binding : null;
    }

    private static ImmutableArray<BindingUse> ReadUses(SourceFields spec, ICollection<Problem> problems)
    {
        var uses = ImmutableArray.CreateBuilder<BindingUse>();
        var items = spec.Items("uses");
        for (var i = 0; i < items.Length; i++)
        {
            var path = $"{spec.PathOf("uses")}[{i}]";
            if (items[i] is not SourceMapping mapping)
            {
                problems.Add(Problem.At(items[i].Location, path, "must be a mapping of pattern, instance and parameters"));
                continue;
            }

            var fields = new SourceFields(mapping, path, problems);
            var pattern = PatternReference.Parse(fields.Text("pattern", required: true) ?? "");
            var instance = fields.Text("instance") ?? pattern.Name;
            // "files" would make the annotations of the use look like the files of one.
            if (pattern.Name.Length > 0 && (!KubernetesFormats.IsDnsLabel(instance) || instance == "files"))
                problems.Add(Problem.At(mapping.Location, fields.PathOf("instance"), $"{Shown.Quoted(instance)} cannot name a use; it must be {ValueFormat.All["dns-label"].Allowed}, and not files"));
            if (uses.Any(use => use.Instance == instance))
                problems.Add(Problem.At(mapping.Location, fields.PathOf("instance"), $"{Shown.Quoted(instance)} is there twice; give one use another instance name"));
            var parameters = fields.Entries("parameters");
            uses.Add(new(
                pattern, instance, parameters.ToImmutableSortedDictionary(entry => entry.Key, entry => entry.Value.ToJson(), StringComparer.Ordinal),
                mapping.Location, parameters.ToImmutableDictionary(entry => entry.Key, entry => entry.KeyLocation)));
            fields.RefuseOthers();
        }

        return uses.ToImmutable();
    }
}
