using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Outrigger.Core.Parameters;
using Outrigger.Core.Results;
using Outrigger.Core.Templating;

namespace Outrigger.Core.Catalog;

/// <summary>
/// A pattern author's check, beyond what the reader refuses: what works and is still a trap for those who use the pattern.
/// </summary>
public sealed class PatternLint
{
    private readonly Pattern _pattern;
    private readonly List<Problem> _findings = [];

    private PatternLint(Pattern pattern) => _pattern = pattern;

    /// <summary>All findings of a catalog that could be read.</summary>
    /// <param name="snapshot">The catalog, other patterns that its bindings refer to included.</param>
    /// <param name="isMine">Which patterns are looked at, by the file that they were read from.</param>
    public static ImmutableArray<Problem> Check(CatalogSnapshot snapshot, Func<string, bool> isMine) =>
        [.. snapshot.Patterns.Where(pattern => isMine(pattern.Location.File)).SelectMany(pattern => Check(pattern, snapshot))];

    private static List<Problem> Check(Pattern pattern, CatalogSnapshot snapshot)
    {
        var lint = new PatternLint(pattern);
        lint.CheckParameters();
        lint.CheckNames();
        lint.CheckContainers();
        lint.CheckReferences(snapshot);
        lint.CheckSecurity();
        return lint._findings;
    }

    private void CheckParameters()
    {
        if (_pattern.Summary.Length == 0)
            Report(_pattern.Location, "spec.summary", "is missing: one line that says what the pattern does");
        foreach (var (name, parameter) in _pattern.Parameters.Properties)
        {
            var path = $"spec.parameters.properties.{name}";
            CheckDescriptions(parameter, path);
            if (!_pattern.UsedNames.Any(used => used == name || used.StartsWith($"{name}.", StringComparison.Ordinal)))
                Report(parameter.Location, path, "is used nowhere");
        }

        if (_pattern.Templates.Files.Length > 0 && !Mounts().Any(mount => mount == "{{instance}}-files"))
            Report(_pattern.Location, "spec.files", "are mounted by no container: mount the volume \"{{instance}}-files\"");
    }

    private void CheckDescriptions(ParameterSchema schema, string path)
    {
        if (schema.Description.Length == 0)
            Report(schema.Location, $"{path}.description", "is missing: what the value does, and its unit");
        foreach (var (name, property) in schema.Items?.Properties ?? schema.Properties)
            CheckDescriptions(property, $"{path}{(schema.Items is null ? "" : ".items")}.properties.{name}");
    }

    /// <summary>Names that are the same for every use keep a second use of the pattern out of a Pod.</summary>
    private void CheckNames()
    {
        foreach (var (section, entries) in Sections())
        {
            foreach (var entry in entries)
            {
                if (Text(entry, "name") is { } name && !name.Contains("{{", StringComparison.Ordinal))
                    Report(entry.Location, $"{section}.name", $"is {Shown.Quoted(name)} for every use, so that two uses in one Pod clash; write \"{{{{instance}}}}\" into it");
            }
        }
    }

    private void CheckContainers()
    {
        var declared = new HashSet<string>();
        foreach (var container in AllContainers())
        {
            foreach (var port in PatternTree.Items(container, "ports"))
                declared.Add(PatternTree.Source(PatternTree.Member(port, "containerPort")));
        }

        foreach (var container in AllContainers())
        {
            CheckImage(container);
            foreach (var probe in (string[])["startupProbe", "readinessProbe", "livenessProbe"])
            {
                foreach (var action in (string[])["httpGet", "tcpSocket", "grpc"])
                {
                    var port = PatternTree.Source(PatternTree.Member(container, probe, action, "port"));
                    if (port.Length > 0 && !declared.Contains(port) && !IsPortName(container, port))
                        Report(container.Location, $"{probe}.{action}.port", $"is {port}, which no container of the pattern declares in its ports");
                }
            }
        }

        foreach (var (name, parameter) in _pattern.Parameters.Properties)
        {
            var isElsewhere = parameter.IsRemote || parameter.Default is ValueTemplate { Path.Segments: ["app", ..] };
            if (parameter.Format is { Name: "port" } && !isElsewhere && !declared.Contains($"{{{{{name}}}}}"))
                Report(parameter.Location, $"spec.parameters.properties.{name}", "is a port that no container declares in its ports; declare it, or say x-remote: true where others listen on it");
        }
    }

    private void CheckImage(Template container)
    {
        var image = PatternTree.Source(PatternTree.Member(container, "image"));
        if (image.Length > 4 && image.StartsWith("{{", StringComparison.Ordinal) && _pattern.Parameters[image[2..^2].Trim()] is { } parameter)
        {
            if (!parameter.IsSetByOperator)
                Report(parameter.Location, $"spec.parameters.properties.{image[2..^2].Trim()}", "chooses an image; say x-set-by: operator, or any Pod's author chooses it");
            image = parameter.Default is ConstantTemplate { Value: JsonValue constant } ? constant.ToString() : "";
        }

        var tag = image[(image.LastIndexOf('/') + 1)..];
        if (image.Length > 0 && (!tag.Contains(':', StringComparison.Ordinal) || tag.EndsWith(":latest", StringComparison.Ordinal)))
            Report(container.Location, "image", $"is {image}, which names no fixed version");
    }

    private void CheckReferences(CatalogSnapshot snapshot)
    {
        var names = snapshot.VisibleIn(_pattern.Namespace).Select(pattern => pattern.Name).ToHashSet();
        foreach (var name in _pattern.After.Concat(_pattern.ConflictsWith).Where(name => !names.Contains(name)))
            Report(_pattern.Location, _pattern.After.Contains(name) ? "spec.after" : "spec.conflictsWith", $"names {Shown.Quoted(name)}, which is no pattern of this catalog{Nearest.Hint(name, names)}");
    }

    private void CheckSecurity()
    {
        foreach (var container in AllContainers())
        {
            foreach (var breach in PodSecurity.Breaches(container, _pattern.SecurityLevel))
                Report(container.Location, breach.Field, $"{breach.Why}, which breaks the Pod Security level {PodSecurity.Name(_pattern.SecurityLevel)} that the pattern declares (spec.securityLevel)");
        }

        foreach (var volume in _pattern.Templates.Volumes is { } volumes ? PatternRules.Items(volumes) : [])
        {
            if (_pattern.SecurityLevel != SecurityLevel.Privileged && PatternTree.Member(volume, "hostPath") is not null)
                Report(volume.Location, "spec.volumes.hostPath", $"is the node's file system, which breaks the Pod Security level {PodSecurity.Name(_pattern.SecurityLevel)} that the pattern declares (spec.securityLevel)");
        }
    }

    private IEnumerable<(string Section, IEnumerable<Template> Entries)> Sections()
    {
        foreach (var (section, template) in (IEnumerable<(string, Template?)>)
            [("spec.containers", _pattern.Templates.Containers), ("spec.initContainers", _pattern.Templates.InitContainers), ("spec.volumes", _pattern.Templates.Volumes)])
        {
            if (template is not null)
                yield return (section, PatternRules.Items(template));
        }
    }

    private IEnumerable<Template> AllContainers() => Sections().Where(section => section.Section != "spec.volumes").SelectMany(section => section.Entries);

    private IEnumerable<string> Mounts() =>
        AllContainers().SelectMany(container => PatternTree.Items(container, "volumeMounts"))
            .Concat(_pattern.Templates.ApplicationMounts is { } mounts ? PatternRules.Items(mounts) : [])
            .Select(mount => Text(mount, "name") ?? "");

    private static bool IsPortName(Template container, string port) =>
        PatternTree.Items(container, "ports").Any(entry => PatternTree.Source(PatternTree.Member(entry, "name")) == port);

    private static string? Text(Template entry, string key) => PatternTree.Member(entry, key) is { } member ? PatternTree.Source(member) : null;

    private void Report(SourceLocation location, string subject, string message) => _findings.Add(Problem.At(location, subject, message));
}
