namespace Outrigger.Kubernetes.Configuration;

/// <summary>
/// The settings that should lead to an API server cannot be used. The message names the file, the entry in it, what was found and
/// what is allowed; it never holds a secret.
/// </summary>
public sealed class KubernetesConfigurationException : Exception
{
    public KubernetesConfigurationException(string message)
        : base(message)
    {
    }

    public KubernetesConfigurationException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    public KubernetesConfigurationException()
    {
    }
}
