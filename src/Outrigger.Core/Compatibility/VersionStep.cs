using System.Globalization;
using Outrigger.Core.Catalog;

namespace Outrigger.Core.Compatibility;

/// <summary>
/// Which number a version must have after another (https://semver.org). Before 1.0.0 a minor version may break things, and the rest
/// is a patch.
/// </summary>
internal static class VersionStep
{
    /// <summary>The least version that a change makes of a released one; of a pre-release, after which anything may come, its release.</summary>
    public static SemanticVersion Least(SemanticVersion old, ChangeClass change)
    {
        var (major, minor, patch) = (old.PreRelease.Length > 0, old.Major, change) switch
        {
            (true, _, _) => (old.Major, old.Minor, old.Patch),
            (_, 0, ChangeClass.Major) => (0, old.Minor + 1, 0),
            (_, 0, _) => (0, old.Minor, old.Patch + 1),
            (_, _, ChangeClass.Major) => (old.Major + 1, 0, 0),
            (_, _, ChangeClass.Minor) => (old.Major, old.Minor + 1, 0),
            _ => (old.Major, old.Minor, old.Patch + 1),
        };
        return SemanticVersion.Parse(string.Create(CultureInfo.InvariantCulture, $"{major}.{minor}.{patch}"))!;
    }

    /// <summary>Whether a version is late enough. A pre-release of the least one is: it may change until it is released.</summary>
    public static bool IsEnough(SemanticVersion old, SemanticVersion now, ChangeClass change)
    {
        if (now <= old)
            return false;
        var least = Least(old, change);
        return old.PreRelease.Length > 0 || (now.Major, now.Minor, now.Patch).CompareTo((least.Major, least.Minor, least.Patch)) >= 0;
    }
}
