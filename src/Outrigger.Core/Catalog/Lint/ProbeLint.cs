using Outrigger.Core.Results;

namespace Outrigger.Core.Catalog.Lint;

/// <summary>
/// Each container that goes on has a startup and a readiness probe, or the pattern says why not: else a Pod counts as ready while what it was
/// given does not work yet.
/// </summary>
internal static class ProbeLint
{
    private static readonly string[] Probes = ["startupProbe", "readinessProbe"];

    /// <summary>All findings.</summary>
    public static IEnumerable<Problem> Check(Pattern pattern)
    {
        var containers = ContainerPart.All(pattern).ToList();
        foreach (var container in containers.Where(container => container.IsLongRunning))
        {
            if (pattern.WithoutProbes.Any(one => one.Container == container.Name))
                continue;
            foreach (var probe in Missing(container))
                yield return container.Finding([probe], "is missing; add it, or say under spec.withoutProbes why there can be none");
        }

        foreach (var (index, one) in pattern.WithoutProbes.Index())
        {
            var path = $"spec.withoutProbes[{index}]";
            if (string.IsNullOrWhiteSpace(one.Reason))
                yield return Problem.At(one.Location, $"{path}.reason", "is empty; it must say why the container has no probes");
            var names = containers.Where(container => container.IsLongRunning).Select(container => container.Name).ToList();
            if (!names.Contains(one.Container))
                yield return Problem.At(one.Location, $"{path}.container", $"{Shown.Quoted(one.Container)} names no container that goes on{Nearest.Hint(one.Container, names)}; allowed are {Shown.List(names)}, as the pattern writes them");
            else if (containers.Where(container => container.IsLongRunning && container.Name == one.Container).All(container => !Missing(container).Any()))
                yield return Problem.At(one.Location, path, $"{Shown.Quoted(one.Container)} has both probes; remove this");
        }
    }

    private static IEnumerable<string> Missing(ContainerPart container) => Probes.Where(probe => PatternTree.Member(container.Template, probe) is null);
}
