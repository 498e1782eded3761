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
        PartList.Of(old.ApplicationEnv, Name).Compare(PartList.Of(now.ApplicationEnv, Name), "application.env", changes, _ => null, Breaking);
        PartList.Of(old.ApplicationEnvFrom, entry => PartList.Text(entry)).Compare(
            PartList.Of(now.ApplicationEnvFrom, entry => PartList.Text(entry)), "application.envFrom", changes, _ => null, Breaking);
        PartList.Of(old.ApplicationMounts, Path).Compare(PartList.Of(now.ApplicationMounts, Path), "application.volumeMounts", changes, _ => null, CompareMounts);
        PartList.OfMembers(old.Labels).Compare(PartList.OfMembers(now.Labels), "labels", changes, _ => null, Breaking);
        PartList.OfMembers(old.Annotations).Compare(PartList.OfMembers(now.Annotations), "annotations", changes, _ => null, Breaking);
        Files(old).Compare(Files(now), "files", changes, _ => null, (before, after, subject) => Fields(before, after, subject, ChangeClass.Patch));
    }

    private void CompareContainers(Template? old, Template? now, string subject) =>
        PartList.Of(old, Name).Compare(PartList.Of(now, Name), subject, changes, _ => null, (before, after, container) =>
        {
            PartList.Of(before["ports"], Port).Compare(PartList.Of(after["ports"], Port), $"{container}.ports", changes, _ => null, Breaking);
            Fields(before, after, container, ChangeClass.Patch, "name", "ports");
        });

    private void CompareMounts(JsonObject old, JsonObject now, string subject)
    {
        var (before, after) = (IsReadOnly(old), IsReadOnly(now));
        if (before != after)
            changes.Add(new(after ? ChangeClass.Major : ChangeClass.Minor, $"{subject}.readOnly", before ? "true" : "false", after ? "true" : "false"));
        Fields(old, now, subject, ChangeClass.Major, "mountPath", "readOnly");
    }

    private void Breaking(JsonObject old, JsonObject now, string subject) => Fields(old, now, subject, ChangeClass.Major, "name");

    private void Fields(JsonObject old, JsonObject now, string subject, ChangeClass change, params string[] except)
    {
        foreach (var field in old.Concat(now).Select(member => member.Key).Distinct().Where(field => !except.Contains(field) && field is not ("$when" or "$each")))
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

    private static bool IsReadOnly(JsonObject mount) => mount["readOnly"] is JsonValue value && value.TryGetValue(out bool isReadOnly) && isReadOnly;
}
