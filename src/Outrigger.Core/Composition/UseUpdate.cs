using System.Collections.Immutable;
using Outrigger.Core.Results;
using Outrigger.Core.Selection;

namespace Outrigger.Core.Composition;

/// <summary>A use of a running Pod some of whose parameters an update changes, rendered as it was and as it would be.</summary>
internal sealed record UseUpdate
{
    private const string NewPod = "this takes a new Pod";
    private const int MostBlamed = 50;

    /// <summary>What the Pod's status says of it.</summary>
    public required StatusUse Noted { get; init; }

    /// <summary>Whether the Pod's annotations said something else before than when the use was last reviewed: nobody saw them change.</summary>
    public required bool IsDrifted { get; init; }

    /// <summary>The parameters that the update changes, at least one.</summary>
    public required ImmutableArray<ChangedParameter> Changed { get; init; }

    /// <summary>With the parameters of before; null where the catalog of now does not take them.</summary>
    public required RenderedUse? Before { get; init; }

    /// <summary>With the parameters of after.</summary>
    public required RenderedUse After { get; init; }

    /// <summary>With the parameters of before but for one; null where the catalog does not take that.</summary>
    public required Func<ChangedParameter, RenderedUse?> Alone { get; init; }

    /// <summary>Whether only the status has to know of it: the parameters change nothing that is rendered.</summary>
    public bool ChangesNothing =>
        !IsDrifted && Before is not null && !RenderedDifference.Files(Before, After).Any() && !RenderedDifference.Parts(Before, After, "").Any();

    /// <summary>Why the running Pod cannot have it: something else than files would change, or nothing would notice that they do.</summary>
    /// <param name="before">The Pod before the update.</param>
    /// <param name="pod">The Pod as it would be.</param>
    /// <param name="application">Its application container.</param>
    public ImmutableArray<Problem> Refusals(PodView before, PodView pod, ContainerView application)
    {
        // The rendering of before tells which parameter does what, as long as the Pod was made of it.
        if (!IsDrifted && Before is not null && RenderedDifference.Parts(Before, After, application.Name).ToList() is { Count: > 0 } parts)
        {
            return Blame(alone => RenderedDifference.Parts(Before, alone, application.Name), parts, differing =>
                $"would change {Shown.List(differing)}; in a running Pod only files can change, so {NewPod}");
        }

        var pattern = After.Bound.Use.Pattern;
        var isOfThisRevision = !IsDrifted && Noted.Revision == pattern.Revision;
        if (RunningUse.Mismatches(After, Noted.Owns, pod, application, isOfThisRevision).ToList() is { Count: > 0 } mismatches)
        {
            return [Problem.Of(Changed[0].Key, $"cannot change any more: use {Noted.Instance} of this Pod, which is of {Noted.Pattern}@{Noted.Version}, would by now differ in {Shown.List(mismatches)}; "
                + $"the catalog, a binding, a default or the Pod changed since then, so {NewPod}")];
        }

        var files = After.Files.Where(file => before.Annotations.GetValueOrDefault(AnnotationKeys.OfFile(Noted.Instance, file.Key)) != file.Value).Select(file => file.Key).ToList();
        if (pattern.IsLive || files.Count == 0)
            return [];
        return Blame(alone => Before is null ? [] : RenderedDifference.Files(Before, alone), files, differing =>
            $"would change {Shown.List(differing.Select(PartTitles.File))}, and pattern {pattern.Title} does not say that its containers notice that (live: true), so {NewPod}");
    }

    /// <summary>A problem for each parameter that alone makes a difference; where none does, all of them together do.</summary>
    private ImmutableArray<Problem> Blame(Func<RenderedUse, IEnumerable<string>> differences, IReadOnlyList<string> together, Func<IEnumerable<string>, string> message)
    {
        // No pattern has so many parameters; each would be bound and rendered once more.
        var guilty = Changed.Take(MostBlamed).Select(parameter => (parameter.Key, Parts: Alone(parameter) is { } alone ? differences(alone).ToList() : []))
            .Where(parameter => parameter.Parts.Count > 0).ToList();
        return guilty.Count > 0
            ? [.. guilty.Select(parameter => Problem.Of(parameter.Key, message(parameter.Parts)))]
            : [.. Changed.Select(parameter => Problem.Of(parameter.Key, message(together)))];
    }
}
