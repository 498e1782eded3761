using System.Net;
using System.Text;
using Outrigger.Webhook.Tests.Hosting;

namespace Outrigger.Webhook.Tests.Admission;

public sealed class RequestBodyTests
{
    private const int Limit = 3 * 1024 * 1024;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Body_OfTheLimit_IsReviewed(bool chunked)
    {
        await using var server = await TestServer.StartAsync();

        using var response = await SendAsync(server, Limit, chunked);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Body_OfOneByteMore_Is413AndTheConnectionLives(bool chunked)
    {
        await using var server = await TestServer.StartAsync();

        using var response = await SendAsync(server, Limit + 1, chunked);
        using var next = await server.Client.ReviewAsync();

        response.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        (await response.Content.ReadAsStringAsync()).Should().Contain("3 MiB");
        next.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Body_ThatIsAnnouncedFarTooLarge_Is413BeforeItIsSent()
    {
        await using var server = await TestServer.StartAsync();
        await using var stream = await server.ConnectAsync();

        await stream.WriteAsync(Head("Content-Length: 99999999999"));

        (await ReadAnswerAsync(stream)).Should().StartWith("HTTP/1.1 413 ");
    }

    [Fact]
    public async Task Body_ThatComesTooSlowly_Is408AndEndsTheConnection()
    {
        await using var server = await TestServer.StartAsync(TestServer.NoCluster with { BodyDeadline = TimeSpan.FromMilliseconds(200) });
        await using var stream = await server.ConnectAsync();

        await stream.WriteAsync(Head("Content-Length: 1000"));
        await stream.WriteAsync("{\"kind\":"u8.ToArray());
        var answer = await ReadAnswerAsync(stream);

        answer.Should().StartWith("HTTP/1.1 408 ").And.Contain("Connection: close");
        (await server.Log.WaitAsync("Refused")).GetProperty("reason").GetString().Should().Be("too_slow");
    }

    [Fact]
    public async Task Body_ThatStallsForLessThanTheDeadline_IsWaitedFor()
    {
        await using var server = await TestServer.StartAsync();
        await using var stream = await server.ConnectAsync();
        var body = Encoding.UTF8.GetBytes(Reviews.CreatePod().ToJsonString());

        await stream.WriteAsync(Head($"Content-Length: {body.Length}"));
        await Task.Delay(TimeSpan.FromSeconds(7));
        await stream.WriteAsync(body);

        (await ReadAnswerAsync(stream)).Should().StartWith("HTTP/1.1 200 ");
    }

    [Fact]
    public async Task Body_InManyPieces_IsReviewed()
    {
        await using var server = await TestServer.StartAsync();
        await using var stream = await server.ConnectAsync();
        var body = Encoding.UTF8.GetBytes(Reviews.CreatePod().ToJsonString());

        await stream.WriteAsync(Head($"Content-Length: {body.Length}"));
        foreach (var piece in body.Chunk(100))
        {
            await stream.WriteAsync(piece);
            await stream.FlushAsync();
        }

        (await ReadAnswerAsync(stream)).Should().StartWith("HTTP/1.1 200 ");
    }

    [Theory]
    [InlineData("zz")]
    [InlineData("7fffffff0")]
    [InlineData("80000000")]
    [InlineData("ffffffff")]
    [InlineData("fffffffffffffffff")]
    public async Task Body_WithBrokenChunks_Is400(string size)
    {
        await using var server = await TestServer.StartAsync();
        await using var stream = await server.ConnectAsync();

        await stream.WriteAsync(Head("Transfer-Encoding: chunked"));
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{size}\r\n{{}}\r\n0\r\n\r\n"));

        (await ReadAnswerAsync(stream)).Should().StartWith("HTTP/1.1 400 ");
    }

    [Fact]
    public async Task Body_OfACallerWhoGoesAway_IsForgotten()
    {
        await using var server = await TestServer.StartAsync();
        await using (var stream = await server.ConnectAsync())
        {
            await stream.WriteAsync(Head("Content-Length: 1000"));
            await stream.WriteAsync("{"u8.ToArray());
        }

        // By the moment of the break the server sees a connection that is gone or a body that ended early.
        await server.Log.WaitAsync(line => line.GetProperty("event").GetString() == "Gone"
            || (line.GetProperty("event").GetString() == "Refused" && line.GetProperty("reason").GetString() == "broken_body"));

        server.Log.All.Should().NotContain(line => line.GetProperty("level").GetString() == "error");
    }

    private static async Task<HttpResponseMessage> SendAsync(TestServer server, int size, bool chunked)
    {
        var review = Reviews.CreatePod();
        var padding = size - Encoding.UTF8.GetByteCount(review.ToJsonString()) - ",\"padding\":\"\"".Length;
        review["request"]!["object"]!["padding"] = new string('x', padding);
        var content = review.Json();
        content.Headers.ContentLength.Should().Be(size);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mutate") { Content = content };
        request.Headers.TransferEncodingChunked = chunked;
        return await server.Client.SendAsync(request);
    }

    private static byte[] Head(string framing) => Encoding.ASCII.GetBytes(
        $"POST /mutate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{framing}\r\n\r\n");

    /// <summary>All that is answered until the connection ends, or the head where it does not.</summary>
    private static async Task<string> ReadAnswerAsync(Stream stream)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (!text.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var count = await stream.ReadAsync(buffer, patience.Token);
            if (count == 0)
                break;
            text.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }

        return text.ToString();
    }
}
