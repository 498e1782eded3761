namespace Outrigger.Core.Catalog;

/// <summary>What a pattern is to the application: the three single-node patterns of distributed systems.</summary>
public enum Role
{
    /// <summary>Adds to the application.</summary>
    Sidecar,

    /// <summary>Stands between the application and the world.</summary>
    Ambassador,

    /// <summary>Makes the application look like what others expect.</summary>
    Adapter,
}

/// <summary>How roles are written in catalogs, annotations and metrics.</summary>
public static class Roles
{
    /// <summary>All roles, in the order in which a Pod's uses are read.</summary>
    public static IReadOnlyList<Role> All { get; } = [Role.Sidecar, Role.Ambassador, Role.Adapter];

    /// <summary><c>sidecar</c>, <c>ambassador</c> or <c>adapter</c>.</summary>
    public static string Name(this Role role) => role switch
    {
        Role.Sidecar => "sidecar",
        Role.Ambassador => "ambassador",
        Role.Adapter => "adapter",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The role of that name, or null.</summary>
    public static Role? Parse(string name) => name switch
    {
        "sidecar" => Role.Sidecar,
        "ambassador" => Role.Ambassador,
        "adapter" => Role.Adapter,
        _ => null,
    };
}
