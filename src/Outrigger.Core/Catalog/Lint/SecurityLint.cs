using Outrigger.Core.Results;

namespace Outrigger.Core.Catalog.Lint;

/// <summary>Holds a pattern to the Pod Security level that it declares; at the strictest, also to a root file system that nobody writes to.</summary>
internal static class SecurityLint
{
    private static readonly string[] ReadOnlyRoot = ["securityContext", "readOnlyRootFilesystem"];

    /// <summary>All findings.</summary>
    public static IEnumerable<Problem> Check(Pattern pattern)
    {
        var level = $"the Pod Security level {PodSecurity.Name(pattern.SecurityLevel)} that the pattern declares (spec.securityLevel)";
        foreach (var breach in PodSecurity.Breaches(pattern, pattern.SecurityLevel))
            yield return Problem.At(breach.Location, breach.Field, $"{breach.Why}, which breaks {level}");
        if (pattern.SecurityLevel != SecurityLevel.Restricted)
            yield break;
        foreach (var container in ContainerPart.All(pattern))
        {
            if (!PatternTree.Is(PatternTree.CertainMember(container.Template, ReadOnlyRoot), true))
                yield return container.Finding(ReadOnlyRoot, "is not true; mount an emptyDir where the program writes");
        }
    }
}
