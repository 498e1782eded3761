using System.Security.Cryptography.X509Certificates;

namespace Outrigger.E2e.Servers;

/// <summary>A serving certificate that <c>outrigger certs</c> made for the address under which the API server reaches this machine.</summary>
internal sealed record CertificateFolder(string Path)
{
    /// <summary>The address of this machine as the API server sees it; <c>OUTRIGGER_E2E_ADDRESS</c> says otherwise.</summary>
    public static string Address { get; } = Environment.GetEnvironmentVariable("OUTRIGGER_E2E_ADDRESS") is { Length: > 0 } address ? address : "10.99.0.1";

    public string CertificateFile => System.IO.Path.Combine(Path, "tls.crt");

    public string KeyFile => System.IO.Path.Combine(Path, "tls.key");

    /// <summary>What a webhook configuration trusts.</summary>
    public string AuthorityBundle => Convert.ToBase64String(File.ReadAllBytes(System.IO.Path.Combine(Path, "ca.crt")));

    /// <summary>Makes a certificate, with an authority of its own the first time.</summary>
    public async Task MakeAsync() => await OutriggerCommand.RunAsync(["certs", "--output", Path, "--ip", Address]);

    public X509Certificate2 Certificate() => X509Certificate2.CreateFromPemFile(CertificateFile, KeyFile);
}
