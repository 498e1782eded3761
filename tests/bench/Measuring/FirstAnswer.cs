using System.Diagnostics;
using System.Net.Sockets;
using Outrigger.Bench.Servers;

namespace Outrigger.Bench.Measuring;

/// <summary>How long a fresh process takes to its first answer.</summary>
internal static class FirstAnswer
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Starts the webhook, and says after how many milliseconds the first review was answered, and what CPU time that took.</summary>
    public static async Task<(double Elapsed, double Cpu)> MeasureAsync(string webhook, string certificates, byte[] review)
    {
        var began = Stopwatch.GetTimestamp();
        using var server = ServerProcess.StartWebhook(webhook, certificates);
        await using var connection = await ConnectAsync(server);
        await connection.SendAsync(KeepAliveConnection.Request(server, review));
        return (Stopwatch.GetElapsedTime(began).TotalMilliseconds, server.Cpu.TotalMilliseconds);
    }

    /// <summary>Connects as soon as the server listens.</summary>
    public static async Task<KeepAliveConnection> ConnectAsync(ServerProcess server)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return await KeepAliveConnection.OpenAsync(server.Port);
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused && Stopwatch.GetElapsedTime(began) < Patience)
            {
                server.ThrowIfGone();
                await Task.Delay(2);
            }
        }
    }
}
