using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Outrigger.E2e.Processes;

namespace Outrigger.E2e.Patterns;

/// <summary>Requests over HTTPS without a pause, each on a connection of its own, by several visitors at once.</summary>
internal sealed class TlsVisits
{
    private const int Visitors = 4;

    private readonly ConcurrentQueue<string> _failures = [];
    private readonly ConcurrentDictionary<string, long> _firstSeen = new();
    private Task _visiting = Task.CompletedTask;
    private volatile bool _isOver;
    private int _count;

    private TlsVisits()
    {
    }

    /// <summary>The serial numbers of the certificates that were served, in the order in which they were first seen.</summary>
    public IEnumerable<string> Served => _firstSeen.OrderBy(seen => seen.Value).Select(seen => seen.Key);

    /// <summary>Begins.</summary>
    public static TlsVisits Start(string address, int port)
    {
        var visits = new TlsVisits();
        visits._visiting = Task.WhenAll(Enumerable.Range(0, Visitors).Select(_ => Task.Run(() => visits.VisitAsync(address, port))));
        return visits;
    }

    /// <summary>Waits until a certificate is served, and gives how long that took.</summary>
    public async Task<TimeSpan> UntilAsync(string serial, TimeSpan limit)
    {
        var began = Stopwatch.GetTimestamp();
        await Eventually.BeAsync($"the certificate {serial}", () => Task.FromResult(_firstSeen.ContainsKey(serial)), limit);
        return Stopwatch.GetElapsedTime(began);
    }

    /// <summary>Ends, and gives how many visits there were and what went wrong in any of them.</summary>
    public async Task<(int Count, IReadOnlyCollection<string> Failures)> StopAsync()
    {
        // Those who come after the change are served too.
        await Task.Delay(TimeSpan.FromSeconds(2));
        _isOver = true;
        await _visiting;
        return (_count, _failures);
    }

    /// <summary>Opens a connection, and says which certificate is served. Whether to trust it is not the question here.</summary>
    public static async Task<SslStream> ConnectAsync(string address, int port, Action<string> served)
    {
        var socket = new TcpClient();
        await socket.ConnectAsync(address, port);
        var stream = new SslStream(socket.GetStream(), leaveInnerStreamOpen: false);
#pragma warning disable CA5359 // Which certificate is served is the question, not whether to trust it.
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "shop", RemoteCertificateValidationCallback = (_, _, _, _) => true });
#pragma warning restore CA5359
        served(((X509Certificate2)stream.RemoteCertificate!).SerialNumber);
        return stream;
    }

    private async Task VisitAsync(string address, int port)
    {
        var request = Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n");
        while (!_isOver)
        {
            try
            {
                await using var stream = await ConnectAsync(address, port, serial => _firstSeen.TryAdd(serial, Stopwatch.GetTimestamp()));
                await stream.WriteAsync(request);
                using var reader = new StreamReader(stream, Encoding.ASCII);
                var answer = await reader.ReadToEndAsync();
                if (!answer.StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal))
                    _failures.Enqueue(answer.Split('\r')[0]);
            }
            catch (Exception exception) when (exception is IOException or SocketException or System.Security.Authentication.AuthenticationException)
            {
                _failures.Enqueue(exception.Message);
            }

            Interlocked.Increment(ref _count);
        }
    }
}
