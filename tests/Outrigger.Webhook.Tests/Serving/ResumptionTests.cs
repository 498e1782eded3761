using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Outrigger.Webhook.Tests.Hosting;

namespace Outrigger.Webhook.Tests.Serving;

/// <summary>A ticket would let a caller come back without showing a certificate. In TLS 1.2 it is handed out in clear.</summary>
public sealed class ResumptionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Handshake_WithClientAuthorities_HandsOutNoTicket()
    {
        var clients = new TestAuthority();
        await using var server = await TestServer.StartAsync(null, $"--client-ca={_folder.Write("ca.crt", clients.RootPem)}");
        using var certificate = clients.IssueClient();

        (await MessagesAsync(server, certificate)).Should().Contain(HandshakeType.ServerHello).And.NotContain(HandshakeType.NewSessionTicket);
    }

    [Fact]
    public async Task Handshake_WithoutClientAuthorities_HandsOutATicket()
    {
        await using var server = await TestServer.StartAsync();

        (await MessagesAsync(server, null)).Should().Contain(HandshakeType.ServerHello).And.Contain(HandshakeType.NewSessionTicket);
    }

    /// <summary>The messages that the server sends in clear in a handshake of TLS 1.2.</summary>
    private static async Task<List<HandshakeType>> MessagesAsync(TestServer server, X509Certificate2? certificate)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync("localhost", server.Ports.Https);
        await using var heard = new HearingStream(socket.GetStream());
        await using var stream = new SslStream(heard, leaveInnerStreamOpen: true);
        var options = server.ClientOptions(certificate, SslProtocols.Tls12);
        options.TargetHost = "localhost";
        await stream.AuthenticateAsClientAsync(options);
        stream.SslProtocol.Should().Be(SslProtocols.Tls12);
        return Messages(heard.Received.ToArray());
    }

    private static List<HandshakeType> Messages(byte[] received)
    {
        const int handshake = 22, changeCipherSpec = 20;
        var clear = new List<byte>();
        for (var at = 0; at < received.Length && received[at] != changeCipherSpec; at += 5 + Length(received, at + 3, 2))
        {
            received[at].Should().Be(handshake);
            clear.AddRange(received.AsSpan(at + 5, Length(received, at + 3, 2)).ToArray());
        }

        var (found, bytes) = (new List<HandshakeType>(), clear.ToArray());
        for (var at = 0; at < bytes.Length; at += 4 + Length(bytes, at + 1, 3))
            found.Add((HandshakeType)bytes[at]);
        return found;
    }

    private static int Length(byte[] bytes, int at, int count) => bytes.AsSpan(at, count).ToArray().Aggregate(0, (sum, part) => (sum << 8) | part);

    private enum HandshakeType
    {
        ServerHello = 2,
        NewSessionTicket = 4,
    }

    /// <summary>Keeps what comes in.</summary>
    private sealed class HearingStream(NetworkStream inner) : Stream
    {
        public List<byte> Received { get; } = [];

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = await inner.ReadAsync(buffer, cancellationToken);
            Received.AddRange(buffer.Span[..count].ToArray());
            return count;
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => inner.WriteAsync(buffer, cancellationToken);

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
