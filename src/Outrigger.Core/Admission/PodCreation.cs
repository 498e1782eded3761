using System.Collections.Immutable;
using Outrigger.Core.Catalog;
using Outrigger.Core.Composition;
using Outrigger.Core.Patching;
using Outrigger.Core.Results;
using Outrigger.Core.Selection;

namespace Outrigger.Core.Admission;

/// <summary>Leads the creation of a Pod through the rooms: its uses, their values, the plan, the patch.</summary>
internal sealed class PodCreation
{
    private readonly PodView _pod;
    private readonly CatalogSnapshot _snapshot;
    private readonly PodAnnotations _annotations;
    private readonly List<Problem> _podMistakes = [];
    private readonly List<SkippedUse> _skipped = [];
    private readonly List<string> _warnings = [];
    private ImmutableArray<BoundUse> _bound = [];
    private ContainerView? _application;

    private PodCreation(PodView pod, CatalogSnapshot snapshot)
    {
        (_pod, _snapshot) = (pod, snapshot);
        _annotations = PodAnnotations.Read(pod.Annotations);
    }

    /// <summary>Decides.</summary>
    public static Decision Review(AdmissionRequest request, CatalogSnapshot snapshot)
    {
        var pod = PodView.Of(request.Object, request.Namespace, out var malformed, request.LongLists);
        if (pod.IsMirror)
            return new Decision.Skip(SkipReason.MirrorPod);
        var admission = new PodCreation(pod, snapshot);
        var decision = admission.Decide(malformed);
        return decision with
        {
            Warnings = [.. admission.Warnings()],
            Explanation = new()
            {
                Application = admission._application?.Name,
                Uses = admission._bound,
                Skipped = [.. admission._skipped],
            },
        };
    }

    private Decision Decide(ImmutableArray<Problem> malformed)
    {
        if (AnnotationSize.TooLarge(_pod) is { } tooLarge)
            return new Decision.Reject([tooLarge]);
        var status = _annotations.Status is { } text ? InjectionStatus.Read(text) : null;
        var labels = status?.TryGet(out var noted) == true ? noted.Uses.SelectMany(use => use.Owns.Labels) : null;
        var selected = UseSelector.Select(_pod, _annotations, _snapshot, labels);
        // A Pod that gets nothing is nobody's business here, but for what it meant to say to the injector.
        _podMistakes.AddRange(selected.Uses.IsEmpty ? malformed.Where(problem => problem.Subject.Contains($"{AnnotationKeys.Domain}/", StringComparison.Ordinal)) : malformed);
        _podMistakes.AddRange(selected.PodMistakes);
        _skipped.AddRange(selected.Skipped);
        var uses = selected.Uses;
        if (_annotations.IsOptedOut && uses.IsEmpty && selected.PodMistakes.IsEmpty)
            return new Decision.Skip(SkipReason.OptedOut);
        if (_annotations.IsOptedOut && !uses.IsEmpty)
            _warnings.Add($"{AnnotationKeys.Inject}: \"false\" does not keep out what is required: {Shown.List(uses.Select(use => $"{use.Instance} ({use.AskedByTitle})"))}");
        if (_pod.HasHostNetwork && !uses.IsEmpty)
        {
            uses = KeepHostNetworkUses(uses);
            if (uses.IsEmpty && _podMistakes.Count == 0)
                return new Decision.Skip(SkipReason.HostNetwork);
        }

        if (uses.IsEmpty)
            return WithoutUses();
        _podMistakes.AddRange(_pod.Misshapen());
        InjectionStatus? earlier = null;
        if (status?.TryGet(out earlier) == false)
            _podMistakes.AddRange(status.Problems);
        _application = ApplicationContainer.Find(_pod, _annotations, earlier, _podMistakes, _warnings);
        if (_application is null)
            return new Decision.Reject([.. _podMistakes]);
        var composed = Compose(uses, _application, earlier);
        if (_podMistakes.Count > 0)
            return new Decision.Reject([.. _podMistakes]);
        if (!composed.Plan.Additions.IsEmpty)
            return new Decision.Inject(composed.Plan, PatchBuilder.Build(composed.Plan, _pod, _application));
        return new Decision.Skip(composed.Plan.Uses.IsEmpty ? SkipReason.BindingsFailed : SkipReason.AlreadyInjected);
    }

    private Decision WithoutUses()
    {
        if (_podMistakes.Count > 0)
            return new Decision.Reject([.. _podMistakes]);
        return new Decision.Skip(_skipped.Exists(skip => skip.IsMistake) ? SkipReason.BindingsFailed : SkipReason.NothingAsked);
    }

    /// <summary>In the node's network a sidecar's ports would be the node's, so only patterns that say so go there.</summary>
    private ImmutableArray<Use> KeepHostNetworkUses(ImmutableArray<Use> uses)
    {
        foreach (var use in uses.Where(use => !use.Pattern.AllowsHostNetwork))
        {
            var reason = $"the Pod is in the node's network (hostNetwork: true), which pattern {use.Pattern.Title} is not made for";
            if (use.Bindings.FirstOrDefault(binding => binding.IsRequired) is { } binding)
                _podMistakes.Add(Problem.Of(binding.Title, $"requires {use.Instance}: {reason}"));
            else
                _skipped.Add(new(use.Instance, use.AskedByTitle, reason, IsMistake: use.AskedBy is not null));
        }

        return uses.RemoveAll(use => !use.Pattern.AllowsHostNetwork);
    }

    private Composed Compose(ImmutableArray<Use> uses, ContainerView application, InjectionStatus? earlier)
    {
        var facts = PodFacts.Of(_pod, application, earlier?.Uses.SelectMany(use => use.Owns.Labels));
        var rendered = new List<RenderedUse>(uses.Length);
        foreach (var use in uses)
        {
            if (Render(use, facts) is { } one)
                rendered.Add(one);
        }

        _bound = [.. rendered.Select(one => one.Bound)];
        var composed = PodComposer.Compose(_pod, application, _annotations, earlier, rendered);
        _podMistakes.AddRange(composed.PodMistakes);
        _skipped.AddRange(composed.Skipped);
        _warnings.AddRange(composed.Warnings);
        return composed;
    }

    /// <summary>A use as it is rendered, or as it was for another Pod that asked for the same; null where it cannot be.</summary>
    private RenderedUse? Render(Use use, PodFacts facts)
    {
        var native = _annotations.NativeSidecars ?? _snapshot.Installation.NativeSidecars;
        var key = RenderingKey.Of(use, _annotations.Container, facts, native);
        var memo = RenderingMemo.Of(_snapshot);
        if (key is not null && memo.Find(key) is { } known)
            return known;
        var warnings = _warnings.Count;
        if (Bind(use, facts) is not { } bound)
            return null;
        var rendered = PatternRenderer.Render(bound, facts, _snapshot.Installation, native);
        return key is not null && _warnings.Count == warnings ? memo.Add(key, rendered, EarlierUse.AskedHash(use, _annotations)) : rendered;
    }

    /// <summary>A use with its values, or null where they are not to be had: by the Pod's mistake, which refuses it, or by somebody else's.</summary>
    private BoundUse? Bind(Use use, PodFacts facts)
    {
        var bound = UseBinding.Bind(use, facts);
        _podMistakes.AddRange(bound.PodMistakes);
        _warnings.AddRange(bound.AuthorMistakes.Select(problem => $"{use.Instance}: {problem}; this value is passed over"));
        ImmutableArray<Problem> missing = [.. bound.Missing, .. facts.MalformedOf(use.Pattern)];
        if (use.AskedBy is not null || use.IsRequired)
            _podMistakes.AddRange(missing);
        else
            _skipped.AddRange(missing.Select(problem => new SkippedUse(use.Instance, use.AskedByTitle, problem.ToString(), IsMistake: true)));
        return missing.IsEmpty && bound.PodMistakes.IsEmpty ? new(use, bound.Values) : null;
    }

    private IEnumerable<string> Warnings() =>
        _warnings.Concat(_skipped.Where(skip => skip.IsMistake).Select(skip => $"{skip.AskedBy}: {skip.Instance} was left out: {skip.Reason}"));
}
