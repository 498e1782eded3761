using Outrigger.Cli.Inputs;
using Outrigger.Core.Manifests;
using Outrigger.Core.Results;
using Outrigger.Core.Selection;

namespace Outrigger.Cli.Reviews;

/// <summary>Finds annotations that look as if they were meant for the injector, but that it never sees.</summary>
internal static class AnnotationAdvice
{
    private const string Annotations = "/metadata/annotations";

    /// <summary>One sentence, with its place, for each annotation that has no effect where or as it is written.</summary>
    public static IEnumerable<string> Of(Manifest manifest)
    {
        if (manifest.Source.Root is not { } root)
            return [];
        PodTemplate[] templates = [.. PodTemplates.Find(manifest.Json)];
        return from place in Places(root, "")
               from entry in place.Mapping.Entries
               let mistake = Mistake(entry.Key, place.Pointer, templates)
               where mistake is not null
               select $"{entry.KeyLocation}: {Title(root, place.Pointer)}: {mistake}";
    }

    private static string? Mistake(string key, string pointer, PodTemplate[] templates)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        var (domain, name) = slash < 0 ? ("", key) : (key[..slash], key[(slash + 1)..]);
        if (domain != AnnotationKeys.Domain && !domain.EndsWith("." + AnnotationKeys.Domain, StringComparison.Ordinal))
            return Meant(domain) is { } meant ? $"{key} has no effect; did you mean \"{meant}/{name}\"?" : null;
        if (templates.Any(template => template.Pointer + Annotations == pointer))
            return null;
        var owner = templates.FirstOrDefault(template => pointer.StartsWith(template.OwnerPointer + "/", StringComparison.Ordinal));
        if (owner is null)
            return $"{key} has no effect here: this command does not know where a Pod would come from";
        var right = (owner.Pointer + Annotations)[(owner.OwnerPointer.Length + 1)..].Replace('/', '.');
        var wrong = pointer[(owner.OwnerPointer.Length + 1)..].Replace('/', '.');
        return $"{key} has no effect in {wrong}: it belongs in {right}, where the Pods get it";
    }

    // The domain as it should be, where it is almost that: "https.outriger.dev" is "https.outrigger.dev".
    private static string? Meant(string domain)
    {
        var labels = domain.Split('.');
        if (Nearest.To(domain, [AnnotationKeys.Domain, "outrigger"]) is not null)
            return AnnotationKeys.Domain;
        return labels.Length > 2 && Nearest.To(string.Join('.', labels[^2..]), [AnnotationKeys.Domain]) is not null
            ? string.Join('.', [.. labels[..^2], AnnotationKeys.Domain])
            : null;
    }

    // Every metadata.annotations of the document, whatever the kind of the object around it.
    private static IEnumerable<(string Pointer, SourceMapping Mapping)> Places(SourceNode node, string pointer) => node switch
    {
        SourceMapping mapping when pointer.EndsWith(Annotations, StringComparison.Ordinal) => [(pointer, mapping)],
        SourceMapping mapping => mapping.Entries.SelectMany(entry => Places(entry.Value, $"{pointer}/{JsonPointer.Escape(entry.Key)}")),
        SourceSequence sequence => sequence.Items.SelectMany((item, index) => Places(item, $"{pointer}/{index}")),
        _ => [],
    };

    // The nearest object around the place that has a kind.
    private static string Title(SourceNode root, string pointer)
    {
        for (var end = pointer.Length; end >= 0; end = end == 0 ? -1 : pointer.LastIndexOf('/', end - 1))
        {
            if (root.Find(pointer[..end]) is SourceMapping mapping && mapping["kind"] is SourceScalar kind)
                return mapping["metadata"].Find("/name") is SourceScalar name ? $"{kind.Text}/{name.Text}" : kind.Text;
        }

        return "document";
    }
}
