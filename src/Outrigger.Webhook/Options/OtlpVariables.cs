using System.Collections.Immutable;
using Outrigger.Core.Results;

namespace Outrigger.Webhook.Options;

/// <summary>
/// The standard variables of OpenTelemetry (https://opentelemetry.io/docs/specs/otel/protocol/exporter/). The library takes a value that it
/// does not understand for none and sends nothing, or elsewhere; here it is a mistake.
/// </summary>
internal static class OtlpVariables
{
    private const string Prefix = "OTEL_EXPORTER_OTLP_";

    /// <summary>What shall be sent; null where no endpoint is named, or everything is switched off.</summary>
    public static OtlpOptions? Read(IReadOnlyDictionary<string, string> environment, List<Problem> problems)
    {
        if (string.Equals(Value("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase))
            return null;
        foreach (var kind in (ReadOnlySpan<string>)["", "TRACES_", "METRICS_"])
        {
            Check($"{Prefix}{kind}ENDPOINT", IsEndpoint, "a URL that begins with http:// or https://, as in http://collector:4317");
            Check($"{Prefix}{kind}PROTOCOL", text => text is "grpc" or "http/protobuf", "grpc or http/protobuf");
        }

        var (traces, metrics) = (IsSent("TRACES"), IsSent("METRICS"));
        return traces || metrics
            ? new OtlpOptions
            {
                Traces = traces,
                Metrics = metrics,
                Variables = environment.Where(pair => pair.Key.StartsWith("OTEL_", StringComparison.Ordinal) && pair.Value.Length > 0)
                    .ToImmutableDictionary(pair => pair.Key, string? (pair) => pair.Value),
            }
            : null;

        string? Value(string name) => environment.TryGetValue(name, out var text) && text.Trim().Length > 0 ? text.Trim() : null;

        bool IsSent(string kind)
        {
            Check($"OTEL_{kind}_EXPORTER", text => text is "otlp" or "none", "otlp or none");
            return Value($"OTEL_{kind}_EXPORTER") != "none" && (Value($"{Prefix}{kind}_ENDPOINT") ?? Value($"{Prefix}ENDPOINT")) is not null;
        }

        void Check(string name, Func<string, bool> isAllowed, string allowed)
        {
            if (Value(name) is { } text && !isAllowed(text))
                problems.Add(Problem.Of(name, $"{Shown.Quoted(text)} is not allowed; it must be {allowed}"));
        }
    }

    private static bool IsEndpoint(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0;
}
