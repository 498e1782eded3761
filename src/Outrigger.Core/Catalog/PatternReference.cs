namespace Outrigger.Core.Catalog;

/// <summary>
/// How a use names its pattern: <c>NAME</c> (the default version), <c>NAME@1</c> or <c>NAME@1.2</c> (the newest release that
/// begins so), <c>NAME@1.2.3</c> (exactly that one).
/// </summary>
public sealed record PatternReference(string Name, string? Version)
{
    /// <summary>Splits at the first <c>@</c>; nothing is checked yet.</summary>
    public static PatternReference Parse(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return at < 0 ? new(text, null) : new(text[..at], text[(at + 1)..]);
    }

    /// <summary>The pattern among all versions of one name that is meant, or null where no version fits.</summary>
    /// <param name="versions">All versions of the name, in any order; none gives null.</param>
    public Pattern? Choose(IReadOnlyCollection<Pattern> versions)
    {
        if (Version is null)
            return versions.FirstOrDefault(pattern => pattern.IsDefault) ?? Newest(versions);
        if (SemanticVersion.Parse(Version) is { } exact)
            return versions.FirstOrDefault(pattern => pattern.Version == exact);
        int?[] prefix = [.. Version.Split('.').Select(SemanticVersion.Number)];
        return prefix switch
        {
            [{ } major] => Newest(versions.Where(pattern => pattern.Version is var v && v.Major == major && v.PreRelease.Length == 0)),
            [{ } major, { } minor] => Newest(versions.Where(pattern =>
                pattern.Version is var v && v.Major == major && v.Minor == minor && v.PreRelease.Length == 0)),
            _ => null,
        };
    }

    /// <inheritdoc />
    public override string ToString() => Version is null ? Name : $"{Name}@{Version}";

    private static Pattern? Newest(IEnumerable<Pattern> versions) =>
        versions.OrderBy(pattern => pattern.Version.PreRelease.Length == 0).ThenBy(pattern => pattern.Version).LastOrDefault();
}
