using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Outrigger.Cli.Tests.Commands;

public sealed class CertsCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Certs_EmptyFolder_MakesAnAuthorityAndACertificate()
    {
        var run = Certs("--dns", "hook.example.com", "--ip", "10.0.0.7", "--service", "outrigger.system.svc");

        run.ExitCode.Should().Be(0);
        run.Error.Should().BeEmpty();
        using var authority = X509CertificateLoader.LoadCertificateFromFile(_folder["ca.crt"]);
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(_folder["tls.crt"]);
        authority.Extensions.OfType<X509BasicConstraintsExtension>().Should().ContainSingle()
            .Which.Should().Match<X509BasicConstraintsExtension>(e => e.CertificateAuthority && e.HasPathLengthConstraint && e.PathLengthConstraint == 0 && e.Critical);
        authority.Extensions.OfType<X509KeyUsageExtension>().Single().KeyUsages.Should().HaveFlag(X509KeyUsageFlags.KeyCertSign);
        certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single().EnhancedKeyUsages.Cast<Oid>().Select(oid => oid.Value)
            .Should().Equal("1.3.6.1.5.5.7.3.1");
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();
        names.EnumerateDnsNames().Should().Equal("localhost", "hook.example.com", "outrigger.system.svc", "outrigger.system.svc.cluster.local");
        names.EnumerateIPAddresses().Select(address => address.ToString()).Should().Equal("127.0.0.1", "::1", "10.0.0.7");
        certificate.GetECDsaPublicKey()!.ExportParameters(false).Curve.Oid.Value.Should().Be(ECCurve.NamedCurves.nistP256.Oid.Value);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Certs_Keys_AreReadableForTheOwnerAlone()
    {
        Certs();

        foreach (var key in new[] { "ca.key", "tls.key" })
            File.GetUnixFileMode(_folder[key]).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Should().BeEquivalentTo(".lock", "ca.crt", "ca.key", "tls.crt", "tls.key");
    }

    [Fact]
    public void Certs_SeveralAtATime_LeaveOnePair()
    {
        Parallel.For(0, 6, _ => Certs());

        using var pair = System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPemFile(_folder["tls.crt"], _folder["tls.key"]);
        using var authority = System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPemFile(_folder["ca.crt"], _folder["ca.key"]);
        pair.Issuer.Should().Be(authority.Subject);
        using var chain = new System.Security.Cryptography.X509Certificates.X509Chain();
        chain.ChainPolicy.TrustMode = System.Security.Cryptography.X509Certificates.X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = System.Security.Cryptography.X509Certificates.X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.Build(pair).Should().BeTrue();
    }

    [Fact]
    public void Certs_LastLine_IsTheBundleForAWebhookConfiguration()
    {
        var line = Certs().Output.TrimEnd('\n').Split('\n')[^1];

        line.Should().StartWith("caBundle: ");
        Encoding.ASCII.GetString(Convert.FromBase64String(line["caBundle: ".Length..])).Should().Be(File.ReadAllText(_folder["ca.crt"]));
    }

    [Fact]
    public void Certs_ASecondTime_KeepsTheAuthorityAndIssuesANewCertificate()
    {
        Certs();
        var (authority, key, certificate) = (Text("ca.crt"), Text("ca.key"), Text("tls.crt"));

        var run = Certs("--dns", "other.example.com");

        run.ExitCode.Should().Be(0);
        run.Output.Should().Contain("ca.crt: kept");
        (Text("ca.crt"), Text("ca.key")).Should().Be((authority, key));
        Text("tls.crt").Should().NotBe(certificate).And.NotContain(Text("ca.crt"));
    }

    [Fact]
    public void Certs_Force_MakesANewAuthority()
    {
        Certs();
        var authority = Text("ca.crt");

        Certs("--force").Output.Should().Contain("ca.crt: made");

        Text("ca.crt").Should().NotBe(authority);
    }

    [Theory]
    [InlineData("ca.key", null)]
    [InlineData("ca.crt", null)]
    [InlineData("ca.key", "no key at all")]
    [InlineData("ca.crt", "no certificate at all")]
    [InlineData("ca.crt", "another")]
    [InlineData("ca.crt", "leaf")]
    public void Certs_AuthorityThatCannotBeUsed_ChangesNothingAndPointsToForce(string file, string? content)
    {
        Certs();
        var certificate = Text("tls.crt");
        using var other = new TemporaryFolder();
        CliRun.Of("certs", "-o", other.Path);
        File.Delete(_folder[file]);
        if (content is not null)
            File.WriteAllText(_folder[file], content switch { "another" => File.ReadAllText(other["ca.crt"]), "leaf" => certificate, _ => content });

        var run = Certs();

        run.ExitCode.Should().Be(3);
        run.Output.Should().BeEmpty();
        run.ErrorLines.Should().ContainSingle().Which.Should().StartWith($"error: {_folder["ca.crt"]}: cannot be used: ").And.EndWith("--force makes a new authority");
        Text("tls.crt").Should().Be(certificate);
    }

    [Fact]
    public void Certs_ExpiredAuthority_IsNotUsed()
    {
        Certs();

        var run = CliRun.In(terminal => terminal with { Clock = new FixedClock(TimeProvider.System.GetUtcNow().AddYears(11)) }, "certs", "-o", _folder.Path);

        run.ExitCode.Should().Be(3);
        run.Error.Should().Contain("expired");
    }

    [Fact]
    public void Certs_MoreDaysThanTheAuthorityHas_EndsWithIt()
    {
        Certs();

        var late = TimeProvider.System.GetUtcNow().AddYears(9);
        CliRun.In(terminal => terminal with { Clock = new FixedClock(late) }, "certs", "-o", _folder.Path, "--days", "3650").ExitCode.Should().Be(0);

        using var authority = X509CertificateLoader.LoadCertificateFromFile(_folder["ca.crt"]);
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(_folder["tls.crt"]);
        certificate.NotAfter.Should().Be(authority.NotAfter);
    }

    [Fact]
    public void Certs_FolderThatIsAFile_CannotBeUsed()
    {
        var file = _folder.Write("taken", "");

        var run = CliRun.Of("certs", "-o", file);

        run.ExitCode.Should().Be(3);
        run.Error.Should().StartWith($"error: {file}: cannot be used: ");
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task Certs_Certificate_ServesTlsToAClientThatKnowsTheAuthorityAlone(string host)
    {
        Certs();
        using var certificate = X509Certificate2.CreateFromPemFile(_folder["tls.crt"], _folder["tls.key"]);
        using var authority = X509CertificateLoader.LoadCertificateFromFile(_folder["ca.crt"]);
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var serving = Task.Run(async () =>
        {
            using var accepted = await listener.AcceptTcpClientAsync();
            await using var server = new SslStream(accepted.GetStream());
            await server.AuthenticateAsServerAsync(certificate);
            await server.WriteAsync("hello"u8.ToArray());
        });

        using var client = new TcpClient();
        await client.ConnectAsync(System.Net.IPAddress.Loopback, ((System.Net.IPEndPoint)listener.LocalEndpoint).Port);
        await using var stream = new SslStream(client.GetStream());
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = host,
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { authority },
                RevocationMode = X509RevocationMode.NoCheck,
            },
        });
        var answer = new byte[5];
        await stream.ReadExactlyAsync(answer);
        await serving;

        answer.Should().Equal("hello"u8.ToArray());
    }

    private CliRun Certs(params string[] more) => CliRun.Of(["certs", "-o", _folder.Path, .. more]);

    private string Text(string file) => File.ReadAllText(_folder[file]);

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
