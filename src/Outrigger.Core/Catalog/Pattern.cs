using System.Collections.Immutable;
using Outrigger.Core.Parameters;
using Outrigger.Core.Results;
using Outrigger.Core.Templating;

namespace Outrigger.Core.Catalog;

/// <summary>
/// A reusable, parametrized, versioned definition of what joins a Pod: one document of kind <c>ClusterPattern</c> or <c>Pattern</c>,
/// checked and compiled.
/// </summary>
public sealed record Pattern
{
    private readonly ImmutableArray<string> _usedFacts = [];

    /// <summary>The name in annotations: a DNS label.</summary>
    public required string Name { get; init; }

    /// <summary>The namespace whose Pods alone see it (kind <c>Pattern</c>); null for a <c>ClusterPattern</c>.</summary>
    public string? Namespace { get; init; }

    /// <summary>Its version; several documents may hold several versions of one name.</summary>
    public required SemanticVersion Version { get; init; }

    /// <summary>Whether a use without a version gets this one. At most one version of a name says so.</summary>
    public bool IsDefault { get; init; }

    /// <summary>What it is to the application.</summary>
    public required Role Role { get; init; }

    /// <summary>One line of text.</summary>
    public string Summary { get; init; } = "";

    /// <summary>Markdown; may be empty.</summary>
    public string Description { get; init; } = "";

    /// <summary>Its parameters: a schema of type object.</summary>
    public required ParameterSchema Parameters { get; init; }

    /// <summary>What it adds.</summary>
    public required PatternTemplates Templates { get; init; }

    /// <summary>Whether its containers notice changed files by themselves.</summary>
    public bool IsLive { get; init; }

    /// <summary>Whether its init containers and native sidecars go before the user's own.</summary>
    public bool IsFirst { get; init; }

    /// <summary>Whether it needs one process namespace for all containers of the Pod.</summary>
    public bool SharesProcessNamespace { get; init; }

    /// <summary>Whether Pods in the node's network may get it.</summary>
    public bool AllowsHostNetwork { get; init; }

    /// <summary>The Pod Security level that its containers keep to, as its author declares it.</summary>
    public SecurityLevel SecurityLevel { get; init; }

    /// <summary>Its containers that go without probes, and why.</summary>
    public ImmutableArray<UnprobedContainer> WithoutProbes { get; init; } = [];

    /// <summary>Names of patterns that may not be in the same Pod.</summary>
    public ImmutableArray<string> ConflictsWith { get; init; } = [];

    /// <summary>Names of patterns that go before it in the same Pod.</summary>
    public ImmutableArray<string> After { get; init; } = [];

    /// <summary>The names that its templates use, at most two segments of each: <c>port</c>, <c>app.image</c>, <c>pod.labels</c>.</summary>
    public ImmutableHashSet<string> UsedNames
    {
        get;
        init
        {
            field = value;
            _usedFacts = [.. value.Where(name => name is "app" or "pod" || name.StartsWith("app.", StringComparison.Ordinal) || name.StartsWith("pod.", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)];
        }
    } = [];

    /// <summary>Those of <see cref="UsedNames"/> that a Pod says, in order.</summary>
    public ImmutableArray<string> UsedFacts => _usedFacts;

    /// <summary>12 hexadecimal digits that change whenever the document's <c>spec</c> does, whatever its formatting.</summary>
    public required string Revision { get; init; }

    /// <summary>
    /// As <see cref="Revision"/>, but without the version, and whether or not it is the default one: the same for two versions that are the
    /// same pattern.
    /// </summary>
    public required string Content { get; init; }

    /// <summary>The labels of the document itself (<c>metadata.labels</c>), as far as they are strings.</summary>
    public ImmutableDictionary<string, string> DocumentLabels { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Where it was read.</summary>
    public required SourceLocation Location { get; init; }

    /// <summary><c>https@1.0.0</c>.</summary>
    public string Title => $"{Name}@{Version}";
}

/// <summary>The templates of a pattern, compiled. Absent sections are empty.</summary>
public sealed record PatternTemplates
{
    /// <summary>Texts by file name; each becomes a file in the volume <c>INSTANCE-files</c>.</summary>
    public ImmutableArray<FileTemplate> Files { get; init; } = [];

    /// <summary>A sequence of containers, or null.</summary>
    public Template? Containers { get; init; }

    /// <summary>A sequence of init containers, or null.</summary>
    public Template? InitContainers { get; init; }

    /// <summary>A sequence of volumes, or null.</summary>
    public Template? Volumes { get; init; }

    /// <summary>A sequence of environment variables for the application container, or null.</summary>
    public Template? ApplicationEnv { get; init; }

    /// <summary>A sequence of envFrom entries for the application container, or null.</summary>
    public Template? ApplicationEnvFrom { get; init; }

    /// <summary>A sequence of volume mounts for the application container, or null.</summary>
    public Template? ApplicationMounts { get; init; }

    /// <summary>A mapping of labels for the Pod, or null.</summary>
    public Template? Labels { get; init; }

    /// <summary>A mapping of annotations for the Pod, or null.</summary>
    public Template? Annotations { get; init; }
}

/// <summary>One file of a pattern.</summary>
/// <param name="Name">The file's name in the volume.</param>
/// <param name="Content">Its text.</param>
/// <param name="Location">Where it is written.</param>
public sealed record FileTemplate(string Name, TextTemplate Content, SourceLocation Location);

/// <summary>A container that goes without a startup or a readiness probe.</summary>
/// <param name="Container">Its name as the pattern writes it, with expressions.</param>
/// <param name="Reason">Why, for people.</param>
/// <param name="Location">Where this is written.</param>
public sealed record UnprobedContainer(string Container, string Reason, SourceLocation Location);

/// <summary>
/// The levels of the Pod Security Standards, strictest first
/// (https://kubernetes.io/docs/concepts/security/pod-security-standards/).
/// </summary>
public enum SecurityLevel
{
    /// <summary>Hardened: non-root, no capabilities, seccomp, no privilege escalation.</summary>
    Restricted,

    /// <summary>No known privilege escalations.</summary>
    Baseline,

    /// <summary>Unrestricted.</summary>
    Privileged,
}
