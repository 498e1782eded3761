using System.Collections.Immutable;

namespace Outrigger.Webhook.Options;

/// <summary>What is sent by OTLP. Where to and how stands in <see cref="Variables"/>, which the library of OpenTelemetry reads itself.</summary>
internal sealed record OtlpOptions
{
    /// <summary>Whether there is a span for each review.</summary>
    public required bool Traces { get; init; }

    /// <summary>Whether metrics are sent.</summary>
    public required bool Metrics { get; init; }

    /// <summary>All variables whose names begin with <c>OTEL_</c>.</summary>
    public required ImmutableDictionary<string, string?> Variables { get; init; }
}
