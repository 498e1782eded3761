using System.Net;
using Outrigger.Certificates;
using Outrigger.Cli.Certificates;

namespace Outrigger.Demo;

/// <summary>What a webhook serves with, and the authority that clients know it by: in a cluster, the <c>caBundle</c>.</summary>
internal sealed record DemoCertificates(string CertificateFile, string KeyFile, string AuthorityPem)
{
    /// <summary>Makes an authority and a serving certificate, as <c>outrigger certs</c> does.</summary>
    public static DemoCertificates Make(string folder)
    {
        var files = new CertificateFolder(folder);
        using var authority = CertificateAuthority.Create("Outrigger demo CA", TimeSpan.FromDays(1), DateTimeOffset.UtcNow);
        files.Write(authority.Issue(["localhost"], [IPAddress.Loopback], TimeSpan.FromDays(1), DateTimeOffset.UtcNow));
        return new DemoCertificates(files.CertificateFile, files.KeyFile, authority.CertificatePem);
    }
}
