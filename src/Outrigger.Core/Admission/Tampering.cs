using Outrigger.Core.Results;
using Outrigger.Core.Selection;

namespace Outrigger.Core.Admission;

/// <summary>
/// Finds what an update writes into the injector's own annotations: with them a Pod's author could give the injected containers a configuration
/// of their own, past the parameters and whoever fixed them.
/// </summary>
internal static class Tampering
{
    /// <summary>
    /// A problem for each of the injector's annotations that the update changes to something else than the injector would write. The same is what
    /// the API server shows when it asks again within one request.
    /// </summary>
    /// <param name="running">The Pod.</param>
    /// <param name="written">What the injector would have in its annotations after this update.</param>
    public static IEnumerable<Problem> Find(RunningPod running, IReadOnlyDictionary<string, string> written)
    {
        var instances = running.Instances.ToHashSet(StringComparer.Ordinal);
        foreach (var key in running.Changed)
        {
            var isOurs = written.TryGetValue(key, out var right);
            running.Pod.Annotations.TryGetValue(key, out var actual);
            if (isOurs ? actual == right : actual is null)
                continue;
            if (key == AnnotationKeys.Status)
                yield return Problem.Of(key, "is the injector's note of what it did, and nobody else may change it; leave it as it was");
            else if (InstanceOf(key) is { } instance && instances.Contains(instance))
                yield return Problem.Of(key, $"is a file of use {instance}, which the injector writes from its parameters, and nobody else may change it; set {AnnotationKeys.OfParameter(instance, "PARAMETER")}");
        }
    }

    /// <summary>An instance's name holds no dot, a file's may.</summary>
    private static string? InstanceOf(string key) => key.StartsWith(AnnotationKeys.FilePrefix, StringComparison.Ordinal)
        ? key[AnnotationKeys.FilePrefix.Length..].Split('.', 2)[0]
        : null;
}
