using System.Net;
using System.Net.Sockets;
using System.Text;
using Outrigger.Kubernetes.Configuration;

namespace Outrigger.Cli.Tests.Options;

public sealed class NativeSidecarsOptionTests
{
    [Theory]
    [InlineData("29", true)]
    [InlineData("28+", false)]
    public async Task Auto_ApiServerThatAnswers_Decides(string minor, bool isNative)
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var answering = AnswerAsync(server, $$"""{"major":"1","minor":"{{minor}}","gitVersion":"v1.{{minor}}.0"}""");

        var run = Inject(server, "auto");
        await answering;

        run.ExitCode.Should().Be(0);
        run.Error.Should().StartWith($"note: native sidecars: {(isNative ? "yes" : "no")}: ").And.Contain($"v1.{minor}.0");
        run.Output.Contains("restartPolicy: Always").Should().Be(isNative);
    }

    [Fact]
    public void Auto_ApiServerThatIsSilent_MeansNeverAfterASecond()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var start = TimeProvider.System.GetTimestamp();

        var run = Inject(server, "auto");

        run.ExitCode.Should().Be(0);
        run.Error.Should().StartWith("note: native sidecars: no: ");
        run.Output.Should().NotContain("initContainers");
        TimeProvider.System.GetElapsedTime(start).Should().BeLessThan(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void Auto_NoKubeconfig_MeansNever() =>
        CliRun.With(Greeter.Pod, ["inject", "-f", "-", "-v", .. Greeter.Only]).Error.Should().Be("note: native sidecars: no: there is no kubeconfig\n");

    [Fact]
    public void Auto_WithoutVerbose_IsSilentAboutIt() => CliRun.With(Greeter.Pod, ["inject", "-f", "-", .. Greeter.Only]).Error.Should().BeEmpty();

    [Fact]
    public void Auto_BrokenKubeconfig_MeansNever()
    {
        var run = CliRun.In(terminal => terminal with { Input = Pod(), Kubernetes = Environment("clusters: 1") }, ["inject", "-f", "-", "-v", .. Greeter.Only]);

        run.ExitCode.Should().Be(0);
        run.Error.Should().StartWith("note: native sidecars: no: ").And.Contain("kubeconfig");
    }

    [Fact]
    public void Auto_NothingToReview_DoesNotAsk() =>
        CliRun.With("kind: ConfigMap\napiVersion: v1\n", "inject", "-f", "-", "-v").Error.Should().BeEmpty();

    [Theory]
    [InlineData("always")]
    [InlineData("never")]
    public void AlwaysAndNever_DoNotAsk(string setting)
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();

        Inject(server, setting).ExitCode.Should().Be(0);

        server.Pending().Should().BeFalse();
    }

    private static CliRun Inject(TcpListener server, string setting)
    {
        var kubeconfig = $$$"""
            apiVersion: v1
            kind: Config
            current-context: test
            contexts: [{name: test, context: {cluster: test, user: test}}]
            clusters: [{name: test, cluster: {server: "http://127.0.0.1:{{{((IPEndPoint)server.LocalEndpoint).Port}}}"}}]
            users: [{name: test, user: {}}]
            """;
        return CliRun.In(
            terminal => terminal with { Input = Pod(), Kubernetes = Environment(kubeconfig) },
            ["inject", "-f", "-", "-v", "--native-sidecars", setting, .. Greeter.Only]);
    }

    private static MemoryStream Pod() => new(Encoding.UTF8.GetBytes(Greeter.Pod));

    private static KubernetesEnvironment Environment(string kubeconfig) => new()
    {
        Variable = name => name == "KUBECONFIG" ? "kubeconfig" : null,
        File = path => path == "kubeconfig" ? Encoding.UTF8.GetBytes(kubeconfig) : null,
    };

    private static async Task AnswerAsync(TcpListener server, string json)
    {
        using var client = await server.AcceptTcpClientAsync();
        var stream = client.GetStream();
        var request = new byte[4096];
        _ = await stream.ReadAsync(request);
        var answer = $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {json.Length}\r\nConnection: close\r\n\r\n{json}";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
    }
}
