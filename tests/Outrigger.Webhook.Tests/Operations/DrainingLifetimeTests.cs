using System.Net;
using System.Text;
using Outrigger.Webhook.Tests.Hosting;

namespace Outrigger.Webhook.Tests.Operations;

public sealed class DrainingLifetimeTests
{
    [Fact]
    public async Task Begin_DuringTheDrain_IsUnreadyAndServesWithConnectionClose()
    {
        await using var server = await TestServer.StartAsync(null, "--drain=10m");

        server.Lifetime.Begin().Should().BeTrue();

        using var ready = await server.Ops.GetAsync("/readyz");
        ready.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        (await ready.Content.ReadAsStringAsync()).Should().Be("[-]running failed: shutting down\nnot ready\n");
        (await server.Ops.GetAsync("/healthz")).StatusCode.Should().Be(HttpStatusCode.OK);
        using var review = await server.Client.ReviewAsync();
        review.StatusCode.Should().Be(HttpStatusCode.OK);
        review.Headers.ConnectionClose.Should().BeTrue();
        server.Application.ApplicationStopping.IsCancellationRequested.Should().BeFalse();
    }

    [Fact]
    public async Task Begin_AfterTheDrain_Stops()
    {
        await using var server = await TestServer.StartAsync(null, "--drain=50ms");
        var stopping = new TaskCompletionSource();
        server.Application.ApplicationStopping.Register(stopping.SetResult);

        server.Lifetime.Begin();

        await stopping.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Begin_Twice_LeavesTheSecondSignalToTheSystem()
    {
        await using var server = await TestServer.StartAsync(null, "--drain=10m");
        server.Lifetime.Begin();

        server.Lifetime.Begin().Should().BeFalse();
    }

    [Fact]
    public async Task Begin_AfterTheDrain_AnswersWhoIsInAndHasNotAskedYet()
    {
        await using var server = await TestServer.StartAsync(null, "--drain=0s");
        await using var stream = await server.ConnectAsync();
        var stopping = new TaskCompletionSource();
        server.Application.ApplicationStopping.Register(stopping.SetResult);

        server.Lifetime.Begin();
        // Once nobody is let in any more, the drain is over, and the server would end but for this one connection.
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            while (true)
                await (await server.ConnectAsync()).DisposeAsync();
        });
        stopping.Task.IsCompleted.Should().BeFalse();
        var body = Encoding.UTF8.GetBytes(Reviews.CreatePod().ToJsonString());
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /mutate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n"));
        await stream.WriteAsync(body);

        (await new StreamReader(stream).ReadToEndAsync()).Should().StartWith("HTTP/1.1 200 OK").And.Contain("Connection: close");
        await stopping.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }
}
