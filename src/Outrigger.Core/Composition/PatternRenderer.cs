using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Outrigger.Core.Catalog;
using Outrigger.Core.Selection;
using Outrigger.Core.Templating;

namespace Outrigger.Core.Composition;

/// <summary>Renders one use: a pattern's templates with the use's values become what it wants to add.</summary>
public static class PatternRenderer
{
    /// <summary>Everything that a use adds to a Pod that has nothing of it yet.</summary>
    /// <param name="bound">The use and its values.</param>
    /// <param name="facts">What the Pod says.</param>
    /// <param name="installation">The installation's settings.</param>
    /// <param name="nativeSidecars">Whether containers become native sidecars in this Pod.</param>
    public static RenderedUse Render(BoundUse bound, PodFacts facts, Installation installation, bool nativeSidecars)
    {
        var (use, templates) = (bound.Use, bound.Use.Pattern.Templates);
        var scope = ScopeOf(bound, facts);
        var containers = Entries(templates.Containers, scope);
        var initContainers = Entries(templates.InitContainers, scope);
        foreach (var container in containers.Concat(initContainers))
            StringFields.InContainer(container);
        if (installation.ImageRegistry is { } registry)
        {
            foreach (var container in containers.Concat(initContainers))
            {
                if (container["image"] is JsonValue value && value.TryGetValue(out string? image) && image.Length > 0)
                    container["image"] = $"{registry.TrimEnd('/')}/{image}";
            }
        }

        if (nativeSidecars)
        {
            foreach (var container in containers)
                container["restartPolicy"] = "Always";
            (initContainers, containers) = (initContainers.AddRange(containers), []);
        }

        var volumes = Entries(templates.Volumes, scope);
        var env = Entries(templates.ApplicationEnv, scope);
        foreach (var variable in env)
            StringFields.InVariable(variable);
        return new()
        {
            Bound = bound,
            Containers = containers,
            InitContainers = initContainers,
            Volumes = templates.Files.IsEmpty ? volumes : volumes.Add(FilesVolume(use.Instance, templates.Files)),
            Env = env,
            EnvFrom = Entries(templates.ApplicationEnvFrom, scope),
            Mounts = Entries(templates.ApplicationMounts, scope),
            Labels = Texts(templates.Labels, scope),
            Annotations = Texts(templates.Annotations, scope),
            Files = [.. templates.Files.Select(file => KeyValuePair.Create(file.Name, TemplateRenderer.Render(file.Content, scope)))],
        };
    }

    /// <summary>The names of a use's defaults: what the Pod says, without the parameters.</summary>
    public static Scope DefaultsScope(Use use, PodFacts facts) => new(Names(use, facts));

    private static Scope ScopeOf(BoundUse bound, PodFacts facts)
    {
        var names = Names(bound.Use, facts);
        foreach (var parameter in bound.Parameters)
            names[parameter.Name] = parameter.Value;
        return new(names);
    }

    private static Dictionary<string, JsonNode?> Names(Use use, PodFacts facts) => new(StringComparer.Ordinal)
    {
        ["instance"] = JsonValue.Create(use.Instance),
        ["pod"] = facts.Pod,
        ["app"] = facts.App,
    };

    private static ImmutableArray<JsonObject> Entries(Template? template, Scope scope)
    {
        if (template is null || TemplateRenderer.Render(template, scope) is not JsonArray { Count: > 0 } rendered)
            return [];
        var entries = ImmutableArray.CreateBuilder<JsonObject>(rendered.Count);
        foreach (var node in rendered)
            entries.Add(node!.AsObject());
        // Entries go to different lists of the Pod; a node has one parent.
        rendered.Clear();
        return entries.MoveToImmutable();
    }

    private static ImmutableArray<KeyValuePair<string, string>> Texts(Template? template, Scope scope) =>
        template is null || TemplateRenderer.Render(template, scope) is not JsonObject rendered
            ? []
            : [.. rendered.Select(member => KeyValuePair.Create(member.Key, StringFields.Text(member.Value!)))];

    /// <summary>
    /// The volume in which annotations are files: the kubelet writes them, and writes them again when they change
    /// (https://kubernetes.io/docs/concepts/storage/volumes/#downwardapi).
    /// </summary>
    private static JsonObject FilesVolume(string instance, ImmutableArray<FileTemplate> files) => new()
    {
        ["name"] = $"{instance}-files",
        ["downwardAPI"] = new JsonObject
        {
            ["items"] = new JsonArray([.. files.Select(file => new JsonObject
            {
                ["path"] = file.Name,
                ["fieldRef"] = new JsonObject { ["fieldPath"] = $"metadata.annotations['{AnnotationKeys.OfFile(instance, file.Name)}']" },
            })]),
        },
    };
}
