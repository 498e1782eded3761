using Outrigger.Core.Results;
using Outrigger.Kubernetes.Api;
using Outrigger.Kubernetes.Configuration;

namespace Outrigger.Webhook.Certificates;

/// <summary>The API server that self-managed certificates are kept at.</summary>
internal static class CertificateApi
{
    // Whoever waits for a certificate asks again soon: a server that comes back is noticed within seconds.
    private static readonly KubernetesApiOptions Patience = new()
    {
        AttemptTimeout = TimeSpan.FromSeconds(5),
        MaxRetries = 2,
        MaxRetryDelay = TimeSpan.FromSeconds(2),
        BreakDuration = TimeSpan.FromSeconds(2),
    };

    /// <summary>A client, or why there can be none.</summary>
    public static Result<KubernetesApi> Open(KubernetesEnvironment environment, TimeProvider time)
    {
        try
        {
            return KubernetesEndpoint.Find(environment) is { } endpoint
                ? Result.Ok(new KubernetesApi(endpoint, Patience, time))
                : Result.Fail<KubernetesApi>(Problem.Of(
                    "--certificates", "self-managed needs an API server: set KUBECONFIG, or run it in a Pod with the token of a service account"));
        }
        catch (KubernetesConfigurationException e)
        {
            return Result.Fail<KubernetesApi>(Problem.Of("--certificates", $"self-managed needs an API server: {e.Message}"));
        }
    }
}
