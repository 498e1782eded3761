using System.Net;
using System.Net.Sockets;

namespace Outrigger.E2e.Servers;

internal static class Ports
{
    /// <summary>A port that nobody listens on at this moment.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Any, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
