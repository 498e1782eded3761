using System.Globalization;

namespace Outrigger.Core.Catalog;

/// <summary>A version by Semantic Versioning 2.0.0 (https://semver.org). Build metadata is kept in the text and ignored in the order.</summary>
public sealed record SemanticVersion : IComparable<SemanticVersion>
{
    private SemanticVersion(int major, int minor, int patch, string preRelease, string text) =>
        (Major, Minor, Patch, PreRelease, Text) = (major, minor, patch, preRelease, text);

    /// <summary>Changes where something breaks.</summary>
    public int Major { get; }

    /// <summary>Changes where something is added.</summary>
    public int Minor { get; }

    /// <summary>Changes where something is repaired.</summary>
    public int Patch { get; }

    /// <summary>What follows the hyphen; empty for a release.</summary>
    public string PreRelease { get; }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>The version, or null where the text is none: three numbers without leading zeros, then <c>-PRE</c> and <c>+BUILD</c>.</summary>
    public static SemanticVersion? Parse(string text)
    {
        var core = text.AsSpan();
        var plus = core.IndexOf('+');
        if (plus >= 0 && !AreIdentifiers(core[(plus + 1)..], leadingZeros: true))
            return null;
        if (plus >= 0)
            core = core[..plus];
        var pre = "";
        var hyphen = core.IndexOf('-');
        if (hyphen >= 0)
        {
            pre = core[(hyphen + 1)..].ToString();
            if (!AreIdentifiers(pre, leadingZeros: false))
                return null;
            core = core[..hyphen];
        }

        var numbers = core.ToString().Split('.');
        return numbers is [var a, var b, var c] && Number(a) is { } major && Number(b) is { } minor && Number(c) is { } patch
            ? new(major, minor, patch, pre, text)
            : null;
    }

    /// <summary>A number of a version: digits without a leading zero.</summary>
    internal static int? Number(string text) =>
        text.Length is > 0 and < 10 && text.All(char.IsAsciiDigit) && (text.Length == 1 || text[0] != '0')
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : null;

    /// <inheritdoc />
    public int CompareTo(SemanticVersion? other)
    {
        if (other is null)
            return 1;
        var order = (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));
        if (order != 0)
            return order;
        if (PreRelease.Length == 0 || other.PreRelease.Length == 0)
            return (PreRelease.Length == 0).CompareTo(other.PreRelease.Length == 0);
        var (mine, theirs) = (PreRelease.Split('.'), other.PreRelease.Split('.'));
        for (var i = 0; i < Math.Min(mine.Length, theirs.Length); i++)
        {
            order = (IsNumeric(mine[i]), IsNumeric(theirs[i])) switch
            {
                (true, true) when mine[i].Length != theirs[i].Length => mine[i].Length.CompareTo(theirs[i].Length),
                (true, false) => -1,
                (false, true) => 1,
                _ => string.CompareOrdinal(mine[i], theirs[i]),
            };
            if (order != 0)
                return order;
        }

        return mine.Length.CompareTo(theirs.Length);
    }

    /// <summary>Older than.</summary>
    public static bool operator <(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) < 0;

    /// <summary>Newer than.</summary>
    public static bool operator >(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) > 0;

    /// <summary>Not newer than.</summary>
    public static bool operator <=(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) <= 0;

    /// <summary>Not older than.</summary>
    public static bool operator >=(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) >= 0;

    /// <summary>Equal in order: build metadata does not tell two versions apart.</summary>
    public bool Equals(SemanticVersion? other) => CompareTo(other) == 0;

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Major, Minor, Patch, PreRelease);

    /// <inheritdoc />
    public override string ToString() => Text;

    // Without leading zeros, the longer of two numbers is the greater, however many digits they have.
    private static bool IsNumeric(string identifier) => identifier.All(char.IsAsciiDigit);

    private static bool AreIdentifiers(ReadOnlySpan<char> text, bool leadingZeros)
    {
        foreach (var range in text.Split('.'))
        {
            var identifier = text[range];
            if (identifier.IsEmpty || identifier.ContainsAnyExcept(IdentifierCharacters))
                return false;
            if (!leadingZeros && identifier.Length > 1 && identifier[0] == '0' && !identifier.ContainsAnyExceptInRange('0', '9'))
                return false;
        }

        return true;
    }

    private static readonly System.Buffers.SearchValues<char> IdentifierCharacters =
        System.Buffers.SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-");
}
