using Outrigger.Core.Results;
using Outrigger.Core.Templating;

namespace Outrigger.Core.Catalog.Lint;

/// <summary>Files: they are mounted, and those of a live pattern in a way in which a change reaches the container.</summary>
internal static class FileLint
{
    private const string Volume = "{{instance}}-files";
    private static readonly string[] SubPaths = ["subPath", "subPathExpr"];

    /// <summary>All findings.</summary>
    public static IEnumerable<Problem> Check(Pattern pattern)
    {
        var mounts = Mounts(pattern).ToList();
        if (!pattern.Templates.Files.IsEmpty && mounts.Count == 0)
            yield return Problem.At(pattern.Location, "spec.files", $"are mounted by no container: mount the volume \"{Volume}\"");
        if (!pattern.IsLive)
            yield break;
        if (pattern.Templates.Files.IsEmpty)
            yield return Problem.At(pattern.Location, "spec.live", "is true, and there are no files that could change; remove it, or add spec.files");
        foreach (var (path, mount) in mounts)
        {
            foreach (var field in SubPaths)
            {
                if (PatternTree.Member(mount, field) is { } part && ChangesAlone(pattern, PatternTree.Source(part)) is { } parameter)
                {
                    yield return Problem.At(part.Location, $"{path}.{field}",
                        $"mounts one file of \"{Volume}\", which Kubernetes then never updates, and the pattern is live: {parameter} could change; mount the whole volume");
                }
            }
        }
    }

    /// <summary>A parameter that changes a file, and nothing for which the Pod has to be a new one; null where there is none.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="file">The file's name; any file, where there is none of that name.</param>
    private static string? ChangesAlone(Pattern pattern, string file)
    {
        var templates = pattern.Templates;
        var fixedNames = ((Template?[])[templates.Containers, templates.InitContainers, templates.Volumes, templates.ApplicationEnv,
                templates.ApplicationEnvFrom, templates.ApplicationMounts, templates.Labels, templates.Annotations])
            .SelectMany(PatternTree.AllPaths).Select(path => path.Segments.FirstOrDefault()).ToHashSet();
        var files = templates.Files.Any(one => one.Name == file) ? templates.Files.Where(one => one.Name == file) : templates.Files;
        return files.SelectMany(one => PatternTree.Paths(one.Content)).Select(path => path.Segments.FirstOrDefault())
            .FirstOrDefault(name => name is not null && pattern.Parameters[name] is not null && !fixedNames.Contains(name));
    }

    private static IEnumerable<(string Path, Template Mount)> Mounts(Pattern pattern)
    {
        var names = KnownNames.In(pattern);
        var lists = ContainerPart.All(pattern)
            .Select(container => ($"{container.Path}.volumeMounts", PatternTree.Member(container.Template, "volumeMounts")))
            .Append(("spec.application.volumeMounts", pattern.Templates.ApplicationMounts));
        return from list in lists
               from mount in PatternTree.Entries(list.Item2, names).Index()
               where PatternTree.Source(PatternTree.Member(mount.Item.Entry, "name")) == Volume
               select ($"{list.Item1}[{mount.Index}]", mount.Item.Entry);
    }
}
