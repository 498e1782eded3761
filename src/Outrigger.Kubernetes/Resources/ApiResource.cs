using System.Text;

namespace Outrigger.Kubernetes.Resources;

/// <summary>A kind of object as the API's paths name it
/// (https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-uris).</summary>
/// <param name="Group">Empty for the core group.</param>
/// <param name="Version">The version within the group: <c>v1</c>.</param>
/// <param name="Plural">The resource's name: <c>namespaces</c>, <c>clusterpatterns</c>.</param>
public sealed record ApiResource(string Group, string Version, string Plural)
{
    public static ApiResource Namespaces { get; } = new("", "v1", "namespaces");

    public static ApiResource Secrets { get; } = new("", "v1", "secrets");

    public static ApiResource MutatingWebhookConfigurations { get; } =
        new("admissionregistration.k8s.io", "v1", "mutatingwebhookconfigurations");

    /// <summary>The path of one object, or of all that are there, without a leading slash: gateways put a path of their own before it.</summary>
    /// <param name="inNamespace">Null: cluster-scoped objects, or those of all namespaces.</param>
    /// <param name="name">Null: all of them.</param>
    public string Path(string? inNamespace = null, string? name = null)
    {
        var path = new StringBuilder(Group.Length == 0 ? "api/" : $"apis/{Group}/").Append(Version);
        if (inNamespace is not null)
            path.Append("/namespaces/").Append(Uri.EscapeDataString(inNamespace));
        path.Append('/').Append(Plural);
        return name is null ? path.ToString() : path.Append('/').Append(Uri.EscapeDataString(name)).ToString();
    }

    /// <summary><c>namespaces</c>, <c>deployments.apps</c>: as kubectl names it.</summary>
    public override string ToString() => Group.Length == 0 ? Plural : $"{Plural}.{Group}";
}
