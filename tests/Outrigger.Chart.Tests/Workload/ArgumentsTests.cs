using System.Text.RegularExpressions;
using Outrigger.Chart.Tests.Certificates;
using Outrigger.Chart.Tests.Rendering;

namespace Outrigger.Chart.Tests.Workload;

/// <summary>What the values make of the webhook's command line.</summary>
public sealed partial class ArgumentsTests
{
    [HelmFact]
    public void Values_BecomeFlags() => Arguments("""
        builtinPatterns: false
        imageRegistry: registry.corp:5000/mirror
        nativeSidecars: always
        maxConcurrency: 10000
        drainSeconds: 20
        logLevel: debug
        ports: {https: 10250, ops: 9090}
        """).Should().Contain(
        [
            "--builtin-patterns=false", "--image-registry=registry.corp:5000/mirror", "--native-sidecars=always", "--max-concurrency=10000", "--drain=20s",
            "--log-level=debug", "--port=10250", "--ops-port=9090",
        ]);

    [HelmFact]
    public void Defaults_AreWrittenAsAnAnnotationWouldBe() => Arguments("""
        defaults:
          https: {port: 9443, image: "nginx:1", upstream: 1000000}
          split: {backends: [{host: a, port: 1}], text: "two\nlines"}
        """).Where(argument => argument.StartsWith("--default=")).Should().Equal(
            "--default=https.image=nginx:1", "--default=https.port=9443", "--default=https.upstream=1000000",
            """--default=split.backends=[{"host":"a","port":1}]""", "--default=split.text=two\nlines");

    [HelmFact]
    public void Defaults_WithWhatTheKubeletWouldReplace_AreKept() =>
        Arguments("defaults: {a: {b: '$(HOME) costs $5'}}").Should().Contain("--default=a.b=$$(HOME) costs $$5");

    [HelmFact]
    public void ExtraArgs_ComeLast() =>
        Arguments("extraArgs: [--catalog=/more, --max-connections=10]")[^2..].Should().Equal("--catalog=/more", "--max-connections=10");

    [HelmFact]
    public void EveryFlag_StandsInTheTableOfOptions()
    {
        // Client authentication and certificates of its own come with the next version of the webhook.
        string[] next = ["--certificates", "--namespace", "--tls-secret", "--service", "--webhook-configuration", "--client-ca", "--client-name"];
        var known = Flag().Matches(File.ReadAllText(Path.Combine(Helm.Root, "docs", "webhook-options.md"))).Select(match => match.Groups[1].Value);
        const string Values = """
            imageRegistry: a
            defaults: {a: {b: c}}
            catalog: {configMaps: [a]}
            clientAuthentication: {ca: '-----BEGIN CERTIFICATE-----', names: [a]}
            """;
        Arguments(Values).Concat(Arguments(CertificateTests.Provided)).Select(argument => argument.Split('=')[0]).Distinct().Except(next)
            .Should().HaveCountGreaterThan(10).And.BeSubsetOf(known);
    }

    private static string[] Arguments(string values) => RenderedChart.Of(new(values)).Get("Deployment").Texts("spec.template.spec.containers.0.args");

    [GeneratedRegex(@"^\| `(--[a-z-]+)", RegexOptions.Multiline)]
    private static partial Regex Flag();
}
