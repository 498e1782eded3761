using System.Collections.Immutable;
using System.Text.Json;

namespace Outrigger.Core.Selection;

/// <summary>What an update does to the annotations of the domain; those of others are nobody's business here.</summary>
public static class AnnotationChanges
{
    /// <summary>
    /// The keys that were set, changed or removed. Most updates of a Pod change none (a controller's labels, a finalizer), so nothing else of the
    /// two Pods is looked at.
    /// </summary>
    public static ImmutableSortedSet<string> Between(JsonElement before, JsonElement after)
    {
        var changed = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
        var old = Ours(before);
        foreach (var (key, value) in Ours(after))
        {
            if (!old.Remove(key, out var earlier) || !IsSame(earlier, value))
                changed.Add(key);
        }

        changed.UnionWith(old.Keys);
        return changed.ToImmutable();
    }

    /// <summary>The parameters of an instance that were set, changed or removed, by name.</summary>
    public static ImmutableArray<ChangedParameter> Parameters(string instance, PodAnnotations before, PodAnnotations after)
    {
        var (old, now) = (before.ParametersOf(instance), after.ParametersOf(instance));
        return
        [
            .. old.Concat(now).DistinctBy(parameter => parameter.Key)
                .Where(parameter => !old.TryGetValue(parameter.Key, out var was) || !now.TryGetValue(parameter.Key, out var text) || was.Text != text.Text)
                .Select(parameter => new ChangedParameter(parameter.Key, parameter.Value.Key))
                .OrderBy(parameter => parameter.Name, StringComparer.Ordinal),
        ];
    }

    private static Dictionary<string, JsonElement> Ours(JsonElement pod)
    {
        var ours = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var annotations = PodView.Member(PodView.Member(pod, "metadata"), "annotations");
        if (annotations.ValueKind != JsonValueKind.Object)
            return ours;
        foreach (var annotation in annotations.EnumerateObject())
        {
            var key = annotation.Name;
            if (AnnotationKeys.IsOurs(key))
                ours[key] = annotation.Value;
        }

        return ours;
    }

    private static bool IsSame(JsonElement before, JsonElement after) =>
        before.ValueKind == JsonValueKind.String && after.ValueKind == JsonValueKind.String
            ? before.GetString() == after.GetString()
            : before.GetRawText() == after.GetRawText();
}

/// <summary>A parameter whose annotation an update sets, changes or removes.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Key">The annotation.</param>
public sealed record ChangedParameter(string Name, string Key);
