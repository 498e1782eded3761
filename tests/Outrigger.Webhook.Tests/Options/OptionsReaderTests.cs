using Microsoft.Extensions.Logging;
using Outrigger.Core.Catalog;
using Outrigger.Core.Results;
using Outrigger.Webhook.Options;

namespace Outrigger.Webhook.Tests.Options;

public sealed class OptionsReaderTests
{
    private static readonly string[] Required = ["--tls-cert", "a.crt", "--tls-key", "a.key"];

    [Fact]
    public void Read_OnlyWhatIsRequired_GivesTheDefaultsOfTheContract()
    {
        var options = Read([]).Value;

        options.Should().BeEquivalentTo(new WebhookOptions
        {
            Port = 8443,
            OpsPort = 8080,
            TlsCertificate = "a.crt",
            TlsKey = "a.key",
            BuiltInPatterns = true,
            NativeSidecars = NativeSidecars.Auto,
            MaxConcurrency = 200,
            MaxConnections = 1_000,
            Drain = TimeSpan.FromSeconds(15),
            LogLevel = LogLevel.Information,
        });
    }

    [Fact]
    public void Read_BothFormsOfEveryFlag_TakesThem()
    {
        var apart = Read(
            "--port", "1", "--ops-port", "2", "--catalog", "a", "--catalog", "b", "--builtin-patterns", "false",
            "--default", "https.port=9443", "--default", "https.image=x=y", "--image-registry", "registry.corp:5000/mirror",
            "--native-sidecars", "always", "--max-concurrency", "3", "--max-connections", "4", "--client-ca", "ca", "--client-name", "x", "--client-name", "y", "--drain", "1m30s", "--log-level", "trace").Value;
        var together = Read(
            "--port=1", "--ops-port=2", "--catalog=a", "--catalog=b", "--builtin-patterns=false",
            "--default=https.port=9443", "--default=https.image=x=y", "--image-registry=registry.corp:5000/mirror",
            "--native-sidecars=always", "--max-concurrency=3", "--max-connections=4", "--client-ca=ca", "--client-name=x", "--client-name=y", "--drain=1m30s", "--log-level=trace").Value;

        together.Should().BeEquivalentTo(apart);
        together.Should().BeEquivalentTo(new WebhookOptions
        {
            Port = 1,
            OpsPort = 2,
            TlsCertificate = "a.crt",
            TlsKey = "a.key",
            Catalogs = ["a", "b"],
            BuiltInPatterns = false,
            Defaults = [new InstallationDefault("https", "port", "9443"), new InstallationDefault("https", "image", "x=y")],
            ImageRegistry = "registry.corp:5000/mirror",
            NativeSidecars = NativeSidecars.Always,
            MaxConcurrency = 3,
            MaxConnections = 4,
            ClientCa = "ca",
            ClientNames = ["x", "y"],
            Drain = TimeSpan.FromSeconds(90),
            LogLevel = LogLevel.Trace,
        });
    }

    [Fact]
    public void Read_SwitchAlone_IsTrueAndLeavesTheNextFlag()
    {
        var options = Read("--builtin-patterns", "--port", "1").Value;

        (options.BuiltInPatterns, options.Port).Should().Be((true, 1));
    }

    [Fact]
    public void Read_FlagAndVariable_TakesTheFlag() =>
        Read(["--port", "1"], ("OUTRIGGER_PORT", "2"), ("OUTRIGGER_OPS_PORT", "3")).Value
            .Should().Match<WebhookOptions>(options => options.Port == 1 && options.OpsPort == 3);

    [Fact]
    public void Read_FlagOfARepeatableOne_ReplacesTheWholeVariable() =>
        Read(["--catalog", "a"], ("OUTRIGGER_CATALOG", "b\nc")).Value.Catalogs.Should().Equal("a");

    [Fact]
    public void Read_RepeatableVariable_HasOneValueALine() =>
        Read([], ("OUTRIGGER_DEFAULT", "a.b=1;2\n\n  c.d={x: [1, 2]}\r\n")).Value.Defaults
            .Should().Equal(new InstallationDefault("a", "b", "1;2"), new InstallationDefault("c", "d", "{x: [1, 2]}"));

    [Fact]
    public void Read_EmptyVariable_CountsAsNotSet() =>
        Read([], ("OUTRIGGER_PORT", ""), ("OUTRIGGER_IMAGE_REGISTRY", "")).Value
            .Should().Match<WebhookOptions>(options => options.Port == 8443 && options.ImageRegistry == null);

    [Fact]
    public void Read_RequiredByVariable_IsEnough() =>
        OptionsReader.Read([], new Dictionary<string, string> { ["OUTRIGGER_TLS_CERT"] = "c", ["OUTRIGGER_TLS_KEY"] = "k" })
            .IsOk.Should().BeTrue();

    // What Kubernetes sets in every container beside a Service that is called outrigger.
    [Fact]
    public void Read_VariablesOfAServiceOfThatName_AreNotSettings() =>
        Read(
            [],
            ("OUTRIGGER_PORT", "tcp://10.96.0.7:443"),
            ("OUTRIGGER_PORT_443_TCP", "tcp://10.96.0.7:443"),
            ("OUTRIGGER_PORT_443_TCP_PORT", "443"),
            ("OUTRIGGER_SERVICE_HOST", "10.96.0.7"),
            ("OUTRIGGER_SERVICE_PORT", "443"),
            ("OUTRIGGER_OPS_PORT", "tcp://10.96.0.8:8080")).Value
            .Should().Match<WebhookOptions>(options => options.Port == 8443 && options.OpsPort == 8080);

    [Theory]
    [InlineData("--port", "65536")]
    [InlineData("--port", "-1")]
    [InlineData("--port", "+1")]
    [InlineData("--port", "http")]
    [InlineData("--ops-port", "")]
    [InlineData("--tls-cert", "")]
    [InlineData("--builtin-patterns", "no")]
    [InlineData("--default", "https=1")]
    [InlineData("--default", "https.port")]
    [InlineData("--image-registry", "https://registry.corp")]
    [InlineData("--image-registry", "registry.corp//mirror")]
    [InlineData("--image-registry", "registry.corp:port")]
    [InlineData("--image-registry", "registry.corp/Mirror")]
    [InlineData("--native-sidecars", "yes")]
    [InlineData("--max-concurrency", "0")]
    [InlineData("--max-concurrency", "10001")]
    [InlineData("--max-connections", "0")]
    [InlineData("--max-connections", "100001")]
    [InlineData("--client-name", "CN=kube-apiserver")]
    [InlineData("--client-name", "")]
    [InlineData("--drain", "15")]
    [InlineData("--drain", "11m")]
    [InlineData("--log-level", "verbose")]
    public void Read_ValueThatIsNotAllowed_NamesFlagValueAndWhatIsAllowed(string flag, string value)
    {
        var setting = WebhookSettings.All.Single(setting => setting.Flag == flag);

        OptionsReader.Read([.. Required.Where((_, i) => Required[i & ~1] != flag), "--client-ca=ca.crt", $"{flag}={value}"], new Dictionary<string, string>())
            .Problems.Should().Equal(Problem.Of(flag, $"\"{value}\" is not allowed; it must be {setting.Allowed}"));
    }

    [Fact]
    public void Read_ValueOfAVariableThatIsNotAllowed_NamesTheVariable() =>
        Read([], ("OUTRIGGER_DRAIN", "soon")).Problems.Should().ContainSingle()
            .Which.ToString().Should().Be("OUTRIGGER_DRAIN: \"soon\" is not allowed; it must be a duration from 0s to 10m, as in 15s, 500ms or 1m30s");

    [Fact]
    public void Read_ManyMistakes_TellsThemAll()
    {
        var problems = OptionsReader.Read(
            ["--prot", "1", "serve", "--drain", "--log-level", "loud", "--port", "1", "--port", "2"],
            new Dictionary<string, string> { ["OUTRIGGER_MAX_CONCURENCY"] = "5", ["OUTRIGGER_E2E_NAME"] = "mine" }).Problems;

        problems.Select(problem => problem.ToString()).Should().Equal(
            "--prot: there is no such flag; did you mean \"--port\"?",
            "serve: stands alone; the server takes flags only, see --help",
            "--drain: has no value; it must be a duration from 0s to 10m, as in 15s, 500ms or 1m30s",
            "--port: is given 2 times; it takes one value",
            "--tls-cert: is missing; give the flag or OUTRIGGER_TLS_CERT, a PEM file",
            "--tls-key: is missing; give the flag or OUTRIGGER_TLS_KEY, a PEM file",
            "--log-level: \"loud\" is not allowed; it must be one of trace, debug, info, warning, error",
            "OUTRIGGER_MAX_CONCURENCY: there is no such variable; did you mean \"OUTRIGGER_MAX_CONCURRENCY\"?");
    }

    [Fact]
    public void Read_OnePortForBoth_IsAMistakeUnlessItIsAnyFreeOne()
    {
        Read("--port=9000", "--ops-port=9000").Problems.Select(problem => problem.ToString())
            .Should().Equal("--ops-port: is 9000, which --port is too; they must differ");
        Read("--port=0", "--ops-port=0").IsOk.Should().BeTrue();
    }

    [Fact]
    public void Read_ClientNameWithoutAnAuthority_IsAMistake() =>
        Read("--client-name=kube-apiserver").Problems.Select(problem => problem.ToString())
            .Should().Equal("--client-name: is given without --client-ca; a name counts for nothing where nobody certifies it");

    private static Result<WebhookOptions> Read(params string[] args) => Read(args, []);

    private static Result<WebhookOptions> Read(string[] args, params (string Name, string Value)[] variables) =>
        OptionsReader.Read([.. Required, .. args], variables.ToDictionary(variable => variable.Name, variable => variable.Value));
}
