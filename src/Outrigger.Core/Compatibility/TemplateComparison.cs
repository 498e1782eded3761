using System.Text.Json.Nodes;
using Outrigger.Core.Catalog;
using Outrigger.Core.Templating;

namespace Outrigger.Core.Compatibility;

/// <summary>
/// What changes in a Pod for those who look at it from outside: the application, a Service, a dashboard, <c>kubectl logs -c</c>. What a
/// pattern's containers do inside is its own affair.
/// </summary>
internal sealed class TemplateComparison(ICollection<Change> changes)
{
    /// <summary>Compares what two versions add to a Pod.</summary>
    public void Compare(PatternTemplates old, PatternTemplates now)
    {
        CompareContainers(old.Containers, now.Containers, "containers");
        CompareContainers(old.InitContainers, now.InitContainers, "initContainers");
        VolumeComparison.Compare(old.Volumes, now.Volumes, changes);
        Compare(PartList.Of(old.ApplicationEnv, Name), PartList.Of(now.ApplicationEnv, Name), "application.env", Breaking);
        Compare(PartList.Of(old.ApplicationEnvFrom, Whole), PartList.Of(now.ApplicationEnvFrom, Whole), "application.envFrom", Breaking);
        Compare(PartList.Of(old.ApplicationMounts, Path), PartList.Of(now.ApplicationMounts, Path), "application.volumeMounts", CompareMounts);
        Compare(PartList.OfMembers(old.Labels), PartList.OfMembers(now.Labels), "labels", Breaking);
        Compare(PartList.OfMembers(old.Annotations), PartList.OfMembers(now.Annotations), "annotations", Breaking);
        Compare(Files(old), Files(now), "files", (before, after, subject) => Fields(before, after, subject, ChangeClass.Patch));
    }

    private void Compare(PartList old, PartList now, string subject, Action<JsonObject, JsonObject, string> compare) =>
        old.Compare(now, subject, changes, _ => null, compare);

    private void CompareContainers(Template? old, Template? now, string subject) =>
        Compare(PartList.Of(old, Name), PartList.Of(now, Name), subject, (before, after, container) =>
        {
            Compare(PartList.Of(before["ports"], Port), PartList.Of(after["ports"], Port), $"{container}.ports", Breaking);
            Fields(before, after, container, ChangeClass.Patch, "name", "ports");
        });

    private void CompareMounts(JsonObject old, JsonObject now, string subject)
    {
        var (before, after) = (IsReadOnly(old) ? "true" : "false", IsReadOnly(now) ? "true" : "false");
        if (before != after)
            changes.Add(new(after == "true" ? ChangeClass.Major : ChangeClass.Minor, $"{subject}.readOnly", before, after));
        Fields(old, now, subject, ChangeClass.Major, "mountPath", "readOnly");
    }

    private void Breaking(JsonObject old, JsonObject now, string subject) => Fields(old, now, subject, ChangeClass.Major, "name");

    private void Fields(JsonObject old, JsonObject now, string subject, ChangeClass change, params string[] except)
    {
        foreach (var field in old.Concat(now).Select(member => member.Key).Distinct().Except(except).Where(field => field[0] != '$'))
        {
            if (!JsonNode.DeepEquals(old[field], now[field]))
                changes.Add(new(change, field == "value" ? subject : $"{subject}.{field}", Written(old[field]), Written(now[field])));
        }
    }

    private static PartList Files(PatternTemplates templates) =>
        new([.. templates.Files.Select(file => (file.Name, new JsonObject { ["value"] = TemplateSource.Of(file.Content) }))]);

    private static string? Written(JsonNode? node) => node is null ? null : PartList.Text(node);

    private static string Name(JsonObject entry) => PartList.Text(entry["name"]);

    private static string Path(JsonObject mount) => PartList.Text(mount["mountPath"]);

    private static string Port(JsonObject port) => PartList.Text(port["name"] ?? port["containerPort"]);

    private static bool IsReadOnly(JsonObject mount) =>
        mount["readOnly"] is JsonValue value && value.TryGetValue(out bool isReadOnly) && isReadOnly;

    private static string Whole(JsonObject entry) => PartList.Text(entry);
}
