using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;

namespace Outrigger.Kubernetes.Configuration;

/// <summary>An API server, how to know it, and how to be known by it.</summary>
public sealed record KubernetesEndpoint
{
    /// <summary>Where the settings come from, for messages: <c>context "prod" of /home/me/.kube/config</c>.</summary>
    public required string Source { get; init; }

    /// <summary>https, or http for the likes of <c>kubectl proxy</c>; may end in a path, as behind some gateways.</summary>
    public required Uri Server { get; init; }

    /// <summary>The only roots (with their intermediates) that the server's certificate may lead to; empty: those of the system.</summary>
    public ImmutableArray<X509Certificate2> CertificateAuthorities { get; init; } = [];

    /// <summary>Takes any server certificate: anybody on the way can read and change everything.</summary>
    public bool SkipsCertificateCheck { get; init; }

    /// <summary>The name that the server's certificate must carry, where that is not the host of <see cref="Server"/>.</summary>
    public string? TlsServerName { get; init; }

    /// <summary>The client's certificate with its key, then the authorities between it and the root; empty: none.</summary>
    public ImmutableArray<X509Certificate2> ClientCertificates { get; init; } = [];

    /// <summary>What goes into the Authorization header; null: nothing.</summary>
    public ApiCredential? Credential { get; init; }

    /// <summary>The namespace that is meant where a command names none.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>
    /// The API server that this environment means: the files of the variable <c>KUBECONFIG</c>; else the cluster that this process
    /// runs in; else, if asked for, <c>~/.kube/config</c>; else null.
    /// </summary>
    /// <param name="environment">Where to look.</param>
    /// <param name="orHomeFolder">True where a person at a terminal is served. A server must not pick up by accident the cluster
    /// that its user happened to work with last.</param>
    /// <exception cref="KubernetesConfigurationException">One of them is there and cannot be used; the next is not tried then.</exception>
    public static KubernetesEndpoint? Find(KubernetesEnvironment environment, bool orHomeFolder = false)
    {
        if (environment.Variable("KUBECONFIG") is { Length: > 0 } list)
        {
            ImmutableArray<string> files = [.. list.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)];
            return OfKubeconfig(files, environment);
        }

        if (InCluster.Find(environment) is { } inCluster)
            return inCluster;
        if (!orHomeFolder || environment.HomeFolder is not { } home)
            return null;
        var file = Path.Combine(home, ".kube", "config");
        return Kubeconfig.Read([file], environment) is { } kubeconfig
            ? KubeconfigContext.Endpoint(kubeconfig, null, environment)
            : null;
    }

    /// <summary>The API server of a context in kubeconfig files, merged as kubectl merges them.</summary>
    /// <param name="files">Paths; those that do not exist are passed over.</param>
    /// <param name="environment">Where to read them.</param>
    /// <param name="context">Null: the files' <c>current-context</c>.</param>
    /// <exception cref="KubernetesConfigurationException">None of the files exists, or one of them cannot be used.</exception>
    public static KubernetesEndpoint OfKubeconfig(
        ImmutableArray<string> files, KubernetesEnvironment environment, string? context = null)
    {
        var kubeconfig = Kubeconfig.Read(files, environment)
            ?? throw new KubernetesConfigurationException($"kubeconfig {string.Join(", ", files)}: no such file");
        return KubeconfigContext.Endpoint(kubeconfig, context, environment);
    }
}
