using System.Collections.Immutable;

namespace Outrigger.Core.Composition;

/// <summary>
/// The status that was last written for Pods that have one and the same use and nothing else: it only differs by the application container and
/// the parents that were missing.
/// </summary>
internal sealed class KnownStatus
{
    private const int MaxText = 4 * 1024;

    private volatile Written? _last;

    /// <summary>The annotation for a status, written where it is not the last one.</summary>
    public Addition.Annotation Annotation(InjectionStatus status)
    {
        if (_last is { } last && last.Application == status.Application && last.Created.AsSpan().SequenceEqual(status.Created.AsSpan()))
            return last.Annotation;
        var text = status.Write();
        var annotation = new Addition.Annotation(Selection.AnnotationKeys.Status, text) { Json = EncodedAdditions.OfText(text) };
        // A Pod that nobody accepted may call its container whatever it likes, at any length.
        if (text.Length <= MaxText)
            _last = new(status.Application, status.Created, annotation);
        return annotation;
    }

    private sealed record Written(string Application, ImmutableArray<string> Created, Addition.Annotation Annotation);
}
