using System.Text.Json.Nodes;
using Outrigger.E2e.Charts;
using Outrigger.E2e.Processes;

namespace Outrigger.E2e.Faults;

/// <summary>The chart with certificates of 15 s and authorities of 90 s: a new certificate every 10 s, a new authority every minute.</summary>
public sealed class RotatingInstallation : ChartInstallation
{
    /// <inheritdoc />
    protected override Task<JsonObject> ValuesAsync() => Task.FromResult(new JsonObject
    {
        ["certificates"] = new JsonObject { ["selfManaged"] = new JsonObject { ["duration"] = "15s", ["caDuration"] = "90s" } },
    });
}

/// <summary>Certificates and authorities that are replaced while they are in use.</summary>
public sealed class RotationTests(RotatingInstallation installation) : IClassFixture<RotatingInstallation>
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(3);

    [ChartFact]
    public async Task RotationUnderLoad_RefusesNoPod()
    {
        var before = await installation.IdentitiesAsync();
        await using var space = await installation.CreateNamespaceAsync();
        var secret = await KeptSecret.OpenAsync(installation);
        await using var load = await PodLoad.StartAsync(space);
        var (certificates, authorities) = (new HashSet<string>(), new HashSet<string>());
        while (load.Elapsed < Length)
        {
            var data = await secret.ReadAsync();
            certificates.Add(data["tls.crt"]);
            authorities.Add(data["ca.key"]);
            await Task.Delay(500);
        }

        var result = await load.StopAsync();
        Show.Line($"fault: {certificates.Count} certificates of {authorities.Count} authorities one after the other in {Length.TotalSeconds:0} s at 20 Pods a second: {result}");
        foreach (var message in result.Failed.Select(one => one.Problem).Distinct())
            Show.Line($"       {message}");
        result.Failed.Should().BeEmpty();
        certificates.Count.Should().BeGreaterThanOrEqualTo(17);
        authorities.Count.Should().BeGreaterThanOrEqualTo(3);
        (await installation.IdentitiesAsync()).Should().Equal(before, "nothing was restarted");
    }
}
