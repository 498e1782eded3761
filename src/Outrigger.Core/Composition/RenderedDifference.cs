using System.Text.Json.Nodes;

namespace Outrigger.Core.Composition;

/// <summary>Where two renderings of one use differ.</summary>
internal static class RenderedDifference
{
    /// <summary>The parts that differ, by their titles, the content of files aside: <c>ports of container https</c>, <c>volume https-tls</c>.</summary>
    public static IEnumerable<string> Parts(RenderedUse before, RenderedUse after, string application) =>
    [
        .. Entries(before.Containers.AddRange(before.InitContainers), after.Containers.AddRange(after.InitContainers), "name", InContainer),
        .. Entries(before.Volumes, after.Volumes, "name", (name, _, _) => [PartTitles.Volume(name)]),
        .. Entries(before.Env, after.Env, "name", (name, _, _) => [PartTitles.Variable(name, application)]),
        .. Entries(before.EnvFrom, after.EnvFrom, EnvFromKey.Of, (key, _, _) => [PartTitles.VariableSource(key, application)]),
        .. Entries(before.Mounts, after.Mounts, "mountPath", (path, _, _) => [PartTitles.Mount(path, application)]),
        .. Texts(before.Labels, after.Labels).Select(PartTitles.Label),
        .. Texts(before.Annotations, after.Annotations).Select(PartTitles.Annotation),
    ];

    /// <summary>The names of files whose content differs.</summary>
    public static IEnumerable<string> Files(RenderedUse before, RenderedUse after) => Texts(before.Files, after.Files);

    private static IEnumerable<string> InContainer(string name, JsonObject? before, JsonObject? after)
    {
        if (before is null || after is null)
            return [PartTitles.Container(name)];
        return before.Concat(after).Select(member => member.Key).Distinct()
            .Where(key => !JsonNode.DeepEquals(before[key], after[key]))
            .Select(key => $"{key} of {PartTitles.Container(name)}");
    }

    private static List<string> Entries(
        IReadOnlyList<JsonObject> before, IReadOnlyList<JsonObject> after, string key, Func<string, JsonObject?, JsonObject?, IEnumerable<string>> titles) =>
        Entries(before, after, entry => entry[key]?.ToString() ?? "", titles);

    private static List<string> Entries(
        IReadOnlyList<JsonObject> before, IReadOnlyList<JsonObject> after, Func<JsonObject, string> nameOf, Func<string, JsonObject?, JsonObject?, IEnumerable<string>> titles)
    {
        var (old, now) = (before.ToLookup(nameOf), after.ToLookup(nameOf));
        var names = before.Concat(after).Select(nameOf).Distinct();
        var changed = names.Where(name => !Same(old[name], now[name])).SelectMany(name => titles(name, old[name].FirstOrDefault(), now[name].FirstOrDefault())).ToList();
        // The same entries in another order.
        return changed.Count > 0 || before.Select(nameOf).SequenceEqual(after.Select(nameOf))
            ? changed
            : [.. before.SelectMany(entry => titles(nameOf(entry), null, entry))];
    }

    private static bool Same(IEnumerable<JsonObject> before, IEnumerable<JsonObject> after) => before.SequenceEqual(after, EqualityComparer<JsonObject>.Create(JsonNode.DeepEquals));

    private static IEnumerable<string> Texts(IEnumerable<KeyValuePair<string, string>> before, IEnumerable<KeyValuePair<string, string>> after)
    {
        var old = before.ToDictionary(StringComparer.Ordinal);
        var now = after.ToDictionary(StringComparer.Ordinal);
        return old.Keys.Union(now.Keys).Where(key => old.GetValueOrDefault(key) != now.GetValueOrDefault(key));
    }
}
