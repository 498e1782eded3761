using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Outrigger.Webhook.Tests.Hosting;

namespace Outrigger.Webhook.Tests.Serving;

public sealed class ConnectionGateTests
{
    [Fact]
    public async Task Connections_MoreThanAllowed_AreClosedUntilOneEnds()
    {
        await using var server = await TestServer.StartAsync(null, "--max-connections=2");
        await using var first = await server.ConnectAsync();
        await using var second = await server.ConnectAsync();

        var third = async () => await server.ConnectAsync();

        (await third.Should().ThrowAsync<Exception>()).Which.Should().Match(e => e is IOException || e is AuthenticationException || e is SocketException);
        (await server.Log.WaitAsync("ConnectionsRefused")).GetProperty("turnedAway").GetInt64().Should().Be(1);
        (await Scrape.OfAsync(server))["outrigger_connections_refused_total"].Should().Be(1);
        (await server.Ops.GetStringAsync("/readyz")).Should().Be("ready\n", "the other port is not concerned");
        await first.DisposeAsync();
        await Scrape.WaitAsync(server, scrape => scrape["outrigger_connections"] == 1);
        (await server.Client.ReviewAsync()).StatusCode.Should().Be(HttpStatusCode.OK);
    }
}
