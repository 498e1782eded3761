using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Outrigger.Core.Catalog;
using Outrigger.Core.Parameters;
using Outrigger.Core.Selection;

namespace Outrigger.Core.Composition;

/// <summary>
/// Everything that decides what a use of a snapshot is rendered to, and what is noted of it: two uses with equal keys are the same in all but
/// the Pod that they are for.
/// </summary>
internal sealed class RenderingKey : IEquatable<RenderingKey>
{
    /// <summary>In UTF-16 code units. A stranger's annotations may be large; who asks for so much is rendered each time.</summary>
    private const int MaxText = 4 * 1024;

    private readonly Use _use;
    private readonly string? _container;
    private readonly string _facts;
    private readonly bool _native;
    private readonly int _hash;

    private RenderingKey(Use use, string? container, string facts, bool native, int hash) =>
        (_use, _container, _facts, _native, _hash) = (use, container, facts, native, hash);

    /// <summary>The key of a use, or null where it cannot be told by a text of sensible length.</summary>
    /// <param name="use">The use.</param>
    /// <param name="container">What the Pod's annotations name as the application container.</param>
    /// <param name="facts">What the Pod says.</param>
    /// <param name="native">Whether containers become native sidecars.</param>
    public static RenderingKey? Of(Use use, string? container, PodFacts facts, bool native)
    {
        if (facts.TextOf(use.Pattern) is not { } said)
            return null;
        var hash = HashCode.Combine(RuntimeHelpers.GetHashCode(use.Pattern), use.Instance, said, native);
        var length = said.Length + (container?.Length ?? 0) + (use.AskedVersion?.Length ?? 0);
        foreach (var layer in use.Layers)
        {
            if (layer is not ParameterLayer.Annotations { Values: var values })
                continue;
            // The order of a Pod's annotations does not matter, so that of their hashes may not either.
            foreach (var (name, (_, text)) in values)
            {
                length += name.Length + text.Length;
                if (length > MaxText)
                    return null;
                hash ^= HashCode.Combine(name, text);
            }
        }

        return length > MaxText ? null : new(use, container, said, native, hash);
    }

    /// <inheritdoc />
    public bool Equals([NotNullWhen(true)] RenderingKey? other) =>
        other is not null && _hash == other._hash && _native == other._native && ReferenceEquals(_use.Pattern, other._use.Pattern)
        && _use.Instance == other._use.Instance && _use.AskedBy == other._use.AskedBy && _use.AskedVersion == other._use.AskedVersion
        && _container == other._container && _facts == other._facts
        && AreSame(_use.Bindings, other._use.Bindings) && AreSame(_use.Layers, other._use.Layers);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as RenderingKey);

    /// <inheritdoc />
    public override int GetHashCode() => _hash;

    private static bool AreSame(ImmutableArray<Binding> some, ImmutableArray<Binding> others)
    {
        if (some.Length != others.Length)
            return false;
        for (var i = 0; i < some.Length; i++)
        {
            if (!ReferenceEquals(some[i], others[i]))
                return false;
        }

        return true;
    }

    private static bool AreSame(ImmutableArray<ParameterLayer> some, ImmutableArray<ParameterLayer> others)
    {
        if (some.Length != others.Length)
            return false;
        for (var i = 0; i < some.Length; i++)
        {
            if (!IsSame(some[i], others[i]))
                return false;
        }

        return true;
    }

    private static bool IsSame(ParameterLayer one, ParameterLayer other) => (one, other) switch
    {
        (ParameterLayer.Annotations { Values: var some }, ParameterLayer.Annotations { Values: var others }) => AreSame(some, others),
        (ParameterLayer.Bound some, ParameterLayer.Bound others) =>
            ReferenceEquals(some.Values, others.Values) && some.Origin == others.Origin && some.IsFixed == others.IsFixed,
        (ParameterLayer.Installation { Values: var some }, ParameterLayer.Installation { Values: var others }) => ReferenceEquals(some, others),
        _ => false,
    };

    private static bool AreSame(IReadOnlyDictionary<string, (string Key, string Text)> some, IReadOnlyDictionary<string, (string Key, string Text)> others)
    {
        if (some.Count != others.Count)
            return false;
        foreach (var (name, value) in some)
        {
            if (!others.TryGetValue(name, out var other) || value != other)
                return false;
        }

        return true;
    }
}
