namespace Outrigger.Kubernetes.Tests.Cluster;

/// <summary>A test against the real API server that the variable KUBECONFIG leads to. It needs kubectl, and the right to make namespaces.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ClusterFactAttribute : FactAttribute
{
    public ClusterFactAttribute()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("KUBECONFIG")))
            Skip = "KUBECONFIG is not set: there is no cluster to test against";
    }
}
