using System.Text.Json.Nodes;
using Outrigger.Core.Templating;

namespace Outrigger.Core.Compatibility;

/// <summary>What changes in the volumes: one that shows an object of the namespace asks for that object.</summary>
internal static class VolumeComparison
{
    /// <summary>Volumes that hold nothing but what the Pod itself has.</summary>
    private static readonly string[] OfThePod = ["emptyDir", "downwardAPI"];

    /// <summary>Volumes without whose object a Pod does not start.</summary>
    private static readonly string[] OfTheNamespace = ["secret", "configMap", "persistentVolumeClaim"];

    /// <summary>Adds what is different.</summary>
    public static void Compare(Template? old, Template? now, ICollection<Change> changes) =>
        PartList.Of(old, Name).Compare(PartList.Of(now, Name), "volumes", changes, Added, (before, after, volume) =>
        {
            var (was, isNow) = (Kind(before), Kind(after));
            if (was != isNow)
                changes.Add(new(ChangeClass.Major, volume, was, isNow));
            else if (!JsonNode.DeepEquals(before[was], after[isNow]))
                changes.Add(new(OfThePod.Contains(was) ? ChangeClass.Patch : ChangeClass.Major, $"{volume}.{was}", PartList.Text(before[was]), PartList.Text(after[isNow])));
        });

    private static Change? Added(JsonObject volume)
    {
        var kind = Kind(volume);
        var isNeeded = OfTheNamespace.Contains(kind) && volume["$when"] is null
            && !(volume[kind] is JsonObject source && source["optional"] is JsonValue optional && optional.TryGetValue(out bool isOptional) && isOptional);
        return isNeeded ? new(ChangeClass.Major, "", null, PartList.Text(volume), $"without that {kind} the Pod does not start") : null;
    }

    private static string Name(JsonObject volume) => PartList.Text(volume["name"]);

    private static string Kind(JsonObject volume) => volume.Select(member => member.Key).FirstOrDefault(key => key != "name" && !key.StartsWith('$')) ?? "emptyDir";
}
