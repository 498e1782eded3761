using System.Buffers.Text;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Outrigger.Bench.Servers;

namespace Outrigger.Bench.Measuring;

/// <summary>
/// One TLS connection that sends reviews one after another, as the API server does. Not <see cref="HttpClient"/>, which would take more of the
/// machine's time than the servers that it is to keep busy.
/// </summary>
internal sealed class KeepAliveConnection : IAsyncDisposable
{
    private readonly SslStream _stream;
    private byte[] _received = new byte[64 * 1024];

    private KeepAliveConnection(SslStream stream) => _stream = stream;

    /// <summary>Connects; the server must be listening already.</summary>
    public static async Task<KeepAliveConnection> OpenAsync(int port)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync("127.0.0.1", port);
            var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
            await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = "127.0.0.1",
                ApplicationProtocols = [SslApplicationProtocol.Http11],
#pragma warning disable CA5359 // Whose certificate it is does not matter here: the server is a child of this process.
                RemoteCertificateValidationCallback = (_, _, _, _) => true,
#pragma warning restore CA5359
            });
            return new KeepAliveConnection(stream);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The bytes of a POST of a review.</summary>
    public static byte[] Request(ServerProcess server, byte[] review) =>
    [
        .. Encoding.ASCII.GetBytes(
            $"POST {server.Path}?timeout=10s HTTP/1.1\r\nHost: 127.0.0.1:{server.Port}\r\nUser-Agent: kube-apiserver-admission\r\n"
            + $"Content-Length: {review.Length}\r\nAccept: application/json, */*\r\nContent-Type: application/json\r\nAccept-Encoding: gzip\r\n\r\n"),
        .. review,
    ];

    /// <summary>Sends a request and receives the body of its answer, valid until the next call.</summary>
    /// <exception cref="InvalidDataException">It is not answered with 200.</exception>
    public async Task<ReadOnlyMemory<byte>> SendAsync(ReadOnlyMemory<byte> request)
    {
        await _stream.WriteAsync(request);
        var count = 0;
        while (true)
        {
            var read = await _stream.ReadAsync(_received.AsMemory(count));
            if (read == 0)
                throw new EndOfStreamException("the server closed the connection");
            count += read;
            if (Answer(_received.AsSpan(0, count)) is { } answer)
            {
                if (answer.End.Value <= count)
                    return _received.AsMemory(answer);
                if (answer.End.Value > _received.Length)
                    Array.Resize(ref _received, answer.End.Value);
            }
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    /// <summary>Where the body will be once all of it is there; null while the head is not complete.</summary>
    private static Range? Answer(ReadOnlySpan<byte> received)
    {
        var head = received.IndexOf("\r\n\r\n"u8);
        if (head < 0)
            return null;
        var name = "\r\nContent-Length: "u8;
        var at = received[..head].IndexOf(name);
        if (!received.StartsWith("HTTP/1.1 200 "u8) || at < 0 || !Utf8Parser.TryParse(received[(at + name.Length)..], out int length, out _))
            throw new InvalidDataException(Encoding.UTF8.GetString(received));
        return (head + 4)..(head + 4 + length);
    }
}
