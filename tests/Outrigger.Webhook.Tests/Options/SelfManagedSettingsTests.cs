using Outrigger.Core.Results;
using Outrigger.Webhook.Options;

namespace Outrigger.Webhook.Tests.Options;

public sealed class SelfManagedSettingsTests
{
    private static readonly string[] Whole =
        ["--certificates=self-managed", "--namespace=outrigger", "--tls-secret=outrigger-tls", "--service=webhook", "--webhook-configuration=outrigger"];

    [Fact]
    public void Read_Whole_GivesNamesAndLifetimes()
    {
        var options = Read([.. Whole, "--certificate-lifetime=15s", "--ca-lifetime=1m"]).Value;
        options.Certificates.Should().Be(CertificateSource.SelfManaged);
        options.SelfManaged.Should().Be(new SelfManagedOptions
        {
            Namespace = "outrigger",
            Secret = "outrigger-tls",
            Service = "webhook",
            Configuration = "outrigger",
            CertificateLifetime = TimeSpan.FromSeconds(15),
            AuthorityLifetime = TimeSpan.FromMinutes(1),
        });
        Read(Whole).Value.SelfManaged.CertificateLifetime.Should().Be(TimeSpan.FromDays(90));
    }

    [Fact]
    public void Read_NothingButTheMode_NamesAllThatIsMissing() =>
        Read(["--certificates=self-managed"]).Problems.Select(problem => problem.ToString()).Should().Equal(
            "--namespace: is missing; give the flag or OUTRIGGER_NAMESPACE, the name of a namespace",
            "--tls-secret: is missing; give the flag or OUTRIGGER_TLS_SECRET, the name of a Secret",
            "--service: is missing; give the flag or OUTRIGGER_SERVICE, the name of a Service",
            "--webhook-configuration: is missing; give the flag or OUTRIGGER_WEBHOOK_CONFIGURATION, the name of a MutatingWebhookConfiguration");

    [Fact]
    public void Read_FilesBesideOurOwn_IsAContradictionByName() =>
        Read([.. Whole, "--tls-cert=a.crt"], ("OUTRIGGER_TLS_KEY", "a.key")).Problems.Select(problem => problem.ToString()).Should().Equal(
            "--tls-cert: is given, but --certificates is self-managed; it goes with --certificates files alone",
            "OUTRIGGER_TLS_KEY: is given, but --certificates is self-managed; it goes with --certificates files alone");

    [Fact]
    public void Read_OurOwnBesideFiles_IsAContradictionByName() =>
        Read(["--tls-cert=a.crt", "--tls-key=a.key", "--tls-secret=b", "--ca-lifetime=1h"]).Problems.Select(problem => problem.ToString()).Should().Equal(
            "--tls-secret: is given, but --certificates is files; it goes with --certificates self-managed alone",
            "--ca-lifetime: is given, but --certificates is files; it goes with --certificates self-managed alone");

    [Theory]
    [InlineData("--certificates", "provided")]
    [InlineData("--namespace", "Outrigger")]
    [InlineData("--namespace", "a.b")]
    [InlineData("--tls-secret", "a..b")]
    [InlineData("--service", "-a")]
    [InlineData("--webhook-configuration", "a_b")]
    [InlineData("--certificate-lifetime", "14s")]
    [InlineData("--certificate-lifetime", "8761h")]
    [InlineData("--certificate-lifetime", "90d")]
    [InlineData("--ca-lifetime", "6479h")]
    [InlineData("--ca-lifetime", "87601h")]
    public void Read_ValueOutOfRange_NamesFlagValueAndWhatIsAllowed(string flag, string value)
    {
        var setting = WebhookSettings.All.Single(setting => setting.Flag == flag);
        Read([.. Whole.Where(one => one.Split('=')[0] != flag), $"{flag}={value}"]).Problems
            .Should().Contain(Problem.Of(flag, $"\"{value}\" is not allowed; it must be {setting.Allowed}"));
    }

    private static Result<WebhookOptions> Read(string[] args, params (string Name, string Value)[] variables) =>
        OptionsReader.Read(args, variables.ToDictionary(variable => variable.Name, variable => variable.Value));
}
