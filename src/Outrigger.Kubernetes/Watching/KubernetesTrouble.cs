using Outrigger.Kubernetes.Api;

namespace Outrigger.Kubernetes.Watching;

/// <summary>Something that went wrong while watching and is being dealt with: a line for the log.</summary>
/// <param name="Exception">What went wrong.</param>
/// <param name="Failures">How many times in a row, this one counted.</param>
/// <param name="RetryIn">The wait until the next try.</param>
public sealed record KubernetesTrouble(KubernetesApiException Exception, int Failures, TimeSpan RetryIn)
{
    public override string ToString() => $"{Exception.Message} (failure {Failures}, next try in {RetryIn.TotalSeconds:0.0} s)";
}
