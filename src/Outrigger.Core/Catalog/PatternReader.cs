using System.Buffers;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Outrigger.Core.Manifests;
using Outrigger.Core.Parameters;
using Outrigger.Core.Results;
using Outrigger.Core.Templating;

namespace Outrigger.Core.Catalog;

/// <summary>Reads <c>Pattern</c> and <c>ClusterPattern</c> documents.</summary>
internal static class PatternReader
{
    /// <summary>The pattern, as far as it can be read; <see cref="PatternRules"/> has not looked at it yet.</summary>
    public static Pattern Read(DocumentHead head, SourceFields spec, SourceNode specNode, ICollection<Problem> problems)
    {
        var pattern = new Pattern
        {
            Name = ReadName(head, spec, problems),
            Namespace = head.Namespace,
            Version = ReadVersion(spec, problems),
            IsDefault = spec.Flag("default"),
            Role = Choose(spec, "role", true, Roles.All.ToDictionary(role => role.Name(), role => role), problems),
            Summary = spec.Text("summary") ?? "",
            Description = spec.Text("description") ?? "",
            Parameters = SchemaReader.Read(spec.Node("parameters"), spec.PathOf("parameters"), problems),
            Templates = ReadTemplates(spec, problems),
            IsLive = spec.Flag("live"),
            IsFirst = Choose(spec, "order", false, new Dictionary<string, bool> { ["last"] = false, ["first"] = true }, problems),
            SharesProcessNamespace = spec.Flag("shareProcessNamespace"),
            AllowsHostNetwork = spec.Flag("hostNetwork"),
            SecurityLevel = Choose(spec, "securityLevel", false, Levels, problems),
            WithoutProbes = ReadUnprobed(spec, problems),
            ConflictsWith = spec.Texts("conflictsWith"),
            After = spec.Texts("after"),
            Revision = HashOf(specNode, _ => true),
            Content = HashOf(specNode, field => field is not ("version" or "default")),
            DocumentLabels = head.Labels,
            Location = head.Location,
        };
        spec.RefuseOthers();
        return pattern;
    }

    private static readonly Dictionary<string, SecurityLevel> Levels = new()
    {
        ["restricted"] = SecurityLevel.Restricted,
        ["baseline"] = SecurityLevel.Baseline,
        ["privileged"] = SecurityLevel.Privileged,
    };

    private static string ReadName(DocumentHead head, SourceFields spec, ICollection<Problem> problems)
    {
        var name = spec.Text("pattern") ?? head.Name;
        // "files" would make the annotations of a use look like the files of one.
        if (!KubernetesFormats.IsDnsLabel(name) || name == "files")
            problems.Add(Problem.At(spec.Location, spec.PathOf("pattern"), $"{Shown.Quoted(name)} cannot name a pattern; it must be {ValueFormat.All["dns-label"].Allowed}, and not files"));
        return name;
    }

    private static SemanticVersion ReadVersion(SourceFields spec, ICollection<Problem> problems)
    {
        var text = spec.Text("version", required: true);
        if (text is not null && SemanticVersion.Parse(text) is { } version)
            return version;
        if (text is not null)
            problems.Add(Problem.At(spec.Location, spec.PathOf("version"), $"{Shown.Quoted(text)} is no version; it must be MAJOR.MINOR.PATCH (https://semver.org)"));
        return SemanticVersion.Parse("0.0.0")!;
    }

    private static T? Choose<T>(SourceFields spec, string key, bool required, Dictionary<string, T> choices, ICollection<Problem> problems)
    {
        if (spec.Text(key, required) is not { } text)
            return default;
        if (choices.TryGetValue(text, out var choice))
            return choice;
        problems.Add(Problem.At(spec.Location, spec.PathOf(key),
            $"{Shown.Quoted(text)} is not known{Nearest.Hint(text, choices.Keys)}; allowed are {Shown.List(choices.Keys)}"));
        return default;
    }

    private static PatternTemplates ReadTemplates(SourceFields spec, ICollection<Problem> problems)
    {
        var application = spec.Mapping("application");
        var templates = new PatternTemplates
        {
            Files = ReadFiles(spec, problems),
            Containers = ReadTemplate<SourceSequence>(spec, "containers", problems),
            InitContainers = ReadTemplate<SourceSequence>(spec, "initContainers", problems),
            Volumes = ReadTemplate<SourceSequence>(spec, "volumes", problems),
            ApplicationEnv = ReadTemplate<SourceSequence>(application, "env", problems),
            ApplicationEnvFrom = ReadTemplate<SourceSequence>(application, "envFrom", problems),
            ApplicationMounts = ReadTemplate<SourceSequence>(application, "volumeMounts", problems),
            Labels = ReadTemplate<SourceMapping>(spec, "labels", problems),
            Annotations = ReadTemplate<SourceMapping>(spec, "annotations", problems),
        };
        application?.RefuseOthers();
        return templates;
    }

    private static Template? ReadTemplate<TNode>(SourceFields? fields, string key, ICollection<Problem> problems)
        where TNode : SourceNode
    {
        if (fields?.Node(key) is not { } node)
            return null;
        if (node is not TNode)
        {
            fields.Wrong(key, node, typeof(TNode) == typeof(SourceSequence) ? "a list" : "a mapping");
            return null;
        }

        var parsed = Template.Parse(node, fields.PathOf(key));
        foreach (var problem in parsed.Problems)
            problems.Add(problem);
        return parsed.TryGet(out var template) ? template : null;
    }

    private static ImmutableArray<FileTemplate> ReadFiles(SourceFields spec, ICollection<Problem> problems)
    {
        var files = ImmutableArray.CreateBuilder<FileTemplate>();
        foreach (var entry in spec.Entries("files"))
        {
            var path = $"{spec.PathOf("files")}.{entry.Key}";
            // INSTANCE.FILE is the name part of an annotation's key, which Kubernetes bounds by 63 characters.
            if (!KubernetesFormats.IsQualifiedName(entry.Key) || entry.Key.Length > 61)
                problems.Add(Problem.At(entry.KeyLocation, path, "must be named by up to 61 letters, digits, -, _ and ., a letter or digit at both ends: the name is part of an annotation's key"));
            if (entry.Value is not SourceScalar { Type: ScalarType.Text } text)
            {
                problems.Add(Problem.At(entry.Value.Location, path, "must be a text"));
                continue;
            }

            var parsed = TextTemplate.Parse(text.Text, text.TextLocation, path);
            foreach (var problem in parsed.Problems)
                problems.Add(problem);
            if (parsed.TryGet(out var content))
                files.Add(new(entry.Key, content, text.Location));
        }

        return files.ToImmutable();
    }

    private static ImmutableArray<UnprobedContainer> ReadUnprobed(SourceFields spec, ICollection<Problem> problems)
    {
        var entries = ImmutableArray.CreateBuilder<UnprobedContainer>();
        foreach (var (index, item) in spec.Items("withoutProbes").Index())
        {
            var path = $"withoutProbes[{index}]";
            if (item is not SourceMapping mapping)
            {
                spec.Wrong(path, item, "a mapping with container and reason");
                continue;
            }

            var fields = new SourceFields(mapping, spec.PathOf(path), problems);
            entries.Add(new(fields.Text("container", required: true) ?? "", fields.Text("reason", required: true) ?? "", item.Location));
            fields.RefuseOthers();
        }

        return entries.ToImmutable();
    }

    /// <summary>A hash of what the document says: the order of its fields counts, its comments and formatting do not.</summary>
    private static string HashOf(SourceNode spec, Func<string, bool> counts)
    {
        var fields = spec.ToJson() as JsonObject ?? [];
        foreach (var field in fields.Select(field => field.Key).Where(field => !counts(field)).ToList())
            fields.Remove(field);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            fields.WriteTo(writer);
        return Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan))[..12];
    }
}
