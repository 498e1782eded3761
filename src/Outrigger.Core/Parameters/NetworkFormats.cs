using System.Buffers;
using System.Globalization;

namespace Outrigger.Core.Parameters;

/// <summary>Hosts, endpoints, URIs and paths: narrower than their standards, since their values stand in configuration files.</summary>
internal static class NetworkFormats
{
    private const string Alphanumeric = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static readonly SearchValues<char> HostCharacters = SearchValues.Create(Alphanumeric + "-");
    private static readonly SearchValues<char> Ipv6Characters = SearchValues.Create("0123456789abcdefABCDEF:.");
    private static readonly SearchValues<char> UriCharacters = SearchValues.Create(Alphanumeric + "-._~:/?#[]@&=+,%");
    private static readonly SearchValues<char> SchemeCharacters = SearchValues.Create(Alphanumeric + "+-.");
    private static readonly SearchValues<char> PathCharacters = SearchValues.Create(Alphanumeric + "/._-+@%=~");

    /// <summary>A host name (RFC 1123, upper case allowed, a dot at its end too) or an IPv4 address, but not <c>unix</c>.</summary>
    public static bool IsHost(string text) => IsHost(text.AsSpan());

    /// <summary>HOST:PORT or [IPv6]:PORT.</summary>
    public static bool IsEndpoint(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon <= 0 || !IsPort(text.AsSpan(colon + 1)))
            return false;
        var host = text.AsSpan(0, colon);
        return IsHost(host) || IsBracketedIpv6(host);
    }

    /// <summary>HOST or HOST:PORT, as a registry's name is.</summary>
    public static bool IsHostWithOptionalPort(ReadOnlySpan<char> text)
    {
        var colon = text.LastIndexOf(':');
        return colon < 0 || text is [.., ']'] ? IsHost(text) || IsBracketedIpv6(text)
            : (IsHost(text[..colon]) || IsBracketedIpv6(text[..colon])) && IsPort(text[(colon + 1)..]);
    }

    /// <summary>RFC 3986 with a scheme and something after it, less the characters that configuration languages give a meaning.</summary>
    public static bool IsUri(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || colon == text.Length - 1 || text.Length > 2048)
            return false;
        if (!char.IsAsciiLetter(text[0]) || text.AsSpan(0, colon).ContainsAnyExcept(SchemeCharacters))
            return false;
        if (text.AsSpan().ContainsAnyExcept(UriCharacters))
            return false;
        for (var i = text.IndexOf('%', StringComparison.Ordinal); i >= 0; i = text.IndexOf('%', i + 1))
        {
            if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
                return false;
        }

        return Uri.TryCreate(text, UriKind.Absolute, out _);
    }

    /// <summary>A path from the root, of plain characters, that does not climb.</summary>
    public static bool IsAbsolutePath(string text)
    {
        if (text.Length is 0 or > 1024 || text[0] != '/' || text.AsSpan().ContainsAnyExcept(PathCharacters))
            return false;
        foreach (var range in text.AsSpan().Split('/'))
        {
            if (text.AsSpan()[range] is "..")
                return false;
        }

        return true;
    }

    private static bool IsPort(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= 5 && !text.ContainsAnyExceptInRange('0', '9') && text[0] != '0'
        && int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) is >= 1 and <= 65535;

    private static bool IsBracketedIpv6(ReadOnlySpan<char> host) =>
        host is ['[', .. var inner, ']'] && inner.Contains(':') && !inner.ContainsAnyExcept(Ipv6Characters) && System.Net.IPAddress.TryParse(inner, out _);

    private static bool IsHost(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > 253)
            return false;
        if (text[^1] == '.')
            text = text[..^1];
        // nginx and others read what follows "unix:" as the path of a socket, in any case of letters.
        if (text.IsEmpty || text.Equals("unix", StringComparison.OrdinalIgnoreCase))
            return false;
        foreach (var range in text.Split('.'))
        {
            var label = text[range];
            if (label.Length is 0 or > 63 || label[0] == '-' || label[^1] == '-' || label.ContainsAnyExcept(HostCharacters))
                return false;
        }

        return true;
    }
}
