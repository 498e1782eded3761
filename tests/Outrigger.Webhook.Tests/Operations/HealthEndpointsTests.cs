using System.Net;
using Outrigger.Webhook.Tests.Hosting;

namespace Outrigger.Webhook.Tests.Operations;

public sealed class HealthEndpointsTests
{
    [Fact]
    public async Task Healthz_ServerThatRuns_IsOk()
    {
        await using var server = await TestServer.StartAsync();

        (await server.Ops.GetStringAsync("/healthz")).Should().Be("ok\n");
    }

    [Fact]
    public async Task Readyz_AllThere_IsReadyAndVerboseSaysWhy()
    {
        await using var server = await TestServer.StartAsync();

        (await server.Ops.GetStringAsync("/readyz")).Should().Be("ready\n");
        (await server.Ops.GetStringAsync("/readyz?verbose")).Split('\n').Should().SatisfyRespectively(
            line => line.Should().Be("[+]running ok: not shutting down"),
            line => line.Should().StartWith("[+]certificate ok: CN=localhost is valid: "),
            line => line.Should().MatchRegex(@"^\[\+\]catalog ok: \d+ patterns, \d+ bindings$"),
            line => line.Should().Be("ready"),
            line => line.Should().BeEmpty());
    }

    [Theory]
    [InlineData("/metricz")]
    [InlineData("/")]
    public async Task Ops_OtherPath_Is404(string path)
    {
        await using var server = await TestServer.StartAsync();

        using var response = await server.Ops.GetAsync(path);

        response.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Readyz_ExpiredCertificate_Is503ThatSaysSo()
    {
        var time = new ShiftedTime();
        await using var server = await TestServer.StartAsync(TestServer.NoCluster with { Time = time });
        time.Shift = TimeSpan.FromDays(2);

        using var response = await server.Ops.GetAsync("/readyz");

        response.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        (await response.Content.ReadAsStringAsync()).Should().StartWith("[-]certificate failed: CN=localhost is not valid").And.EndWith("not ready\n");
    }
}
