using Outrigger.Core.Catalog;
using Outrigger.Core.Results;
using Outrigger.Core.Selection;

namespace Outrigger.Core.Admission;

/// <summary>
/// Holds an update to what a running Pod cannot change: its uses, its application container, how its sidecars are run. Another way to write the
/// same is no change.
/// </summary>
internal static class FixedAtCreation
{
    private const string NewPod = "this takes a new Pod";

    /// <summary>Uses that the annotations no longer ask for, or ask for anew, or in another version.</summary>
    /// <param name="running">The Pod.</param>
    /// <param name="selected">What it would get if it were created now.</param>
    public static IEnumerable<Problem> OtherUses(RunningPod running, Selected selected)
    {
        var instances = running.Annotations.Asked.Concat(running.AnnotationsBefore.Asked).Select(asked => asked.Instance).Distinct();
        foreach (var instance in instances)
        {
            var (before, after) = (running.AskedBefore(instance), running.Asked(instance));
            if (before?.Pattern == after?.Pattern)
                continue;
            var noted = running.Status[instance];
            var use = selected.Uses.FirstOrDefault(use => use.Instance == instance);
            // Where the annotation cannot be read, that was told already.
            if (after is null && noted is not null && use is null && !selected.PodMistakes.Any(problem => problem.Subject == before!.Key))
                yield return Problem.Of(before!.Key, $"no longer asks for {instance}, which this Pod has; nothing can be taken from a running Pod, so {NewPod}");
            // Without a pattern it is a mistake that was told already.
            if (after is null || use is null)
                continue;
            if (noted is null)
                yield return Problem.Of(after.Key, $"asks for {instance}, which this Pod does not have; nothing can be added to a running Pod, so {NewPod}");
            else if (use.Pattern.Name != noted.Pattern || use.Pattern.Version.Text != noted.Version)
                yield return Problem.Of(after.Key, $"asks for {use.Pattern.Title} as {instance}, and this Pod has {noted.Pattern}@{noted.Version}; {NewPod}");
        }
    }

    /// <summary>Another application container than the one that the uses extend.</summary>
    public static IEnumerable<Problem> OtherApplication(RunningPod running)
    {
        var problems = new List<Problem>();
        if (running.Application is null)
            return problems;
        var found = ApplicationContainer.Find(running.Pod, running.Annotations, running.Status, problems, warnings: []);
        if (problems.Count == 0 && found?.Name != running.Status.Application)
            problems.Add(Problem.Of(AnnotationKeys.Container, $"would make {found?.Name} the application container, and the uses of this Pod extend {running.Status.Application}; {NewPod}"));
        return problems;
    }

    /// <summary>Another word on native sidecars than the Pod was made by.</summary>
    public static IEnumerable<Problem> OtherSidecars(RunningPod running, Installation installation)
    {
        if (!running.Changed.Contains(AnnotationKeys.NativeSidecars))
            yield break;
        var owned = running.Status.Uses.Select(use => use.Owns).ToList();
        var isNative = running.Annotations.NativeSidecars ?? installation.NativeSidecars;
        var others = isNative
            ? owned.SelectMany(owns => owns.Containers)
            : owned.SelectMany(owns => owns.InitContainers).Intersect(running.Pod.InitContainers.Where(container => container.IsNativeSidecar).Select(container => container.Name));
        if (others.ToList() is { Count: > 0 } names)
            yield return Problem.Of(AnnotationKeys.NativeSidecars, $"would make {(isNative ? "native sidecars" : "ordinary containers")} of {Shown.List(names)}; {NewPod}");
    }
}
