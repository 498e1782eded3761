using System.Security.Cryptography.X509Certificates;
using Outrigger.Webhook.Tests.Hosting;

namespace Outrigger.Webhook.Tests.Serving;

public sealed class ServingCertificateTests
{
    [Fact]
    public async Task Handshake_ClientThatKnowsOnlyTheRoot_IsSentTheWholeChain()
    {
        await using var server = await TestServer.StartAsync();

        // The test's client trusts the root alone: without the intermediate in the handshake it would refuse.
        await using var stream = await server.ConnectAsync();

        stream.IsAuthenticated.Should().BeTrue();
    }

    [Fact]
    public async Task Reload_CertificateSwappedUnderLoad_FailsNoRequest()
    {
        await using var server = await TestServer.StartAsync();
        using var end = new CancellationTokenSource();
        // Half of the callers keep their connection, as the API server does; half shake hands for each request.
        var load = Enumerable.Range(0, 4).Select(i => Task.Run(() => CallAsync(server, keepsConnection: i % 2 == 0, end.Token))).ToList();

        for (var i = 0; i < 5; i++)
        {
            var (certificate, key) = server.Authority.Issue($"swap-{i}");
            server.Folder.Write("tls.key", key);
            server.Folder.Write("tls.crt", certificate);
            await server.Log.WaitAsync("CertificateLoaded", line => line.GetProperty("subject").GetString() == $"CN=swap-{i}");
            (await SubjectAsync(server)).Should().Be($"CN=swap-{i}");
        }

        await end.CancelAsync();
        (await Task.WhenAll(load)).Should().OnlyContain(answers => answers > 0);
    }

    [Fact]
    public async Task Reload_PairThatDoesNotFit_KeepsTheLastGoodOneAndSaysSoOnce()
    {
        await using var server = await TestServer.StartAsync();
        var (certificate, _) = server.Authority.Issue("torn");

        server.Folder.Write("tls.crt", certificate);
        await server.Log.WaitAsync("CertificateRefused");

        (await SubjectAsync(server)).Should().Be("CN=localhost");
        (await server.Client.ReviewAsync()).IsSuccessStatusCode.Should().BeTrue();
        (await server.Ops.GetStringAsync("/readyz?verbose")).Should()
            .MatchRegex(@"\[\+\]certificate ok: CN=localhost is valid: .* were refused: --tls-key: .*tls\.key does not hold the PEM key")
            .And.NotContain("Parameter '");
        server.Log.All.Count(line => line.GetProperty("event").GetString() == "CertificateRefused").Should().Be(1);
    }

    [Fact]
    public async Task Reload_RightPairAfterATornOne_IsTaken()
    {
        await using var server = await TestServer.StartAsync();
        var (certificate, key) = server.Authority.Issue("late");
        server.Folder.Write("tls.crt", certificate);
        await server.Log.WaitAsync("CertificateRefused");

        server.Folder.Write("tls.key", key);
        await server.Log.WaitAsync("CertificateLoaded", line => line.GetProperty("subject").GetString() == "CN=late");

        (await SubjectAsync(server)).Should().Be("CN=late");
        (await server.Ops.GetStringAsync("/readyz?verbose")).Should().NotContain("refused");
    }

    [Fact]
    public async Task Reload_PairThatHasExpired_KeepsTheOneThatIsValid()
    {
        await using var server = await TestServer.StartAsync();
        var (certificate, key) = server.Authority.Issue("past", TimeSpan.FromMinutes(30));

        server.Folder.Write("tls.key", key);
        server.Folder.Write("tls.crt", certificate);
        await server.Log.WaitAsync("CertificateRefused", line => line.GetProperty("problems").GetString()!.Contains("the one in force is valid now", StringComparison.Ordinal));

        (await SubjectAsync(server)).Should().Be("CN=localhost");
        (await server.Ops.GetStringAsync("/readyz")).Should().Be("ready\n");
    }

    [Theory]
    [InlineData(512)]
    [InlineData(1024)]
    public async Task Reload_WeakRsaKey_KeepsTheLastGoodPair(int bits)
    {
        await using var server = await TestServer.StartAsync();
        using var rsa = System.Security.Cryptography.RSA.Create(bits);
        var request = new CertificateRequest("CN=weak", rsa, System.Security.Cryptography.HashAlgorithmName.SHA256, System.Security.Cryptography.RSASignaturePadding.Pkcs1);
        using var weak = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));

        server.Folder.Write("tls.key", rsa.ExportPkcs8PrivateKeyPem());
        server.Folder.Write("tls.crt", weak.ExportCertificatePem());
        await server.Log.WaitAsync("CertificateRefused", line => line.GetProperty("problems").GetString()!.Contains($"{bits} bits", StringComparison.Ordinal));

        (await SubjectAsync(server)).Should().Be("CN=localhost");
    }

    [Fact]
    public async Task Reload_DeletedFiles_KeepTheLastGoodPair()
    {
        await using var server = await TestServer.StartAsync();

        File.Delete(server.Folder["tls.key"]);
        var line = await server.Log.WaitAsync("CertificateRefused");

        line.GetProperty("problems").GetString().Should().StartWith("--tls-key: ");
        (await SubjectAsync(server)).Should().Be("CN=localhost");
    }

    private static async Task<string> SubjectAsync(TestServer server)
    {
        await using var stream = await server.ConnectAsync();
        return ((X509Certificate2)stream.RemoteCertificate!).Subject;
    }

    private static async Task<int> CallAsync(TestServer server, bool keepsConnection, CancellationToken end)
    {
        using var kept = server.NewClient();
        for (var answers = 0; ; answers++)
        {
            if (end.IsCancellationRequested)
                return answers;
            using var own = keepsConnection ? null : server.NewClient();
            using var response = await (own ?? kept).ReviewAsync();
            response.EnsureSuccessStatusCode();
        }
    }
}
