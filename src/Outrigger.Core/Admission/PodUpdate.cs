using System.Collections.Immutable;
using Outrigger.Core.Catalog;
using Outrigger.Core.Composition;
using Outrigger.Core.Patching;
using Outrigger.Core.Results;
using Outrigger.Core.Selection;

namespace Outrigger.Core.Admission;

/// <summary>
/// Decides an update of a running Pod: new parameters of what was injected reach it through its files, where the patterns are live; all else that
/// would change what was injected is refused.
/// </summary>
internal sealed class PodUpdate
{
    private readonly RunningPod _running;
    private readonly CatalogSnapshot _snapshot;
    private readonly Selected _selected;
    private readonly UpdatedUses _uses;
    private readonly List<Problem> _podMistakes = [];

    private PodUpdate(RunningPod running, CatalogSnapshot snapshot)
    {
        (_running, _snapshot) = (running, snapshot);
        var labels = running.Status.Uses.SelectMany(use => use.Owns.Labels);
        _selected = UseSelector.Select(running.Pod, running.Annotations, snapshot, labels);
        if (running.Annotations.IsOptedOut && running.Instances.Except(_selected.Uses.Select(use => use.Instance)).Any())
        {
            // It opted out after it was injected, and keeps what it has.
            _running = running with { Annotations = running.Annotations.WithoutOptOut() };
            _selected = UseSelector.Select(running.Pod, _running.Annotations, snapshot, labels);
        }

        _uses = new(_running, _selected, snapshot);
    }

    /// <summary>Decides.</summary>
    public static Decision Review(AdmissionRequest request, CatalogSnapshot snapshot)
    {
        var changed = AnnotationChanges.Between(request.OldObject, request.Object);
        if (changed.IsEmpty)
            return new Decision.Skip(SkipReason.NothingChanged);
        // What the Pod is, the Pod before says: the other one is what somebody wants it to be.
        var before = PodView.Of(request.OldObject, request.Namespace, out _);
        if (before.IsMirror)
            return new Decision.Skip(SkipReason.MirrorPod);
        if (before.IsBeingDeleted)
            return new Decision.Skip(SkipReason.BeingDeleted);
        var pod = PodView.Of(request.Object, request.Namespace, out var malformed, request.LongLists);
        var (annotationsBefore, annotations) = (PodAnnotations.Read(before.Annotations), PodAnnotations.Read(pod.Annotations));
        // A Pod may carry a text that no injector wrote, where there was nothing to inject.
        if (annotationsBefore.Status is not { } text || !InjectionStatus.Read(text).TryGet(out var status) || status.Uses.IsEmpty)
            return NotInjected(annotationsBefore, annotations, changed);
        if ((AnnotationSize.TooLarge(pod) ?? AnnotationSize.TooLarge(before)) is { } tooLarge)
            return new Decision.Reject([tooLarge]);
        var update = new PodUpdate(
            new() { Before = before, AnnotationsBefore = annotationsBefore, Pod = pod, Annotations = annotations, Changed = changed, Status = status }, snapshot);
        var decision = update.Decide(malformed);
        return decision with
        {
            Warnings = [.. update.Warnings()],
            Explanation = new() { Application = status.Application, Uses = [.. update._uses.Bound] },
        };
    }

    private static Decision.Skip NotInjected(PodAnnotations before, PodAnnotations after, ImmutableSortedSet<string> changed)
    {
        var asking = after.Asked.Select(asked => asked.Key)
            .Concat(after.Parameters.Values.SelectMany(values => values.Values).Select(value => value.Key))
            .Where(changed.Contains)
            .Concat(before.IsOptedOut && !after.IsOptedOut && after.Asked.Count > 0 ? [AnnotationKeys.Inject] : [])
            .Distinct().Order(StringComparer.Ordinal).ToList();
        return new Decision.Skip(SkipReason.NotInjected)
        {
            Warnings = asking.Count == 0 ? [] : [$"{Shown.List(asking)}: without effect, since nothing can be added to a running Pod: this takes a new Pod"],
        };
    }

    private Decision Decide(ImmutableArray<Problem> malformed)
    {
        var changed = _running.Changed.Select(key => $"metadata.annotations[{key}]").ToHashSet(StringComparer.Ordinal);
        _podMistakes.AddRange(malformed.Where(problem => changed.Contains(problem.Subject)));
        RefuseChangedAnnotations();
        _podMistakes.AddRange(FixedAtCreation.OtherUses(_running, _selected));
        _podMistakes.AddRange(FixedAtCreation.OtherApplication(_running));
        _podMistakes.AddRange(FixedAtCreation.OtherSidecars(_running, _snapshot.Installation));
        _podMistakes.AddRange(_uses.Update());
        _podMistakes.AddRange(Tampering.Find(_running, _uses.Written));
        if (_podMistakes.Count > 0)
            return new Decision.Reject([.. _podMistakes]);
        ImmutableArray<Addition> additions =
        [
            .. _uses.Written.Where(text => _running.Pod.Annotations.GetValueOrDefault(text.Key) != text.Value)
                .Select(text => new Addition.Annotation(text.Key, text.Value)),
        ];
        if (additions.IsEmpty)
            return new Decision.Skip(_running.Changed.Contains(AnnotationKeys.Status) ? SkipReason.AlreadyInjected : SkipReason.NothingChanged);
        if (AnnotationSize.TooLarge(_running.Pod, additions) is { } problem)
            return new Decision.Reject([problem]);
        var plan = new Plan { Application = _running.Status.Application, Uses = [.. _uses.Planned], Additions = additions };
        return new Decision.Inject(plan, PatchBuilder.Build(plan, _running.Pod, _running.Application!));
    }

    /// <summary>The mistakes that creating such a Pod would have, in what this update changes; older ones are let alone.</summary>
    private void RefuseChangedAnnotations()
    {
        var parameters = _running.Annotations.Parameters.SelectMany(values => values.Value.Values.Select(value => (Instance: values.Key, value.Key)))
            .Where(parameter => _running.Changed.Contains(parameter.Key)).ToList();
        var keys = parameters.Select(parameter => parameter.Key).ToHashSet(StringComparer.Ordinal);
        _podMistakes.AddRange(_selected.PodMistakes.Where(problem => _running.Changed.Contains(problem.Subject) && !keys.Contains(problem.Subject)));
        // The uses that count are those that the Pod has, and not those that it would get by now. No injector notes as many as a stranger could.
        var instances = _running.Instances.ToHashSet(StringComparer.Ordinal);
        var nearest = _running.Instances.Take(100).ToList();
        foreach (var (instance, key) in parameters.Where(parameter => !instances.Contains(parameter.Instance)))
            _podMistakes.Add(_podMistakes.Count < Problem.MostTold ? UseSelector.NoSuchUse(key, instance, nearest) : Problem.Counted(key));
    }

    private IEnumerable<string> Warnings()
    {
        if (_running.Changed.Contains(AnnotationKeys.Inject) && !_podMistakes.Exists(problem => problem.Subject == AnnotationKeys.Inject))
            yield return $"{AnnotationKeys.Inject}: without effect on a running Pod: what was injected stays";
        foreach (var warning in _uses.Warnings)
            yield return warning;
    }
}
