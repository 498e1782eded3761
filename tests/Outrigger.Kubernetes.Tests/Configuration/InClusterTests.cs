using Outrigger.Kubernetes.Configuration;
using Outrigger.Kubernetes.Tests.Wire;

namespace Outrigger.Kubernetes.Tests.Configuration;

public sealed class InClusterTests
{
    private const string Folder = "/var/run/secrets/kubernetes.io/serviceaccount";
    private readonly SteppedClock _clock = new();
    private readonly TestEnvironment _pod;

    public InClusterTests()
    {
        _pod = new TestEnvironment { Time = _clock };
        _pod.Variables["KUBERNETES_SERVICE_HOST"] = "10.96.0.1";
        _pod.Variables["KUBERNETES_SERVICE_PORT"] = "443";
        _pod.Files[$"{Folder}/token"] = "first";
        _pod.Files[$"{Folder}/ca.crt"] = TestAuthority.Shared.RootPem;
        _pod.Files[$"{Folder}/namespace"] = "outrigger-system";
    }

    [Fact]
    public void Find_InAPod_GivesItsApiServer()
    {
        var endpoint = Find()!;

        endpoint.Server.Should().Be(new Uri("https://10.96.0.1:443/"));
        endpoint.Namespace.Should().Be("outrigger-system");
        endpoint.CertificateAuthorities.Should().ContainSingle();
        endpoint.Credential!.Header().ToString().Should().Be("Bearer first");
    }

    [Fact]
    public void Find_IPv6Host_IsBracketed()
    {
        _pod.Variables["KUBERNETES_SERVICE_HOST"] = "fd00::1";

        Find()!.Server.Should().Be(new Uri("https://[fd00::1]:443/"));
    }

    [Fact]
    public void Find_KubeconfigVariable_GoesFirst()
    {
        _pod.Variables["KUBECONFIG"] = "/missing";

        FluentActions.Invoking(Find).Should().Throw<KubernetesConfigurationException>().WithMessage("*/missing*");
    }

    [Fact]
    public void Find_PodWithoutToken_IsNull()
    {
        _pod.Files.Remove($"{Folder}/token");

        Find().Should().BeNull();
    }

    [Fact]
    public void Find_NoAuthority_NamesTheFile()
    {
        _pod.Files.Remove($"{Folder}/ca.crt");

        FluentActions.Invoking(Find).Should().Throw<KubernetesConfigurationException>()
            .WithMessage($"in-cluster settings: the service account names {Folder}/ca.crt, which does not exist");
    }

    [Fact]
    public void Find_PortIsNoPort_NamesTheVariable()
    {
        _pod.Variables["KUBERNETES_SERVICE_PORT"] = "tcp";

        FluentActions.Invoking(Find).Should().Throw<KubernetesConfigurationException>().WithMessage("*KUBERNETES_SERVICE_PORT \"tcp\"*");
    }

    [Fact]
    public void Header_TokenRotates_IsReadAgainAfterAMinute()
    {
        var credential = Find()!.Credential!;
        _pod.Files[$"{Folder}/token"] = "second";

        _clock.Step(TimeSpan.FromSeconds(59));
        credential.Header().Parameter.Should().Be("first");
        _clock.Step(TimeSpan.FromSeconds(1));
        credential.Header().Parameter.Should().Be("second");
    }

    [Fact]
    public void Header_TokenCannotBeReadForAWhile_TheLastOneStaysInUse()
    {
        var credential = Find()!.Credential!;
        _pod.Files[$"{Folder}/token"] = "";
        _clock.Step(TimeSpan.FromMinutes(2));
        credential.Header().Parameter.Should().Be("first");

        _pod.Files[$"{Folder}/token"] = "third\n";
        _clock.Step(TimeSpan.FromMinutes(1));
        credential.Header().Parameter.Should().Be("third");
    }

    private KubernetesEndpoint? Find() => KubernetesEndpoint.Find(_pod.Environment);
}
