using System.Net;
using System.Net.Security;
using System.Text;
using Outrigger.Webhook.Tests.Hosting;

namespace Outrigger.Webhook.Tests.Admission;

public sealed class ReviewGateTests
{
    private const string InFlight = "outrigger_requests_in_flight";
    private const string Bodies = "outrigger_requests_bodies_bytes";

    [Fact]
    public async Task Bodies_ThatTogetherTakeMoreThanThereIs_Are429UntilThereIsRoom()
    {
        await using var server = await TestServer.StartAsync(TestServer.NoCluster with { BodyCapacity = 100_000 });
        await using var first = await AnnounceAsync(server, "Content-Length: 95000");
        await first.WriteAsync(new byte[90_000]);
        await Scrape.WaitAsync(server, scrape => scrape[Bodies] == 90_000);

        using var second = await server.Client.ReviewAsync(Padded(20_000));

        second.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        second.Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromSeconds(1));
        (await Scrape.OfAsync(server))[Bodies].Should().Be(90_000);
        (await server.Client.ReviewAsync(Padded(8_000))).StatusCode.Should().Be(HttpStatusCode.OK, "that is less than what is left");
        (await server.Log.WaitAsync("Overload")).GetProperty("turnedAway").GetInt64().Should().Be(1);
        await first.DisposeAsync();
        await Scrape.WaitAsync(server, scrape => scrape[Bodies] == 0);
        (await server.Client.ReviewAsync(Padded(20_000))).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Bodies_ThatAreAnnouncedAndDoNotCome_KeepNobodyOut()
    {
        await using var server = await TestServer.StartAsync(TestServer.NoCluster with { BodyCapacity = 100_000 }, "--max-concurrency=2");
        await using var first = await AnnounceAsync(server, "Content-Length: 90000");
        await using var second = await AnnounceAsync(server, "Content-Length: 90000");
        await using var third = await AnnounceAsync(server, "Transfer-Encoding: chunked");

        (await server.Client.ReviewAsync(Padded(20_000))).StatusCode.Should().Be(HttpStatusCode.OK);
        (await Scrape.OfAsync(server))[InFlight].Should().Be(0);
    }

    [Fact]
    public async Task Body_InChunks_TakesAsMuchAsHasCome()
    {
        await using var server = await TestServer.StartAsync(TestServer.NoCluster with { BodyCapacity = 100_000 });
        await using var first = await AnnounceAsync(server, "Transfer-Encoding: chunked");

        await SendChunkAsync(first, 50_000);
        await Scrape.WaitAsync(server, scrape => scrape[Bodies] == 50_000);
        await SendChunkAsync(first, 60_000);

        var answer = new byte[12];
        await first.ReadExactlyAsync(answer);
        Encoding.ASCII.GetString(answer).Should().Be("HTTP/1.1 429");
        await Scrape.WaitAsync(server, scrape => scrape[Bodies] == 0 && scrape[InFlight] == 0);
    }

    private static ByteArrayContent Padded(int size)
    {
        var review = Reviews.CreatePod(review => review["request"]!["padding"] = "");
        review["request"]!["padding"] = new string('x', size - review.ToJsonString().Length);
        return (ByteArrayContent)review.Json();
    }

    private static async Task<SslStream> AnnounceAsync(TestServer server, string framing)
    {
        var stream = await server.ConnectAsync();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /mutate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{framing}\r\n\r\n"));
        return stream;
    }

    private static ValueTask SendChunkAsync(SslStream stream, int size) =>
        stream.WriteAsync(Encoding.ASCII.GetBytes($"{size:x}\r\n{new string('x', size)}\r\n"));
}
