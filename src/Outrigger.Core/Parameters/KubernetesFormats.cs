using System.Buffers;

namespace Outrigger.Core.Parameters;

/// <summary>
/// The grammars of Kubernetes. Written as loops, not as regular expressions: they run in each review, and a start builds none of them.
/// </summary>
public static class KubernetesFormats
{
    private static readonly SearchValues<char> LabelCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.");

    /// <summary>RFC 1123's label, as names of containers and namespaces are (https://kubernetes.io/docs/concepts/overview/working-with-objects/names/).</summary>
    public static bool IsDnsLabel(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= 63 && text[0] != '-' && text[^1] != '-' && !text.ContainsAnyExcept(LabelCharacters);

    /// <inheritdoc cref="IsDnsLabel(ReadOnlySpan{char})"/>
    public static bool IsDnsLabel(string text) => IsDnsLabel(text.AsSpan());

    /// <summary>RFC 1123's subdomain, as names of most objects are. Its parts may be longer than a label's 63, as Kubernetes allows.</summary>
    public static bool IsDnsSubdomain(string text)
    {
        if (text.Length is 0 or > 253)
            return false;
        foreach (var range in text.AsSpan().Split('.'))
        {
            var part = text.AsSpan()[range];
            if (part.IsEmpty || part[0] == '-' || part[^1] == '-' || part.ContainsAnyExcept(LabelCharacters))
                return false;
        }

        return true;
    }

    /// <summary>
    /// The name part of an annotation's or label's key: up to 63 letters, digits, <c>-_.</c>, a letter or digit at both ends
    /// (https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set).
    /// </summary>
    public static bool IsQualifiedName(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= 63 && char.IsAsciiLetterOrDigit(text[0]) && char.IsAsciiLetterOrDigit(text[^1])
        && !text.ContainsAnyExcept(NameCharacters);

    /// <summary>What <see cref="IsLabelKey"/> allows, as a clause.</summary>
    public const string LabelKey = "[PREFIX/]NAME, a DNS subdomain and up to 63 letters, digits, -, _ and .";

    /// <summary>The key of a label or an annotation: a name, with or without a DNS subdomain before it.</summary>
    public static bool IsLabelKey(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return IsQualifiedName(text.AsSpan(slash + 1)) && (slash < 0 || IsDnsSubdomain(text[..slash]));
    }

    /// <summary>A label's value: empty, or as <see cref="IsQualifiedName"/>.</summary>
    public static bool IsLabelValue(string text) => text.Length == 0 || IsQualifiedName(text);

    /// <summary>Go's durations without sign: one or more of number and unit (https://pkg.go.dev/time#ParseDuration).</summary>
    public static bool IsDuration(string text)
    {
        if (text.Length > 64)
            return false;
        var at = 0;
        while (at < text.Length)
        {
            var start = at;
            at = SkipNumber(text, at);
            if (at == start)
                return false;
            var rest = text.AsSpan(at);
            var unit = rest switch
            {
                ['n' or 'u' or 'm', 's', ..] => 2,
                ['s' or 'm' or 'h', ..] => 1,
                _ => 0,
            };
            if (unit == 0)
                return false;
            at += unit;
        }

        return text.Length > 0;
    }

    /// <summary>
    /// A resource quantity: a number that is not negative, then a suffix
    /// (https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/).
    /// </summary>
    public static bool IsQuantity(string text)
    {
        var at = SkipNumber(text, 0);
        if (at == 0 || text.Length > 64)
            return false;
        return text[at..] switch
        {
            "" or "n" or "u" or "m" or "k" or "M" or "G" or "T" or "P" or "E" or "Ki" or "Mi" or "Gi" or "Ti" or "Pi" or "Ei" => true,
            ['e' or 'E', '+' or '-', .. var exponent] => exponent.Length is > 0 and < 4 && exponent.All(char.IsAsciiDigit),
            ['e' or 'E', .. var exponent] => exponent.Length is > 0 and < 4 && exponent.All(char.IsAsciiDigit),
            _ => false,
        };
    }

    /// <summary>
    /// An image reference: <c>[HOST[:PORT]/]PATH[:TAG][@DIGEST]</c>
    /// (https://github.com/distribution/reference, the grammar in its package comment).
    /// </summary>
    public static bool IsImage(string text)
    {
        if (text.Length is 0 or > 512)
            return false;
        var rest = text.AsSpan();
        var at = rest.IndexOf('@');
        if (at >= 0)
        {
            if (!IsDigest(rest[(at + 1)..]))
                return false;
            rest = rest[..at];
        }

        var colon = rest.LastIndexOf(':');
        if (colon > rest.LastIndexOf('/'))
        {
            var tag = rest[(colon + 1)..];
            if (tag.Length is 0 or > 128 || tag[0] is '-' or '.' || tag.ContainsAnyExcept(NameCharacters))
                return false;
            rest = rest[..colon];
        }

        var slash = rest.IndexOf('/');
        if (slash > 0)
        {
            var host = rest[..slash];
            if (host.ContainsAny('.', ':') || host is "localhost")
            {
                if (!NetworkFormats.IsHostWithOptionalPort(host))
                    return false;
                rest = rest[(slash + 1)..];
            }
        }

        foreach (var range in rest.Split('/'))
        {
            if (!IsPathComponent(rest[range]))
                return false;
        }

        return true;
    }

    private static bool IsPathComponent(ReadOnlySpan<char> part)
    {
        if (part.IsEmpty || !char.IsAsciiLetterOrDigit(part[0]) || !char.IsAsciiLetterOrDigit(part[^1]))
            return false;
        for (var i = 0; i < part.Length; i++)
        {
            var (previous, character) = (i == 0 ? 'a' : part[i - 1], part[i]);
            var separator = character is '.' or '_' or '-';
            if (!separator && !char.IsAsciiLetterLower(character) && !char.IsAsciiDigit(character))
                return false;
            // Separators stand alone, but for a double underscore and any run of hyphens.
            var repeated = separator && previous is '.' or '_' or '-' && !char.IsAsciiLetterOrDigit(character);
            if (repeated && !(character == previous && character is '-' or '_'))
                return false;
        }

        return !part.Contains("___", StringComparison.Ordinal);
    }

    private static bool IsDigest(ReadOnlySpan<char> digest)
    {
        var colon = digest.IndexOf(':');
        return colon > 0 && !digest[..colon].ContainsAnyExcept(LabelCharacters) && digest.Length - colon > 32
            && !digest[(colon + 1)..].ContainsAnyExcept(Hexadecimal);
    }

    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdef");

    private static int SkipNumber(string text, int at)
    {
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
            at++;
        var digits = at - start;
        if (at < text.Length && text[at] == '.')
        {
            var point = at++;
            while (at < text.Length && char.IsAsciiDigit(text[at]))
                at++;
            digits += at - point - 1;
        }

        return digits == 0 ? start : at;
    }
}
