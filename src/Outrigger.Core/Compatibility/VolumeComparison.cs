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
            var (kind, other) = (Kind(before), Kind(after));
            var change = OfThePod.Contains(kind) ? ChangeClass.Patch : ChangeClass.Major;
            if (kind != other)
                changes.Add(new(ChangeClass.Major, volume, kind, other));
            else if (!JsonNode.DeepEquals(before[kind], after[kind]))
                changes.Add(new(change, $"{volume}.{kind}", PartList.Text(before[kind]), PartList.Text(after[kind])));
        });

    private static Change? Added(JsonObject volume)
    {
        var kind = Kind(volume);
        return OfTheNamespace.Contains(kind) && volume["$when"] is null && !IsOptional(volume[kind])
            ? new(ChangeClass.Major, "", null, PartList.Text(volume), $"without that {kind} the Pod does not start")
            : null;
    }

    private static bool IsOptional(JsonNode? source) =>
        source is JsonObject fields && fields["optional"] is JsonValue value && value.TryGetValue(out bool isOptional) && isOptional;

    private static string Name(JsonObject volume) => PartList.Text(volume["name"]);

    private static string Kind(JsonObject volume) =>
        volume.Select(member => member.Key).FirstOrDefault(key => key != "name" && !key.StartsWith('$')) ?? "emptyDir";
}
