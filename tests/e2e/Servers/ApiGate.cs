using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Outrigger.E2e.Clusters;

namespace Outrigger.E2e.Servers;

/// <summary>
/// A way to the API server that can be closed: to those who go by it, the API server is stopped then, and nobody else notices. It passes bytes on
/// and reads none.
/// </summary>
internal sealed class ApiGate : IAsyncDisposable
{
    private readonly int _port = Ports.Free();
    private readonly Uri _server;
    private readonly ConcurrentBag<TcpClient> _connections = [];
    private TcpListener? _listener;

    private ApiGate(Uri server, string kubeconfig) => (_server, Kubeconfig) = (server, kubeconfig);

    /// <summary>A kubeconfig that goes by the gate.</summary>
    public string Kubeconfig { get; }

    /// <summary>Makes an open gate.</summary>
    /// <param name="folder">Where its kubeconfig is put.</param>
    public static async Task<ApiGate> OpenAsync(string folder)
    {
        var config = await Kubectl.JsonAsync(["config", "view", "--raw", "--minify", "--flatten"]);
        var cluster = config["clusters"]![0]!["cluster"]!.AsObject();
        var server = new Uri((string)cluster["server"]!);
        var gate = new ApiGate(server, Path.Combine(folder, "kubeconfig"));
        cluster["server"] = $"https://127.0.0.1:{gate._port}";
        cluster["tls-server-name"] = server.Host;
        await File.WriteAllTextAsync(gate.Kubeconfig, config.ToJsonString());
        gate.Open();
        return gate;
    }

    /// <summary>Lets everybody through.</summary>
    public void Open()
    {
        _listener = new TcpListener(IPAddress.Loopback, _port);
        _listener.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _listener.Start();
        _ = AcceptAsync(_listener);
    }

    /// <summary>Ends all connections, and lets nobody in.</summary>
    public void Close()
    {
        _listener?.Stop();
        while (_connections.TryTake(out var connection))
            connection.Dispose();
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        Close();
        return ValueTask.CompletedTask;
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
                _ = PassAsync(await listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // It is closed.
        }
    }

    private async Task PassAsync(TcpClient inside)
    {
        using var outside = new TcpClient();
        using (inside)
        {
            try
            {
                await outside.ConnectAsync(_server.Host, _server.Port);
                _connections.Add(inside);
                _connections.Add(outside);
                await Task.WhenAny(inside.GetStream().CopyToAsync(outside.GetStream()), outside.GetStream().CopyToAsync(inside.GetStream()));
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // One of the ends is gone, and takes the other along.
            }
        }
    }
}
