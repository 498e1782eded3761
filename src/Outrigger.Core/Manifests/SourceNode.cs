using System.Collections.Immutable;
using Outrigger.Core.Results;

namespace Outrigger.Core.Manifests;

/// <summary>
/// A node of a YAML (or JSON) document together with the place where it was written, so that every mistake can name its line.
/// Aliases and merge keys (<c>&lt;&lt;</c>) are already resolved.
/// </summary>
public abstract record SourceNode(SourceLocation Location);

/// <summary>A mapping, in document order; no key occurs twice.</summary>
public sealed record SourceMapping(SourceLocation Location, ImmutableArray<SourceEntry> Entries) : SourceNode(Location)
{
    /// <summary>The value under a key, or null where there is none. Linear: mappings of manifests are short.</summary>
    public SourceNode? this[string key]
    {
        get
        {
            foreach (var entry in Entries)
            {
                if (entry.Key == key)
                    return entry.Value;
            }

            return null;
        }
    }
}

/// <summary>One entry of a mapping.</summary>
/// <param name="KeyLocation">Where the key stands.</param>
/// <param name="Key">The key's text; keys of Kubernetes documents are strings, whatever they look like.</param>
/// <param name="Value">What it maps to.</param>
public sealed record SourceEntry(SourceLocation KeyLocation, string Key, SourceNode Value);

/// <summary>A sequence.</summary>
public sealed record SourceSequence(SourceLocation Location, ImmutableArray<SourceNode> Items) : SourceNode(Location);

/// <summary>A scalar.</summary>
/// <param name="Location">Where it starts.</param>
/// <param name="Text">Its text, unescaped and unfolded.</param>
/// <param name="Type">
/// What it stands for: a quoted or block scalar is a string; a plain one is read as Kubernetes' YAML library does
/// (YAML 1.1: <c>yes</c> is a boolean, <c>0644</c> is 420).
/// </param>
public sealed record SourceScalar(SourceLocation Location, string Text, ScalarType Type) : SourceNode(Location)
{
    /// <summary>Where <see cref="Text"/> starts: in a block scalar on the line behind its <c>|</c>.</summary>
    public SourceLocation TextLocation { get; init; } = Location;
}

/// <summary>The JSON type that a scalar stands for.</summary>
public enum ScalarType
{
    /// <summary>A string.</summary>
    Text,

    /// <summary>A whole number.</summary>
    WholeNumber,

    /// <summary>A number with a fraction or an exponent.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>Nothing.</summary>
    Null,
}
