namespace Outrigger.Core.Parameters;

/// <summary>
/// Where a parameter's value comes from. Later cases give way to earlier ones: Pod annotation, binding in the Pod's namespace,
/// cluster binding, the installation's default, the pattern's default.
/// </summary>
public abstract record Origin
{
    private Origin()
    {
    }

    /// <summary>The annotation <paramref name="Key"/> of the Pod.</summary>
    public sealed record Annotation(string Key) : Origin
    {
        /// <inheritdoc />
        public override string ToString() => $"annotation {Key}";
    }

    /// <summary>A PatternBinding in the Pod's namespace.</summary>
    public sealed record NamespaceBinding(string Name) : Origin
    {
        /// <inheritdoc />
        public override string ToString() => $"PatternBinding {Name}";
    }

    /// <summary>A ClusterPatternBinding.</summary>
    public sealed record ClusterBinding(string Name) : Origin
    {
        /// <inheritdoc />
        public override string ToString() => $"ClusterPatternBinding {Name}";
    }

    /// <summary>The installation's <c>--default</c>.</summary>
    public sealed record InstallationDefault : Origin
    {
        /// <inheritdoc />
        public override string ToString() => "the installation's default";
    }

    /// <summary>The pattern's own default.</summary>
    public sealed record PatternDefault : Origin
    {
        /// <inheritdoc />
        public override string ToString() => "the pattern's default";
    }
}
