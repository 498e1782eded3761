using Outrigger.Core.Results;
using Outrigger.Webhook.Options;

namespace Outrigger.Webhook.Tests.Options;

public sealed class OtlpVariablesTests
{
    [Fact]
    public void Read_NoEndpoint_SendsNothing()
    {
        Read().Should().BeNull();
        Read(("OTEL_SERVICE_NAME", "x"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")).Should().BeNull();
        Read(("OTEL_EXPORTER_OTLP_ENDPOINT", " ")).Should().BeNull();
    }

    [Fact]
    public void Read_OneEndpoint_IsForBoth()
    {
        var options = Read(("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4317"), ("OTEL_SERVICE_NAME", "x"), ("PATH", "/bin"), ("OTEL_EMPTY", ""))!;

        (options.Traces, options.Metrics).Should().Be((true, true));
        options.Variables.Keys.Should().BeEquivalentTo("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_SERVICE_NAME");
    }

    [Theory]
    [InlineData("TRACES", true, false)]
    [InlineData("METRICS", false, true)]
    public void Read_EndpointOfOneKind_SendsThatKindAlone(string kind, bool traces, bool metrics) =>
        Read(($"OTEL_EXPORTER_OTLP_{kind}_ENDPOINT", "https://collector/v1")).Should()
            .Match<OtlpOptions>(options => options.Traces == traces && options.Metrics == metrics);

    [Fact]
    public void Read_KindThatIsSwitchedOff_IsNotSent()
    {
        Read(("OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:1"), ("OTEL_TRACES_EXPORTER", "none")).Should()
            .Match<OtlpOptions>(options => !options.Traces && options.Metrics);
        Read(("OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:1"), ("OTEL_TRACES_EXPORTER", "none"), ("OTEL_METRICS_EXPORTER", "none")).Should().BeNull();
        Read(("OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:1"), ("OTEL_SDK_DISABLED", "TRUE")).Should().BeNull();
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "grpc://collector:4317")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "/v1/traces")]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "http://")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "http")]
    [InlineData("OTEL_TRACES_EXPORTER", "jaeger")]
    [InlineData("OTEL_METRICS_EXPORTER", "prometheus")]
    public void Read_ValueThatTheLibraryWouldPassOver_IsAMistakeByName(string name, string value)
    {
        var problems = new List<Problem>();

        OtlpVariables.Read(new Dictionary<string, string> { [name] = value }, problems);

        problems.Should().ContainSingle().Which.ToString().Should().StartWith($"{name}: \"{value}\" is not allowed; it must be ");
    }

    private static OtlpOptions? Read(params (string Name, string Value)[] variables)
    {
        var problems = new List<Problem>();
        var options = OtlpVariables.Read(variables.ToDictionary(variable => variable.Name, variable => variable.Value), problems);
        problems.Should().BeEmpty();
        return options;
    }
}
