using Outrigger.Core.Composition;
using Outrigger.Core.Results;
using Outrigger.Core.Selection;

namespace Outrigger.Core.Admission;

/// <summary>Finds the container that a Pod's uses extend.</summary>
internal static class ApplicationContainer
{
    /// <summary>
    /// The container that <c>outrigger.dev/container</c> names, else the one that an earlier review chose (another webhook may have put its own
    /// in front since), else kubectl's default container, else the first. Null with a problem where there is none.
    /// </summary>
    public static ContainerView? Find(
        PodView pod, PodAnnotations annotations, InjectionStatus? earlier, ICollection<Problem> problems, ICollection<string> warnings)
    {
        if (pod.Containers.IsEmpty)
        {
            problems.Add(Problem.Of("spec.containers", "holds no container that could be the application"));
            return null;
        }

        var injected = earlier?.Uses.SelectMany(use => use.Owns.Containers).ToHashSet(StringComparer.Ordinal);
        var own = pod.Containers.Where(container => injected?.Contains(container.Name) != true).ToList();
        if (own.Count == 0)
        {
            problems.Add(Problem.Of(AnnotationKeys.Status, "names all containers of this Pod as injected, so that none could be the application; remove this annotation"));
            return null;
        }

        if (annotations.Container is { } named)
        {
            var names = own.ConvertAll(container => container.Name);
            var found = own.Find(container => container.Name == named);
            if (found is null)
                problems.Add(Problem.Of(AnnotationKeys.Container, $"there is no container {Shown.Quoted(named)} in this Pod{Nearest.Hint(named, names)}; its containers are {Shown.List(names)}"));
            // The other mistakes are looked for all the same.
            return found ?? own[0];
        }

        if (own.Find(container => container.Name == earlier?.Application) is { } before)
            return before;
        if (pod.Annotations.TryGetValue(AnnotationKeys.DefaultContainer, out var preferred))
        {
            if (own.Find(container => container.Name == preferred) is { } found)
                return found;
            warnings.Add($"{AnnotationKeys.DefaultContainer} names {Shown.Quoted(preferred)}, which is no container of this Pod; the first one is taken for the application");
        }

        return own[0];
    }
}
