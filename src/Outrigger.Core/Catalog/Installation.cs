using System.Collections.Immutable;

namespace Outrigger.Core.Catalog;

/// <summary>What one installation decides for all of its reviews, beside its patterns and bindings.</summary>
public sealed record Installation
{
    /// <summary>No defaults, no mirror, no native sidecars.</summary>
    public static Installation Plain { get; } = new();

    /// <summary>
    /// Whether injected containers become init containers with <c>restartPolicy: Always</c>. Only for clusters that know them:
    /// on by default since Kubernetes 1.29
    /// (https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/).
    /// </summary>
    public bool NativeSidecars { get; init; }

    /// <summary>
    /// A registry or a path in one (<c>registry.corp/mirror</c>) that is put in front of the images of all patterns; null for none.
    /// Images of the user's own containers are never touched.
    /// </summary>
    public string? ImageRegistry { get; init; }

    /// <summary>The installation's own defaults for parameters, those with <c>x-set-by: operator</c> too.</summary>
    public ImmutableArray<InstallationDefault> Defaults { get; init; } = [];
}

/// <summary>One <c>--default PATTERN.PARAMETER=VALUE</c>.</summary>
/// <param name="Pattern">The pattern's name, as in annotations.</param>
/// <param name="Parameter">The parameter's name.</param>
/// <param name="Text">The value in the form that a Pod's annotation would have.</param>
public sealed record InstallationDefault(string Pattern, string Parameter, string Text)
{
    /// <summary>Reads <c>PATTERN.PARAMETER=VALUE</c>; null where the text has not that form.</summary>
    public static InstallationDefault? Parse(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && equals > dot + 1 ? new(text[..dot], text[(dot + 1)..equals], text[(equals + 1)..]) : null;
    }
}
