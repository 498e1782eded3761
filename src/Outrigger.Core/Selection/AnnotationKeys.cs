namespace Outrigger.Core.Selection;

/// <summary>The one table of annotation keys. Nobody else writes one down.</summary>
public static class AnnotationKeys
{
    /// <summary>The domain of all of them.</summary>
    public const string Domain = Catalog.ReservedKeys.Domain;

    /// <summary>Which container is the application.</summary>
    public const string Container = "outrigger.dev/container";

    /// <summary><c>"false"</c>: no injection at all, whatever binds.</summary>
    public const string Inject = "outrigger.dev/inject";

    /// <summary><c>"true"</c> or <c>"false"</c>: overrides the installation's setting for this Pod.</summary>
    public const string NativeSidecars = "outrigger.dev/native-sidecars";

    /// <summary>Written by the injector: what each use brought.</summary>
    public const string Status = "outrigger.dev/status";

    /// <summary>Written by the injector, before a use's instance name, a dot and a file's name: the file's content.</summary>
    public const string FilePrefix = "files.outrigger.dev/";

    /// <summary>kubectl's own: the container that its commands take by default, which for us is the application.</summary>
    public const string DefaultContainer = Catalog.ReservedKeys.DefaultContainer;

    /// <summary>Set by the kubelet on mirror Pods.</summary>
    public const string MirrorPod = Catalog.ReservedKeys.MirrorPod;

    /// <summary>All keys of the domain itself that a user may write.</summary>
    public static IReadOnlyList<string> Writable { get; } =
        [.. Catalog.Roles.All.Select(OfRole), Container, Inject, NativeSidecars];

    /// <summary>Whether a key is of the domain, or of a subdomain: an instance's.</summary>
    public static bool IsOurs(string key) => Catalog.ReservedKeys.IsOurs(key);

    /// <summary>The key that asks for patterns of a role: <c>outrigger.dev/sidecar</c>.</summary>
    public static string OfRole(Catalog.Role role) => role switch
    {
        Catalog.Role.Sidecar => "outrigger.dev/sidecar",
        Catalog.Role.Ambassador => "outrigger.dev/ambassador",
        Catalog.Role.Adapter => "outrigger.dev/adapter",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The key that sets a parameter of a use: <c>https.outrigger.dev/port</c>.</summary>
    public static string OfParameter(string instance, string parameter) => $"{instance}.{Domain}/{parameter}";

    /// <summary>The key that a rendered file rides in.</summary>
    public static string OfFile(string instance, string file) => $"{FilePrefix}{instance}.{file}";
}
