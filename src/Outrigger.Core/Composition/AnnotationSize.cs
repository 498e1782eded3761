using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Outrigger.Core.Results;
using Outrigger.Core.Selection;

namespace Outrigger.Core.Composition;

/// <summary>Kubernetes' limit for all annotations of an object.</summary>
public static class AnnotationSize
{
    /// <summary>
    /// What they may take together, keys and values, in bytes
    /// (https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/#syntax-and-character-set, TotalAnnotationSizeLimitB).
    /// </summary>
    public const int Limit = 256 * 1024;

    /// <summary>
    /// Why no API server takes the Pod, whatever is added; null where it may. Nothing else of such a Pod is looked at, so that no review has
    /// more than that to read.
    /// </summary>
    internal static Problem? TooLarge(PodView pod)
    {
        // As many bytes at least as characters.
        var length = 0L;
        foreach (var (key, value) in pod.Annotations)
            length += key.Length + value.Length;
        if (length <= Limit || !pod.Annotations.Keys.Any(AnnotationKeys.IsOurs))
            return null;
        var total = pod.Annotations.Sum(annotation => (long)SizeOf(annotation.Key, annotation.Value));
        return Problem.Of("metadata.annotations", string.Create(CultureInfo.InvariantCulture,
            $"take {total:N0} bytes, and Kubernetes allows {Limit:N0}; the largest are {Largest(pod.Annotations.Select(annotation => (annotation.Key, Size: SizeOf(annotation.Key, annotation.Value))))}"));
    }

    /// <summary>Why a Pod cannot take annotations, with the sizes of the largest; null where it can. Those that are there already are overwritten.</summary>
    internal static Problem? TooLarge(PodView pod, ImmutableArray<Addition> additions)
    {
        if (additions.IsEmpty)
            return null;
        if (CannotBeTooLarge(pod, additions))
            return null;
        var added = additions.OfType<Addition.Annotation>().Select(annotation => (annotation.Key, Size: SizeOf(annotation.Key, annotation.Value))).ToList();
        var written = added.Select(annotation => annotation.Key).ToHashSet(StringComparer.Ordinal);
        var own = pod.Annotations.Where(annotation => !written.Contains(annotation.Key)).Sum(annotation => SizeOf(annotation.Key, annotation.Value));
        var total = own + added.Sum(annotation => annotation.Size);
        if (total <= Limit)
            return null;
        return Problem.Of("metadata.annotations", string.Create(CultureInfo.InvariantCulture,
            $"would take {total:N0} bytes, and Kubernetes allows {Limit:N0}: the Pod's own {own:N0}, {Largest(added)}"));
    }

    /// <summary>Whether even three bytes for each character would be few enough, as they nearly always are.</summary>
    private static bool CannotBeTooLarge(PodView pod, ImmutableArray<Addition> additions)
    {
        var length = 0L;
        foreach (var (key, value) in pod.Annotations)
            length += key.Length + value.Length;
        foreach (var addition in additions)
            length += addition is Addition.Annotation annotation ? annotation.Key.Length + annotation.Value.Length : 0;
        return 3 * length <= Limit;
    }

    private static string Largest(IEnumerable<(string Key, int Size)> annotations) => string.Join(", ", annotations
        .OrderByDescending(annotation => annotation.Size).Take(5).Select(annotation => string.Create(CultureInfo.InvariantCulture, $"{Shown.Cut(annotation.Key, 350)} {annotation.Size:N0}")));

    private static int SizeOf(string key, string value) => Encoding.UTF8.GetByteCount(key) + Encoding.UTF8.GetByteCount(value);
}
