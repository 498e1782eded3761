using System.Diagnostics.Metrics;
using Outrigger.Webhook.Admission;
using Outrigger.Webhook.Catalogs;
using Outrigger.Webhook.Logging;
using Outrigger.Webhook.Serving;
using Outrigger.Webhook.Watching;

namespace Outrigger.Webhook.Metrics;

/// <summary>The parts of a server that are looked at when somebody asks how it is.</summary>
internal sealed record ServerParts
{
    public required CatalogSource Catalog { get; init; }

    public required ServingCertificate Certificate { get; init; }

    /// <summary>Null where anybody may call.</summary>
    public required ClientAuthorities? Clients { get; init; }

    public required ReviewGate Gate { get; init; }

    public required ConnectionGate Connections { get; init; }

    public required LineWriter Log { get; init; }
}

/// <summary>What a server is at this moment: nothing is counted on the way of a review for it.</summary>
internal static class ServerMetrics
{
    /// <summary>Makes the instruments.</summary>
    public static void Create(IMeterFactory meters, ServerParts parts)
    {
        var meter = meters.Create(WebhookMetrics.MeterName);
        var (catalog, gate, connections) = (parts.Catalog.Current, parts.Gate, parts.Connections);
        meter.CreateObservableGauge("outrigger.build.info", () => new Measurement<long>(1, Tag("version", Build.Version)), null, "1, with the version that runs.");
        meter.CreateObservableGauge(
            "outrigger.catalog.patterns", () => (long)catalog.Snapshot.Patterns.Length, "{pattern}", "Patterns of the catalog in force, each version counted.");
        meter.CreateObservableGauge(
            "outrigger.catalog.bindings", () => (long)catalog.Snapshot.Bindings.Length, "{binding}", "Bindings of the catalog in force.");
        meter.CreateObservableGauge("outrigger.requests.in_flight", () => (long)gate.UnderWay, "{request}", "Reviews that are under way, their bodies received.");
        meter.CreateObservableGauge("outrigger.requests.limit", () => (long)gate.Capacity, "{request}", "How many may be under way at once (--max-concurrency).");
        meter.CreateObservableGauge("outrigger.requests.bodies", () => gate.BodyBytes, "By", "Memory that is set aside for the bodies of requests under way.");
        meter.CreateObservableGauge("outrigger.connections", () => (long)connections.Open, "{connection}", "Open connections of the HTTPS port.");
        meter.CreateObservableCounter(
            "outrigger.connections.refused", () => connections.TurnedAway, "{connection}", "Connections that were closed at once, being more than --max-connections.");
        meter.CreateObservableCounter(
            "outrigger.log.lines.dropped", () => parts.Log.Dropped, "{line}", "Log lines that were dropped, since the output did not keep up.");
        CreateFiles(meter, parts);
    }

    private static void CreateFiles(Meter meter, ServerParts parts)
    {
        (string Name, Reloads Reloads)[] files =
        [
            ("catalog", parts.Catalog.Reloads),
            ("certificate", parts.Certificate.Reloads),
            .. parts.Clients is { } clients ? [("client_ca", clients.Reloads)] : Array.Empty<(string, Reloads)>(),
        ];
        meter.CreateObservableCounter(
            "outrigger.reloads",
            () => files.SelectMany(file => new Measurement<long>[]
            {
                new(file.Reloads.Taken, Tag("files", file.Name), Tag("result", "taken")),
                new(file.Reloads.Refused, Tag("files", file.Name), Tag("result", "refused")),
            }),
            "{reload}",
            "Readings of files that were new: how often they came into force (the start counts), and how often they were wrong.");
        meter.CreateObservableGauge(
            "outrigger.reload.successful",
            () => files.Select(file => new Measurement<long>(file.Reloads.Failure is null ? 1 : 0, Tag("files", file.Name))),
            null,
            "1 where what is in force is what the files hold, 0 where they are wrong and the last good ones are in force.");
        meter.CreateObservableGauge(
            "outrigger.reload.last_success.timestamp",
            () => files.Select(file => new Measurement<double>(Seconds(file.Reloads.LastTaken), Tag("files", file.Name))),
            "s",
            "When files came into force last, in Unix time.");
        meter.CreateObservableGauge(
            "outrigger.certificate.expiry.timestamp",
            () => Expiries(parts),
            "s",
            "When the serving certificate, and the last of the client authorities, ends to be valid, in Unix time.");
    }

    private static IEnumerable<Measurement<double>> Expiries(ServerParts parts)
    {
        if (parts.Certificate.Pair is { } pair)
            yield return new(Seconds(pair.NotAfter), Tag("certificate", "serving"));
        if (parts.Clients is { } clients)
            yield return new(Seconds(clients.Trust.NotAfter), Tag("certificate", "client_ca"));
    }

    private static double Seconds(DateTimeOffset moment) => moment.ToUnixTimeMilliseconds() / 1000.0;

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
