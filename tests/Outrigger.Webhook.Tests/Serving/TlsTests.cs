using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Outrigger.Webhook.Tests.Hosting;

namespace Outrigger.Webhook.Tests.Serving;

public sealed class TlsTests
{
    [Fact]
    public async Task Alpn_OfferOfBoth_ChoosesHttp11()
    {
        await using var server = await TestServer.StartAsync();

        await using var stream = await server.ConnectAsync(SslApplicationProtocol.Http2, SslApplicationProtocol.Http11);

        stream.NegotiatedApplicationProtocol.Should().Be(SslApplicationProtocol.Http11);
        stream.SslProtocol.Should().BeOneOf(SslProtocols.Tls12, SslProtocols.Tls13);
    }

    [Fact]
    public async Task Alpn_OfferOfHttp2Alone_IsRefused()
    {
        await using var server = await TestServer.StartAsync();

        var connect = () => server.ConnectAsync(SslApplicationProtocol.Http2);

        await connect.Should().ThrowAsync<AuthenticationException>();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Hello_OfTls10And11_IsAnsweredWithAnAlert(byte minor)
    {
        await using var server = await TestServer.StartAsync();
        using var socket = new TcpClient();
        await socket.ConnectAsync("localhost", server.Ports.Https);
        var stream = socket.GetStream();

        // Written by hand: the client library of a hardened system would not even ask.
        await stream.WriteAsync(ClientHello(minor));
        var alert = new byte[7];
        await stream.ReadExactlyAsync(alert, new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token);

        const byte alertRecord = 21, fatal = 2, protocolVersion = 70;
        alert[0].Should().Be(alertRecord);
        alert[5].Should().Be(fatal);
        alert[6].Should().Be(protocolVersion);
    }

    private static byte[] ClientHello(byte minor)
    {
        byte[] groups = [0, 10, 0, 4, 0, 2, 0, 23], formats = [0, 11, 0, 2, 1, 0], renegotiation = [0xFF, 1, 0, 1, 0];
        byte[] ciphers = [0xC0, 0x09, 0xC0, 0x13];
        byte[] extensions = [.. groups, .. formats, .. renegotiation];
        byte[] hello = [3, minor, .. new byte[32], 0, 0, (byte)ciphers.Length, .. ciphers, 1, 0, 0, (byte)extensions.Length, .. extensions];
        return [22, 3, 1, 0, (byte)(hello.Length + 4), 1, 0, 0, (byte)hello.Length, .. hello];
    }
}
