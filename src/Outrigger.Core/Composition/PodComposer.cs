using System.Collections.Immutable;
using Outrigger.Core.Results;
using Outrigger.Core.Selection;

namespace Outrigger.Core.Composition;

/// <summary>Makes one plan of a Pod and its uses. What does not fit is refused or left out, by whose mistake it is; nothing is half added.</summary>
public sealed class PodComposer
{
    private readonly PodView _pod;
    private readonly ContainerView _application;
    private readonly InjectionStatus? _earlier;
    private readonly PodAnnotations _annotations;
    private readonly Occupancy _taken;
    private readonly List<FittedUse> _fitted = [];
    private readonly List<Problem> _podMistakes = [];
    private readonly List<SkippedUse> _skipped = [];
    private readonly List<string> _warnings = [];

    private PodComposer(PodView pod, ContainerView application, InjectionStatus? earlier, PodAnnotations annotations)
    {
        (_pod, _application, _earlier, _annotations) = (pod, application, earlier, annotations);
        _taken = Occupancy.Of(pod, application, earlier);
    }

    /// <summary>Composes a Pod with its uses.</summary>
    /// <param name="pod">The Pod.</param>
    /// <param name="application">Its application container.</param>
    /// <param name="annotations">What its annotations say.</param>
    /// <param name="earlier">What an earlier review noted in it, or null.</param>
    /// <param name="rendered">The uses, those with the better claim first.</param>
    public static Composed Compose(
        PodView pod, ContainerView application, PodAnnotations annotations, InjectionStatus? earlier, IEnumerable<RenderedUse> rendered)
    {
        var composer = new PodComposer(pod, application, earlier, annotations);
        foreach (var use in rendered)
            composer.Place(use);
        var plan = composer.MakeSmallEnoughPlan();
        return new()
        {
            Plan = plan,
            PodMistakes = [.. composer._podMistakes],
            Skipped = [.. composer._skipped],
            Warnings = [.. composer._warnings],
        };
    }

    private void Place(RenderedUse rendered)
    {
        var use = rendered.Bound.Use;
        var earlier = _earlier?[use.Instance];
        // Only a use that follows asks what those before it have taken.
        if (_fitted.Count > 0)
            Take(_fitted[^1]);
        var fitted = earlier is null || CanKeep(rendered, earlier)
            ? Fit(rendered, earlier)
            : null;
        if (fitted is null)
            return;
        var problems = fitted.Problems;
        foreach (var fittedBefore in _fitted)
        {
            var other = fittedBefore.Rendered.Bound.Use;
            if (use.Pattern.ConflictsWith.Contains(other.Pattern.Name) || other.Pattern.ConflictsWith.Contains(use.Pattern.Name))
                problems = problems.Add(Problem.Of(use.AskedByTitle, $"use {use.Instance} ({use.Pattern.Title}) and use {other.Instance} ({other.Pattern.Title}) may not be in one Pod"));
        }

        if (!problems.IsEmpty || !fitted.AuthorProblems.IsEmpty)
        {
            if (use.IsRequired || fitted.AuthorProblems.IsEmpty)
                Blame(use, problems);
            BlameAuthor(use, fitted.AuthorProblems);
            return;
        }

        _warnings.AddRange(fitted.Warnings);
        _fitted.Add(fitted);
    }

    private FittedUse Fit(RenderedUse rendered, StatusUse? earlier)
    {
        // A newer catalog leaves a Pod that was injected by an older one as it is: changing half of it would break what works.
        if (earlier is not null && earlier.Revision != rendered.Bound.Use.Pattern.Revision)
        {
            return new() { Rendered = rendered, Additions = [], Owns = earlier.Owns, Takes = [], Problems = [], Warnings = [] };
        }

        if (earlier is null && rendered.Alone is { } alone && IsFree(alone))
            return alone;
        return UseFitter.Fit(rendered, _pod, _application.Name, _taken, earlier?.Owns ?? new());
    }

    private void Take(FittedUse fitted)
    {
        var use = fitted.Rendered.Bound.Use;
        var owner = new Owner(use.Instance, $"use {use.Instance} ({use.Pattern.Title})");
        foreach (var (slot, name) in fitted.Takes)
            _taken.Take(slot, name, owner);
    }

    /// <summary>Whether nothing is in the way of what a use brings.</summary>
    private bool IsFree(FittedUse alone)
    {
        foreach (var (slot, name) in alone.Takes)
        {
            if (_taken.OwnerOf(slot, name) is not null)
                return false;
        }

        return true;
    }

    /// <summary>Whether what an earlier review brought can stay as it is, or be completed.</summary>
    private bool CanKeep(RenderedUse rendered, StatusUse earlier)
    {
        var use = rendered.Bound.Use;
        if (earlier.Pattern != use.Pattern.Name || earlier.Asked != AskedHash(use))
        {
            Blame(use, [Problem.Of(AnnotationKeys.Status, $"this Pod was injected before, and its annotations now say something else of use {use.Instance} than then; "
                + "take the earlier injection away with \"outrigger uninject\", or begin from the manifest as it was before it")]);
            return false;
        }

        var sameRevision = earlier.Revision == use.Pattern.Revision;
        var differences = use.IsRequired ? RequiredUse.Differences(rendered, _pod, _application, earlier.Owns).ToList() : [];
        if (differences.Count > 0 || (use.IsRequired && !sameRevision))
        {
            var where = differences.Count > 0 ? $" ({Shown.List(differences)})" : "";
            Blame(use, [Problem.Of(AnnotationKeys.Status, $"says that use {use.Instance} is there, which {RequiredBy(use)} requires, and the Pod does not hold it as {use.Pattern.Title} has it{where}; "
                + "take the earlier injection away with \"outrigger uninject\"")]);
            return false;
        }

        if (!sameRevision)
            _warnings.Add($"use {use.Instance} was injected from {earlier.Pattern}@{earlier.Version} (revision {earlier.Revision}) and stays so; the catalog has {use.Pattern.Title} (revision {use.Pattern.Revision})");
        return true;
    }

    private static string RequiredBy(Use use) => use.Bindings.First(binding => binding.IsRequired).Title;

    private void Blame(Use use, ImmutableArray<Problem> problems)
    {
        if (use.AskedBy is not null || use.IsRequired)
            _podMistakes.AddRange(problems);
        else
            _skipped.AddRange(problems.Select(problem => new SkippedUse(use.Instance, use.AskedByTitle, problem.Message, IsMistake: true)));
    }

    /// <summary>The pattern is somebody else's, whoever asks for it: nobody's Pod is stopped for it, unless it may not go without.</summary>
    private void BlameAuthor(Use use, ImmutableArray<Problem> problems)
    {
        if (use.IsRequired)
            _podMistakes.AddRange(problems);
        else
            _skipped.AddRange(problems.Select(problem => new SkippedUse(use.Instance, use.AskedByTitle, problem.Message, IsMistake: true)));
    }

    private Plan MakePlan()
    {
        var ordered = InOrder();
        var additions = ImmutableArray.CreateBuilder<Addition>();
        foreach (var fitted in ordered)
            additions.AddRange(fitted.Additions);
        if (additions.Count > 0)
            additions.Add(StatusAnnotation(ordered, additions));
        return new()
        {
            Application = _application.Name,
            Uses = [.. ordered.Select(fitted => new PlannedUse(fitted.Rendered.Bound, fitted.Owns))],
            Additions = additions.ToImmutable(),
        };
    }

    private Addition.Annotation StatusAnnotation(List<FittedUse> ordered, IReadOnlyCollection<Addition> additions)
    {
        var status = StatusOf(ordered, additions);
        return _earlier is null && ordered is [{ Status: { } known }] ? known.Annotation(status) : new(AnnotationKeys.Status, status.Write());
    }

    private InjectionStatus StatusOf(List<FittedUse> ordered, IReadOnlyCollection<Addition> additions) => new()
    {
        Application = _application.Name,
        Uses =
        [
            .. ordered.Select(fitted => StatusOf(fitted)),
            // What is noted of uses that nobody asks for any more stays noted: it is still in the Pod.
            .. _earlier?.Uses.Where(use => ordered.TrueForAll(fitted => fitted.Rendered.Bound.Use.Instance != use.Instance)) ?? [],
        ],
        Created = _earlier is null
            ? [.. CreatedParents.Of(_pod, _application, additions)]
            : [.. _earlier.Created.Union(CreatedParents.Of(_pod, _application, additions))],
    };

    private StatusUse StatusOf(FittedUse fitted)
    {
        var use = fitted.Rendered.Bound.Use;
        var earlier = _earlier?[use.Instance];
        return new()
        {
            Instance = use.Instance,
            Pattern = use.Pattern.Name,
            Version = earlier?.Version ?? use.Pattern.Version.Text,
            Revision = earlier?.Revision ?? use.Pattern.Revision,
            Asked = fitted.Rendered.Asked ?? AskedHash(use),
            Owns = fitted.Owns,
        };
    }

    private string AskedHash(Use use) => EarlierUse.AskedHash(use, _annotations);

    /// <summary>The uses in the order of their claim, each after those that its pattern wants to follow.</summary>
    private List<FittedUse> InOrder()
    {
        if (_fitted.Count < 2)
            return _fitted;
        var ordered = new List<FittedUse>(_fitted.Count);
        var placed = new HashSet<FittedUse>(ReferenceEqualityComparer.Instance);
        foreach (var fitted in _fitted)
            Visit(fitted);
        return ordered;

        void Visit(FittedUse fitted)
        {
            if (!placed.Add(fitted))
                return;
            foreach (var name in fitted.Rendered.Bound.Use.Pattern.After)
            {
                foreach (var before in _fitted.Where(other => other.Rendered.Bound.Use.Pattern.Name == name))
                    Visit(before);
            }

            ordered.Add(fitted);
        }
    }

    /// <summary>The plan, less the uses of bindings that make the annotations too large; where the Pod's own uses do, it is the Pod's mistake.</summary>
    private Plan MakeSmallEnoughPlan()
    {
        while (true)
        {
            var plan = MakePlan();
            if (AnnotationSize.TooLarge(_pod, plan.Additions) is not { } problem)
                return plan;
            var given = _fitted.FindLast(fitted => fitted.Rendered.Bound.Use is { AskedBy: null, IsRequired: false } && !fitted.Additions.IsEmpty);
            if (given is null)
            {
                _podMistakes.Add(problem);
                return plan;
            }

            _fitted.Remove(given);
            _skipped.Add(new(given.Rendered.Bound.Use.Instance, given.Rendered.Bound.Use.AskedByTitle, problem.ToString(), IsMistake: true));
        }
    }
}
