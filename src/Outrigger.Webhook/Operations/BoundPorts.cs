using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Outrigger.Webhook.Operations;

/// <summary>The ports of a server that was started: where 0 was asked for, the ones that it got.</summary>
internal sealed record BoundPorts(int Https, int Ops)
{
    /// <summary>Reads them off the server.</summary>
    public static BoundPorts Of(IServiceProvider services)
    {
        var addresses = services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses
            .Select(address => new Uri(address, UriKind.Absolute)).ToList();
        return new(addresses.Single(address => address.Scheme == "https").Port, addresses.Single(address => address.Scheme == "http").Port);
    }
}
