using System.Reflection;

namespace Outrigger.Webhook;

/// <summary>Which program this is.</summary>
internal static class Build
{
    /// <summary>The version, with the commit where it was built from one.</summary>
    public static string Version { get; } =
        typeof(Build).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
}
