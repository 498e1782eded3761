using System.Collections.Frozen;

namespace Outrigger.Core.Parameters;

/// <summary>
/// A named grammar for strings (and <c>port</c> for integers). No format lets a line break, a quote, a semicolon or a brace in, so that a
/// value with a format can stand in a configuration file.
/// </summary>
public sealed class ValueFormat
{
    private readonly Func<string, bool> _holds;

    private ValueFormat(string name, SchemaType type, string allowed, Func<string, bool> holds) =>
        (Name, Type, Allowed, _holds) = (name, type, allowed, holds);

    /// <summary>All formats by name.</summary>
    public static FrozenDictionary<string, ValueFormat> All { get; } = new ValueFormat[]
    {
        new("port", SchemaType.Integer, "a port: an integer from 1 to 65535", _ => true),
        new("hostname", SchemaType.String, "a host name or an IPv4 address, such as db.shop.svc", NetworkFormats.IsHost),
        new("endpoint", SchemaType.String, "HOST:PORT, such as db.shop.svc:5432", NetworkFormats.IsEndpoint),
        new("uri", SchemaType.String, "an absolute URI in which all but letters, digits and -._~:/?#[]@&=+,% is percent-encoded",
            NetworkFormats.IsUri),
        new("absolute-path", SchemaType.String, "a path that begins with \"/\", of letters, digits and ._-+@%=~ without \"..\"",
            NetworkFormats.IsAbsolutePath),
        new("duration", SchemaType.String, "a duration, such as 500ms, 10s or 1h30m", KubernetesFormats.IsDuration),
        new("quantity", SchemaType.String, "a Kubernetes quantity, such as 100m, 64Mi or 1.5", KubernetesFormats.IsQuantity),
        new("image", SchemaType.String, "a container image, such as nginx:1.29 or ghcr.io/org/app@sha256:...", KubernetesFormats.IsImage),
        new("dns-label", SchemaType.String, "a DNS label: up to 63 lower-case letters, digits and \"-\", a letter or digit at both ends",
            KubernetesFormats.IsDnsLabel),
        new("dns-subdomain", SchemaType.String,
            "a DNS subdomain: up to 253 lower-case letters, digits, \"-\" and \".\", a letter or digit at both ends of each part",
            KubernetesFormats.IsDnsSubdomain),
    }.ToFrozenDictionary(format => format.Name);

    /// <summary>The name in a schema.</summary>
    public string Name { get; }

    /// <summary>The type that it belongs to.</summary>
    public SchemaType Type { get; }

    /// <summary>What it allows, as a clause.</summary>
    public string Allowed { get; }

    /// <summary>Whether a string keeps to it.</summary>
    public bool Holds(string value) => _holds(value);

    /// <inheritdoc />
    public override string ToString() => Name;
}
