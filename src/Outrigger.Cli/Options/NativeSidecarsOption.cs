using System.CommandLine;
using Outrigger.Cli.Output;
using Outrigger.Kubernetes.Api;
using Outrigger.Kubernetes.Configuration;

namespace Outrigger.Cli.Options;

/// <summary><c>--native-sidecars</c>: what the cluster can do decides, unless the user does.</summary>
internal sealed class NativeSidecarsOption
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Option<string> _option = new("--native-sidecars")
    {
        HelpName = "auto|always|never",
        Description = "Whether injected containers become init containers that restart; auto asks the kubeconfig's API server.",
        DefaultValueFactory = _ => "auto",
    };

    private readonly Option<bool> _verbose = new("--verbose", "-v") { Description = "Says what was found out on the way." };

    public NativeSidecarsOption() => _option.AcceptOnlyFromAmong("auto", "always", "never");

    public void AddTo(Command command)
    {
        command.Add(_option);
        command.Add(_verbose);
    }

    /// <summary>Whether there are native sidecars. No cluster, or one that does not answer within a second, means no.</summary>
    public bool Decide(ParseResult arguments, Terminal terminal, Diagnostics diagnostics)
    {
        switch (arguments.GetValue(_option))
        {
            case "always":
                return true;
            case "never":
                return false;
        }

        var (decision, reason) = AskCluster(terminal.Kubernetes);
        if (arguments.GetValue(_verbose))
            diagnostics.Note($"note: native sidecars: {(decision ? "yes" : "no")}: {reason}");
        return decision;
    }

    private static (bool Decision, string Reason) AskCluster(KubernetesEnvironment environment)
    {
        try
        {
            if (KubernetesEndpoint.Find(environment, orHomeFolder: true) is not { } endpoint)
                return (false, "there is no kubeconfig");
            using var api = new KubernetesApi(endpoint, new KubernetesApiOptions { MaxRetries = 0, AttemptTimeout = Patience });
            using var limit = new CancellationTokenSource(Patience);
            var version = ClusterVersion.ReadAsync(api, limit.Token).GetAwaiter().GetResult();
            return (version.SupportsNativeSidecars, $"{endpoint.Source} is Kubernetes {version}");
        }
        catch (Exception e) when (e is KubernetesConfigurationException or KubernetesApiException)
        {
            return (false, e.Message);
        }
        catch (OperationCanceledException)
        {
            return (false, "the API server of the kubeconfig did not answer within a second");
        }
    }
}
