using Outrigger.Core.Results;

namespace Outrigger.Core.Catalog.Lint;

/// <summary>
/// Each container that goes on has a startup and a readiness probe, or the pattern says why not: else a Pod counts as ready while
/// what it was given does not work yet.
/// </summary>
internal static class ProbeLint
{
    private static readonly string[] Probes = ["startupProbe", "readinessProbe"];

    /// <summary>All findings.</summary>
    public static IEnumerable<Problem> Check(Pattern pattern)
    {
        var containers = ContainerPart.All(pattern).Where(container => container.IsLongRunning).ToList();
        foreach (var container in containers)
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
            var name = Shown.Quoted(one.Container);
            var names = containers.Select(container => container.Name).ToList();
            var hint = $"{Nearest.Hint(one.Container, names)}; allowed are {Shown.List(names)}, as the pattern writes them";
            if (!names.Contains(one.Container))
                yield return Problem.At(one.Location, $"{path}.container", $"{name} names no container that goes on{hint}");
            else if (containers.Where(container => container.Name == one.Container).All(container => !Missing(container).Any()))
                yield return Problem.At(one.Location, path, $"{name} has both probes; remove this");
        }
    }

    private static IEnumerable<string> Missing(ContainerPart container) =>
        Probes.Where(probe => PatternTree.Member(container.Template, probe) is null);
}
