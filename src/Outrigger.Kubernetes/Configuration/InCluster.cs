using System.Text;

namespace Outrigger.Kubernetes.Configuration;

/// <summary>
/// What every Pod with a service account is given to reach its own API server
/// (https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/).
/// </summary>
internal static class InCluster
{
    private const string Folder = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <summary>Null where this is no Pod, or one without a service account's token
    /// (<c>automountServiceAccountToken: false</c>): such a Pod is not meant to talk to the API server.</summary>
    public static KubernetesEndpoint? Find(KubernetesEnvironment environment)
    {
        const string token = $"{Folder}/token";
        if (environment.Variable("KUBERNETES_SERVICE_HOST") is not { Length: > 0 } host
            || environment.Variable("KUBERNETES_SERVICE_PORT") is not { Length: > 0 } port
            || !Exists(token, environment))
        {
            return null;
        }

        var server = $"https://{(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)}:{port}/";
        const string who = "in-cluster settings: the service account";
        const string namespaceFile = $"{Folder}/namespace";
        return new KubernetesEndpoint
        {
            Source = "the cluster that this process runs in",
            Server = Uri.TryCreate(server, UriKind.Absolute, out var uri)
                ? uri
                : throw new KubernetesConfigurationException(
                    $"in-cluster settings: KUBERNETES_SERVICE_HOST \"{host}\" and KUBERNETES_SERVICE_PORT \"{port}\" must be a host and a port"),
            CertificateAuthorities = Certificates.Authorities(
                environment.Required($"{Folder}/ca.crt", who), $"in-cluster settings: {Folder}/ca.crt"),
            Credential = ApiCredential.BearerFile(token, who, environment),
            Namespace = Exists(namespaceFile, environment)
                && Encoding.UTF8.GetString(environment.Required(namespaceFile, who)).Trim() is { Length: > 0 } name ? name : "default",
        };
    }

    private static bool Exists(string file, KubernetesEnvironment environment)
    {
        try
        {
            return environment.File(file) is not null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is there; whoever needs its content says why it cannot be read.
            return true;
        }
    }
}
