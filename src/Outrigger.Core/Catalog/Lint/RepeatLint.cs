using Outrigger.Core.Results;
using Outrigger.Core.Templating;

namespace Outrigger.Core.Catalog.Lint;

/// <summary>What is the same for every use keeps a second use of the pattern out of a Pod.</summary>
internal static class RepeatLint
{
    private const string ByInstance = "write \"{{instance}}\" into it";
    private const string ByParameter = "make it a parameter";

    /// <summary>All findings.</summary>
    public static IEnumerable<Problem> Check(Pattern pattern)
    {
        var (templates, names) = (pattern.Templates, KnownNames.In(pattern));
        return
        [
            .. Fixed(templates.Containers, names, "spec.containers", "name", ByInstance),
            .. Fixed(templates.InitContainers, names, "spec.initContainers", "name", ByInstance),
            .. Fixed(templates.Volumes, names, "spec.volumes", "name", ByInstance),
            .. Fixed(templates.ApplicationEnv, names, "spec.application.env", "name", ByParameter),
            .. Fixed(templates.ApplicationMounts, names, "spec.application.volumeMounts", "mountPath", ByParameter),
            .. ContainerPart.All(pattern).Where(container => container.IsLongRunning).SelectMany(container =>
                Fixed(PatternTree.Member(container.Template, "ports"), container.Names, $"{container.Path}.ports", "containerPort", ByParameter)),
        ];
    }

    private static IEnumerable<Problem> Fixed(Template? list, KnownNames names, string path, string field, string remedy)
    {
        foreach (var (index, (entry, inside)) in PatternTree.Entries(list, names).Index())
        {
            var member = PatternTree.Member(entry, field);
            if (member is null || PatternTree.Paths(member).Any(expression => DiffersByUse(expression, inside)))
                continue;
            var message = $"is {Shown.Quoted(PatternTree.Source(member))} for every use, so that two uses in one Pod clash; {remedy}";
            yield return Problem.At(member.Location, $"{path}[{index}].{field}", message);
        }
    }

    /// <summary>Whether two uses in one Pod can have different values: what the Pod says is the same for both.</summary>
    private static bool DiffersByUse(PathExpression path, KnownNames names) => names.RootName(path).Split('.')[0] is not ("app" or "pod");
}
