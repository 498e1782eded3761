using System.Collections.Immutable;
using Outrigger.Core.Catalog;
using Outrigger.Core.Composition;
using Outrigger.Core.Results;
using Outrigger.Core.Selection;

namespace Outrigger.Core.Admission;

/// <summary>The uses of a running Pod after an update, and what the injector would have in the Pod's annotations of them.</summary>
internal sealed class UpdatedUses(RunningPod running, Selected selected, CatalogSnapshot snapshot)
{
    private readonly OrderedDictionary<string, string> _written = new(StringComparer.Ordinal);
    private readonly List<PlannedUse> _planned = [];
    private readonly List<BoundUse> _bound = [];
    private readonly List<Problem> _problems = [];
    private readonly List<string> _warnings = [];

    /// <summary>All files of all uses, and the status last: the injector's own annotations as they should be.</summary>
    public IReadOnlyDictionary<string, string> Written => _written;

    /// <summary>The uses whose parameters change.</summary>
    public IReadOnlyList<PlannedUse> Planned => _planned;

    /// <summary>The uses whose parameters change and could be bound, also those of an update that is refused.</summary>
    public IReadOnlyList<BoundUse> Bound => _bound;

    /// <summary>What the user should hear of them.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Finds out; the mistakes of the update in what it says of uses.</summary>
    public IReadOnlyList<Problem> Update()
    {
        var uses = ImmutableArray.CreateBuilder<StatusUse>(running.Status.Uses.Length);
        if (running.Application is null)
            _problems.Add(Problem.Of(AnnotationKeys.Status, $"names {Shown.Quoted(running.Status.Application)} as the application container, and this Pod has no such container"));
        foreach (var noted in running.Status.Uses)
        {
            Keep(noted);
            uses.Add(Update(noted));
        }

        // Where nothing is to be noted, the text stays as it is, whoever wrote it.
        var isSame = uses.SequenceEqual(running.Status.Uses, ReferenceEqualityComparer.Instance);
        _written[AnnotationKeys.Status] = isSame ? running.AnnotationsBefore.Status! : (running.Status with { Uses = uses.ToImmutable() }).Write();
        return _problems;
    }

    private void Keep(StatusUse noted)
    {
        foreach (var key in noted.Owns.Files.Select(file => AnnotationKeys.OfFile(noted.Instance, file)))
        {
            if (running.Before.Annotations.TryGetValue(key, out var content))
                _written[key] = content;
        }
    }

    private StatusUse Update(StatusUse noted)
    {
        var asked = AskedHash(noted, running.Annotations, running.Asked(noted.Instance));
        // Also where somebody takes back what nobody here saw.
        if (asked == noted.Asked)
            return noted;
        var isDrifted = AskedHash(noted, running.AnnotationsBefore, running.AskedBefore(noted.Instance)) != noted.Asked;
        var changed = AnnotationChanges.Parameters(noted.Instance, running.AnnotationsBefore, running.Annotations);
        if (changed.IsEmpty)
            return isDrifted ? noted : noted with { Asked = asked };
        if (running.Application is not { } application)
            return noted;
        if (UseOf(noted) is not { } use)
        {
            // What the annotations say of the pattern by now was told already.
            if (running.AskedBefore(noted.Instance)?.Pattern == running.Asked(noted.Instance)?.Pattern)
                _problems.Add(Problem.Of(changed[0].Key, $"cannot change any more: by the catalog and the bindings of now this Pod would not have use {noted.Instance}, which is of {noted.Pattern}@{noted.Version}; this takes a new Pod"));
            return noted;
        }

        var facts = PodFacts.OfRunning(running.Pod, application, running.Status.Uses.SelectMany(use => use.Owns.Labels));
        return Bind(use, facts) is { } bound ? Update(noted with { Asked = asked }, bound, facts, changed, isDrifted) : noted;
    }

    private StatusUse Update(StatusUse noted, BoundUse bound, PodFacts facts, ImmutableArray<ChangedParameter> changed, bool isDrifted)
    {
        var (before, after) = (running.AnnotationsBefore.ParametersOf(noted.Instance), running.Annotations.ParametersOf(noted.Instance));
        var update = new UseUpdate
        {
            Noted = noted,
            IsDrifted = isDrifted,
            Changed = changed,
            Before = Try(before),
            After = Render(bound),
            Alone = one => Try(With(before, one.Name, after)),
        };
        if (!update.ChangesNothing)
        {
            var refusals = update.Refusals(running.Before, running.Pod, running.Application!);
            _problems.AddRange(refusals);
            if (!refusals.IsEmpty)
                return noted;
            foreach (var (file, content) in update.After.Files)
                _written[AnnotationKeys.OfFile(noted.Instance, file)] = content;
            noted = noted with { Version = bound.Use.Pattern.Version.Text, Revision = bound.Use.Pattern.Revision };
        }

        _planned.Add(new(bound, noted.Owns));
        return noted;

        RenderedUse? Try(IReadOnlyDictionary<string, (string Key, string Text)> parameters)
        {
            var use = bound.Use.With(parameters);
            var values = UseBinding.Bind(use, facts);
            return values.PodMistakes.IsEmpty && values.Missing.IsEmpty ? Render(new(use, values.Values)) : null;
        }

        RenderedUse Render(BoundUse one)
        {
            var native = running.Annotations.NativeSidecars ?? snapshot.Installation.NativeSidecars;
            return RunningUse.WithoutOthers(PatternRenderer.Render(one, facts, snapshot.Installation, native), noted.Owns, running.Pod, running.Application!);
        }
    }

    private BoundUse? Bind(Use use, PodFacts facts)
    {
        var bound = UseBinding.Bind(use, facts);
        ImmutableArray<Problem> mistakes = [.. bound.PodMistakes, .. bound.Missing, .. facts.MalformedOf(use.Pattern)];
        _problems.AddRange(mistakes);
        _warnings.AddRange(bound.AuthorMistakes.Select(problem => $"{use.Instance}: {problem}; this value is passed over"));
        if (!mistakes.IsEmpty)
            return null;
        _bound.Add(new(use, bound.Values));
        return _bound[^1];
    }

    /// <summary>What the Pod would get as this use by now, in the version that it has where the catalog still has that; null where it would be something else.</summary>
    private Use? UseOf(StatusUse noted)
    {
        var use = selected.Uses.FirstOrDefault(use => use.Instance == noted.Instance && use.Pattern.Name == noted.Pattern);
        return use is not null && snapshot.Find(use.Pattern, noted.Version) is { } same ? use with { Pattern = same } : use;
    }

    private static string AskedHash(StatusUse noted, PodAnnotations annotations, AskedUse? asked) =>
        EarlierUse.AskedHash(noted.Pattern, asked?.Pattern.Version, annotations.ParametersOf(noted.Instance), annotations.Container);

    private static Dictionary<string, (string Key, string Text)> With(
        IReadOnlyDictionary<string, (string Key, string Text)> parameters, string name, IReadOnlyDictionary<string, (string Key, string Text)> after)
    {
        var changed = parameters.ToDictionary(StringComparer.Ordinal);
        if (after.TryGetValue(name, out var value))
            changed[name] = value;
        else
            changed.Remove(name);
        return changed;
    }
}
