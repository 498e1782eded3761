using Outrigger.Core.Catalog;

namespace Outrigger.Cli.Docs;

/// <summary>What a pattern adds to a Pod, as tables.</summary>
internal sealed class PodParts(PatternTemplates templates)
{
    private const string FilesVolume = "{{instance}}-files";

    private readonly List<(WrittenEntry Entry, bool IsInit)> _containers =
    [
        .. WrittenEntry.Of(templates.Containers).Select(entry => (entry, false)),
        .. WrittenEntry.Of(templates.InitContainers).Select(entry => (entry, true)),
    ];

    /// <summary>Each table that has rows, under its title.</summary>
    public IEnumerable<(string Title, string Table)> Tables() =>
        from part in ((string Title, string Table)[])
        [
            ("Containers", Containers()),
            ("Ports", Ports()),
            ("Volumes", Volumes()),
            ("Files", Files()),
            ("Environment of the application", Environment()),
            ("Mounts of the application", Mounts()),
            ("Labels", Texts(WrittenEntry.OfMembers(templates.Labels), "label")),
            ("Annotations", Texts(WrittenEntry.OfMembers(templates.Annotations), "annotation")),
        ]
        where part.Table.Length > 0
        select part;

    private string Containers() => Markdown.Table(
        ["container", "image", "kind"],
        [
            .. _containers.Select(one => (string[])
                [Named(one.Entry), Markdown.Code(one.Entry["image"]), one.IsInit ? "init container" : "beside the application"]),
        ]);

    private string Ports() => Markdown.Table(
        ["port", "number", "protocol", "container"],
        [
            .. from container in _containers
               from port in WrittenEntry.Of(container.Entry.Fields["ports"])
               let protocol = port["protocol"]
               select (string[])
               [
                   Markdown.Code(port["name"]), Markdown.Code(port["containerPort"]) + port.Condition,
                   protocol.Length == 0 ? "TCP" : protocol, Markdown.Code(container.Entry["name"]),
               ],
        ]);

    private string Volumes()
    {
        var volumes = WrittenEntry.Of(templates.Volumes).Select(volume => (Name: volume["name"], Cells: (string[])[Named(volume), Kind(volume)]));
        if (!templates.Files.IsEmpty)
            volumes = volumes.Append((FilesVolume, [Markdown.Code(FilesVolume), "the files below"]));
        return Markdown.Table(["volume", "is", "mounted at"], [.. volumes.Select(volume => (string[])[.. volume.Cells, MountedAt(volume.Name)])]);
    }

    private string Files() => Markdown.Table(
        ["file", "path"],
        [.. templates.Files.Select(file => (string[])[Markdown.Code(file.Name), PathsOf(file.Name)])]);

    private string Environment() => Markdown.Table(
        ["variable", "value"],
        [
            .. WrittenEntry.Of(templates.ApplicationEnv).Select(one => (string[])
                [Named(one), Markdown.Code(one.Fields.ContainsKey("valueFrom") ? one["valueFrom"] : one["value"])]),
            .. WrittenEntry.Of(templates.ApplicationEnvFrom).Select(one => (string[])
                ["all of" + one.Condition, Markdown.Code(WrittenEntry.Text(one.Fields))]),
        ]);

    private string Mounts() => Markdown.Table(
        ["path", "volume", "may be written"],
        [
            .. WrittenEntry.Of(templates.ApplicationMounts).Select(mount => (string[])
                [Markdown.Code(mount["mountPath"]) + mount.Condition, Markdown.Code(mount["name"]), mount["readOnly"] == "true" ? "no" : "yes"]),
        ]);

    private string MountedAt(string volume) => string.Join("; ", MountsOf(volume).Select(mount => $"{Markdown.Code(mount.Path)} of {mount.Owner}"));

    private string PathsOf(string file) => string.Join("; ",
        from mount in MountsOf(FilesVolume)
        let path = mount.SubPath.Length == 0 ? $"{mount.Path.TrimEnd('/')}/{file}" : mount.Path
        where mount.SubPath.Length == 0 || mount.SubPath == file
        select $"{Markdown.Code(path)} of {mount.Owner}");

    private IEnumerable<(string Path, string SubPath, string Owner)> MountsOf(string volume)
    {
        var mounts = from container in _containers
                     from mount in WrittenEntry.Of(container.Entry.Fields["volumeMounts"])
                     select (Mount: mount, Owner: Markdown.Code(container.Entry["name"]));
        return from one in mounts.Concat(WrittenEntry.Of(templates.ApplicationMounts).Select(mount => (Mount: mount, Owner: "the application")))
               where one.Mount["name"] == volume
               select (one.Mount["mountPath"], one.Mount["subPath"], one.Owner);
    }

    private static string Texts(IEnumerable<WrittenEntry> members, string title) => Markdown.Table(
        [title, "value"],
        [.. members.Select(member => (string[])[Markdown.Code(member["key"]) + member.Condition, Markdown.Code(member["value"])])]);

    private static string Named(WrittenEntry entry) => Markdown.Code(entry["name"]) + entry.Condition;

    private static string Kind(WrittenEntry volume)
    {
        var (kind, source) = volume.Fields.FirstOrDefault(member => member.Key != "name");
        var details = WrittenEntry.Text(source);
        return kind is null ? "" : Markdown.Code(kind) + (details is "{}" or "" ? "" : $": {Markdown.Code(details)}");
    }
}
