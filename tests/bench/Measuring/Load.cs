using System.Text.Json;
using Outrigger.Bench.Servers;

namespace Outrigger.Bench.Measuring;

/// <summary>One review that is sent to one server again and again, over connections that stay open.</summary>
internal sealed class Load : IAsyncDisposable
{
    private const int Connections = 4;

    private readonly ServerProcess _server;
    private readonly byte[] _request;
    private readonly List<KeepAliveConnection> _connections = [];

    private Load(ServerProcess server, byte[] review) => (_server, _request) = (server, KeepAliveConnection.Request(server, review));

    /// <summary>Opens the connections, and makes sure that what is to be measured is what happens.</summary>
    /// <param name="server">The server, which may still be starting.</param>
    /// <param name="review">The review.</param>
    /// <param name="patched">A text that the answer's patch must hold; null where there must be none.</param>
    public static async Task<Load> OpenAsync(ServerProcess server, byte[] review, string? patched)
    {
        var load = new Load(server, review);
        while (load._connections.Count < Connections)
            load._connections.Add(await FirstAnswer.ConnectAsync(server));
        using var answer = JsonDocument.Parse(await load._connections[0].SendAsync(load._request));
        var response = answer.RootElement.GetProperty("response");
        var isPatched = response.TryGetProperty("patch", out var patch);
        if (!response.GetProperty("allowed").GetBoolean()
            || isPatched != patched is not null
            || (patched is not null && !System.Text.Encoding.UTF8.GetString(patch.GetBytesFromBase64()).Contains(patched, StringComparison.Ordinal)))
            throw new InvalidDataException($"{server.Path} answered {answer.RootElement}");
        return load;
    }

    /// <summary>Sends so many reviews, and says what CPU time the server used for one, in microseconds.</summary>
    public async Task<double> RunAsync(int reviews)
    {
        var before = _server.Cpu;
        var left = reviews;
        await Task.WhenAll(_connections.Select(async connection =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
                await connection.SendAsync(_request);
        }));
        return (_server.Cpu - before).TotalMicroseconds / reviews;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections)
            await connection.DisposeAsync();
    }
}
