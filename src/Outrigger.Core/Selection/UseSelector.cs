using System.Collections.Immutable;
using Outrigger.Core.Catalog;
using Outrigger.Core.Parameters;
using Outrigger.Core.Results;

namespace Outrigger.Core.Selection;

/// <summary>Finds the uses of a Pod: what its annotations name, and what bindings give it.</summary>
public sealed class UseSelector
{
    private readonly PodView _pod;
    private readonly PodAnnotations _annotations;
    private readonly CatalogSnapshot _snapshot;
    private readonly IReadOnlyDictionary<string, string> _labels;
    private readonly List<UseDraft> _drafts = [];
    private readonly List<SkippedUse> _skipped = [];
    private readonly List<Problem> _podMistakes = [];

    private UseSelector(PodView pod, PodAnnotations annotations, CatalogSnapshot snapshot, IReadOnlyDictionary<string, string> labels) =>
        (_pod, _annotations, _snapshot, _labels) = (pod, annotations, snapshot, labels);

    /// <summary>The uses of a Pod by a catalog.</summary>
    /// <param name="pod">The Pod.</param>
    /// <param name="annotations">What its annotations say.</param>
    /// <param name="snapshot">The catalog.</param>
    /// <param name="injected">
    /// The labels that an earlier review noted as its own: by them no binding selects that did not select the Pod before. A required one looks at
    /// them all the same, since whoever writes the Pod may have noted them.
    /// </param>
    public static Selected Select(PodView pod, PodAnnotations annotations, CatalogSnapshot snapshot, IEnumerable<string>? injected = null)
    {
        var others = injected?.ToHashSet(StringComparer.Ordinal);
        var selector = new UseSelector(pod, annotations, snapshot, others is { Count: > 0 }
            ? pod.Labels.Where(label => !others.Contains(label.Key)).ToDictionary(StringComparer.Ordinal)
            : pod.Labels);
        // "No injection at all" is the Pod's last word but for what is required: its own mistakes need no mending then.
        if (!annotations.IsOptedOut)
            selector.TakeAsked();
        selector.TakeBound();
        if (!annotations.IsOptedOut)
            selector.RefuseParametersOfNobody();
        return new()
        {
            Uses = [.. selector._drafts.Where(draft => draft.Pattern is not null).Select(selector.Finish)],
            Skipped = [.. selector._skipped],
            PodMistakes = [.. selector._podMistakes],
        };
    }

    /// <summary>The mistake of a parameter for a use that the Pod does not have.</summary>
    /// <param name="key">The annotation.</param>
    /// <param name="instance">The use that it means.</param>
    /// <param name="uses">Those that there are.</param>
    public static Problem NoSuchUse(string key, string instance, IReadOnlyCollection<string> uses) =>
        Problem.Of(key, $"there is no use named {Shown.Quoted(instance)} in this Pod{Nearest.Hint(instance, uses.Take(100))}; "
            + (uses.Count == 0
                ? $"ask for a pattern by {Shown.List(Roles.All.Select(AnnotationKeys.OfRole))}"
                : $"its uses are {Shown.List(uses)}"));

    private void TakeAsked()
    {
        _podMistakes.AddRange(_annotations.Problems);
        foreach (var asked in _annotations.Asked)
        {
            var pattern = _snapshot.Find(asked.Pattern, _pod.Namespace);
            if (pattern is null)
                _podMistakes.Add(Problem.Of(asked.Key, PatternSearch.NotFound(asked.Pattern, _snapshot, _pod.Namespace)));
            else if (pattern.Role != asked.Role)
                _podMistakes.Add(Problem.Of(asked.Key, $"names {pattern.Name}, which is of role {pattern.Role.Name()}; move it to {AnnotationKeys.OfRole(pattern.Role)}"));
            // A use without a pattern still holds its name, so that its parameters are not called nobody's.
            _drafts.Add(new(asked.Instance, pattern) { Asked = asked });
        }
    }

    private void TakeBound()
    {
        if (_snapshot.Bindings.IsEmpty)
            return;
        // A required binding's use comes before another's of the same name; layers keep the order of precedence all the same.
        var matching = _snapshot.Bindings.Select((binding, order) => (Binding: binding, Order: order)).Where(match => Selects(match.Binding));
        foreach (var (binding, order) in matching.OrderByDescending(match => match.Binding.IsRequired))
        {
            foreach (var use in binding.Uses)
            {
                if (_annotations.IsOptedOut && !binding.IsRequired)
                    _skipped.Add(new(use.Instance, binding.Title, $"the Pod says {AnnotationKeys.Inject}: \"false\"", IsMistake: false));
                else
                    Take(new(binding, use, order));
            }
        }

        foreach (var draft in _drafts)
            draft.Bound.Sort((a, b) => a.Order.CompareTo(b.Order));
    }

    private bool Selects(Binding binding)
    {
        if (binding.Namespace is { } own && own != _pod.Namespace)
            return false;
        string? reason = null;
        if (!binding.PodSelector.Matches(_labels) && !(binding.IsRequired && binding.PodSelector.Matches(_pod.Labels)))
            reason = "its podSelector does not select this Pod";
        else if (!binding.NamespaceSelector.Requirements.IsEmpty)
            reason = NamespaceMismatch(binding);
        if (reason is null)
            return true;
        foreach (var use in binding.Uses)
            _skipped.Add(new(use.Instance, binding.Title, reason, IsMistake: false));
        return false;
    }

    private string? NamespaceMismatch(Binding binding)
    {
        if (_snapshot.Namespaces.TryGetValue(_pod.Namespace, out var labels))
            return binding.NamespaceSelector.Matches(labels) ? null : "its namespaceSelector does not select this namespace";
        // Without the namespace's labels only the one is known that every namespace has.
        var known = new Dictionary<string, string> { ["kubernetes.io/metadata.name"] = _pod.Namespace };
        var byName = binding.NamespaceSelector.Requirements.Where(requirement => known.ContainsKey(requirement.Key)).ToList();
        var isSelected = byName.TrueForAll(requirement => requirement.Holds(known));
        if (isSelected && byName.Count == binding.NamespaceSelector.Requirements.Length)
            return null;
        if (isSelected && binding.IsRequired && _snapshot.MustKnowNamespaces)
            throw new UnknownNamespaceException(_pod.Namespace, binding.Title);
        return $"its namespaceSelector does not select this namespace by its name, and other labels of namespace {_pod.Namespace} are not known here";
    }

    private void Take(BoundBy bound)
    {
        var (binding, use, _) = bound;
        // A cluster binding means cluster-wide patterns, also where the namespace has one of the same name.
        var pattern = _snapshot.Find(use.Pattern, binding.Namespace);
        if (pattern is null)
        {
            LeaveOut(binding, use, PatternSearch.NotFound(use.Pattern, _snapshot, binding.Namespace));
            return;
        }

        var draft = _drafts.Find(draft => draft.Instance == use.Instance);
        if (draft is null)
        {
            draft = new(use.Instance, pattern);
            _drafts.Add(draft);
        }

        if (draft.Pattern is null)
        {
            // The Pod's own mistake about this name refuses it already.
            return;
        }

        if (draft.Pattern.Name != pattern.Name || draft.Pattern.Namespace != pattern.Namespace)
            LeaveOut(binding, use, $"the name {use.Instance} is taken by a use of {TitleOf(draft.Pattern)} ({draft.AskedBy})", draft);
        else if (!ReferenceEquals(draft.Pattern, pattern) && (binding.IsRequired || draft.Asked?.Pattern.Version is null) && draft.Bound.Count == 0)
            TakeVersion(bound, pattern, draft);
        else if (!ReferenceEquals(draft.Pattern, pattern) && use.Pattern.Version is not null && draft.Asked?.Pattern.Version is null)
            TakeOtherVersion(bound, pattern, draft);
        else if (!ReferenceEquals(draft.Pattern, pattern) && use.Pattern.Version is not null && binding.IsRequired)
            LeaveOut(binding, use, TakenInVersion(draft), draft);
        else
            draft.Bound.Add(bound);
    }

    /// <summary>A binding before names the pattern without a version, and any is right for it, or in another one.</summary>
    private void TakeOtherVersion(BoundBy bound, Pattern pattern, UseDraft draft)
    {
        var isOpen = draft.Bound.TrueForAll(before => before.Use.Pattern.Version is null && (bound.Binding.IsRequired || !before.Binding.IsRequired));
        if (!isOpen)
        {
            LeaveOut(bound.Binding, bound.Use, TakenInVersion(draft), draft);
            return;
        }

        draft.Pattern = pattern;
        draft.Bound.Add(bound);
    }

    private static string TakenInVersion(UseDraft draft) =>
        $"{draft.Instance} is {draft.Pattern!.Title} by {(draft.Bound.Find(before => before.Use.Pattern.Version is not null) ?? draft.Bound[0]).Binding.Title}, and one name has one version; give one of them an instance of its own";

    /// <summary>The Pod names the pattern without a version, or in another one than a required binding.</summary>
    private void TakeVersion(BoundBy bound, Pattern pattern, UseDraft draft)
    {
        if (draft.Asked is { Pattern.Version: not null } asked)
        {
            _podMistakes.Add(Problem.Of(asked.Key, $"asks for {draft.Pattern!.Title} as {draft.Instance}, and {bound.Binding.Title} requires {pattern.Title}; remove the version"));
            return;
        }

        draft.Pattern = pattern;
        draft.Bound.Add(bound);
    }

    private void LeaveOut(Binding binding, BindingUse use, string reason, UseDraft? holder = null)
    {
        if (binding.IsRequired)
            _podMistakes.Add(Problem.Of(holder?.Asked?.Key ?? binding.Title, $"{binding.Title} requires {use.Pattern} as {use.Instance}: {reason}"));
        else
            _skipped.Add(new(use.Instance, binding.Title, reason, IsMistake: true));
    }

    private static string TitleOf(Pattern pattern) => pattern.Namespace is { } own ? $"{pattern.Title} of namespace {own}" : pattern.Title;

    private void RefuseParametersOfNobody()
    {
        List<string>? uses = null;
        foreach (var (instance, parameters) in _annotations.Parameters)
        {
            if (_drafts.Exists(draft => draft.Instance == instance) || _skipped.Exists(skip => skip.Instance == instance))
                continue;
            foreach (var (key, _) in parameters.Values)
            {
                uses ??= _drafts.ConvertAll(draft => draft.Instance);
                _podMistakes.Add(_podMistakes.Count < Problem.MostTold ? NoSuchUse(key, instance, uses) : Problem.Counted(key));
            }
        }
    }

    private Use Finish(UseDraft draft)
    {
        var layers = ImmutableArray.CreateBuilder<ParameterLayer>();
        if (_annotations.Parameters.TryGetValue(draft.Instance, out var annotations))
            layers.Add(new ParameterLayer.Annotations(annotations));
        foreach (var (binding, use, _) in draft.Bound)
        {
            Origin origin = binding.Namespace is null ? new Origin.ClusterBinding(binding.Name) : new Origin.NamespaceBinding(binding.Name);
            layers.Add(new ParameterLayer.Bound(origin, use.Parameters, binding.IsFixed));
        }

        if (_snapshot.DefaultsOf(draft.Pattern!.Name) is { } defaults)
            layers.Add(new ParameterLayer.Installation(defaults));
        return new()
        {
            Instance = draft.Instance,
            Pattern = draft.Pattern,
            AskedBy = draft.Asked?.Key,
            AskedVersion = draft.Asked?.Pattern.Version,
            Bindings = [.. draft.Bound.Select(bound => bound.Binding)],
            Layers = layers.ToImmutable(),
        };
    }

    /// <summary>A binding's word on a use, and the binding's place in the order of precedence.</summary>
    private sealed record BoundBy(Binding Binding, BindingUse Use, int Order);

    /// <summary>A use while it is put together from what asks for it.</summary>
    private sealed class UseDraft(string instance, Pattern? pattern)
    {
        public string Instance { get; } = instance;

        public Pattern? Pattern { get; set; } = pattern;

        public AskedUse? Asked { get; init; }

        public List<BoundBy> Bound { get; } = [];

        public string AskedBy => Asked?.Key ?? Bound[0].Binding.Title;
    }
}
