namespace Outrigger.Core.Compatibility;

/// <summary>What a change asks of the version number, by Semantic Versioning (https://semver.org).</summary>
public enum ChangeClass
{
    /// <summary>Nobody who uses the pattern has to know.</summary>
    Patch,

    /// <summary>What was right stays right; more is.</summary>
    Minor,

    /// <summary>Something that was right is so no more, or means something else.</summary>
    Major,
}

/// <summary>How classes are written.</summary>
public static class ChangeClasses
{
    /// <summary><c>major</c>, <c>minor</c> or <c>patch</c>.</summary>
    public static string Name(this ChangeClass change) => change switch
    {
        ChangeClass.Patch => "patch",
        ChangeClass.Minor => "minor",
        ChangeClass.Major => "major",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
