using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Outrigger.Webhook.Tests.Hosting;

namespace Outrigger.Webhook.Tests.Serving;

public sealed class ClientCheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestAuthority _clients = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(SslProtocols.Tls12, false)]
    [InlineData(SslProtocols.Tls13, false)]
    [InlineData(SslProtocols.Tls12, true)]
    [InlineData(SslProtocols.Tls13, true)]
    public async Task Review_RightCertificate_IsAnswered(SslProtocols protocol, bool byIntermediate)
    {
        await using var server = await StartAsync("--client-name=somebody", "--client-name=kube-apiserver");
        using var certificate = _clients.IssueClient(byIntermediate: byIntermediate);
        using var client = server.NewClient(certificate, protocol, _clients.Intermediate);

        for (var i = 0; i < 3; i++)
            (await client.ReviewAsync()).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Review_AnyNameWhereNoneIsGiven_IsAnswered()
    {
        await using var server = await StartAsync();
        using var certificate = _clients.IssueClient("whoever");
        using var client = server.NewClient(certificate);

        (await client.ReviewAsync()).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    public static TheoryData<string, string, string> WrongCallers => new()
    {
        { "none", "no_client_certificate", "A client certificate is required here, and none was presented" },
        { "another authority", "client_certificate", "no authority of --client-ca has signed it" },
        { "signed by itself", "client_certificate", "no authority of --client-ca has signed it" },
        { "expired", "client_certificate", "is not valid at this time" },
        { "for servers", "client_certificate", "it is not for client authentication (extended key usage)" },
        { "for nothing", "client_certificate", "it is not for client authentication (extended key usage)" },
        { "another name", "client_name", "its common name must be \"kube-apiserver\" (--client-name)" },
    };

    [Theory]
    [MemberData(nameof(WrongCallers))]
    public async Task Review_WrongCaller_Is403ThatSaysWhyAndNoReview(string who, string reason, string sentence)
    {
        foreach (var protocol in (SslProtocols[])[SslProtocols.Tls12, SslProtocols.Tls13])
        {
            await using var server = await StartAsync("--client-name=kube-apiserver");
            using var certificate = Wrong(who);
            using var client = server.NewClient(certificate, protocol, _clients.Intermediate);

            using var response = await client.ReviewAsync();

            response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
            response.Headers.ConnectionClose.Should().BeTrue();
            response.Content.Headers.ContentType!.MediaType.Should().Be("text/plain");
            (await response.Content.ReadAsStringAsync()).Should().Contain(sentence).And.NotContain("AdmissionReview");
            var line = await server.Log.WaitAsync("Refused");
            line.GetProperty("reason").GetString().Should().Be(reason);
            line.TryGetProperty("caller", out var caller).Should().Be(certificate is not null);
            (certificate is null || caller.GetString() == certificate.Subject).Should().BeTrue();
            (await Scrape.OfAsync(server))[$$"""outrigger_requests_refused_total{reason="{{reason}}"}"""].Should().Be(1);
        }
    }

    [Theory]
    [InlineData("GET", "/mutate")]
    [InlineData("POST", "/")]
    public async Task AnythingOnTheHttpsPort_CallerWithoutACertificate_Is403(string method, string path)
    {
        await using var server = await StartAsync();

        using var response = await server.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task LargeBody_OfACallerWithoutACertificate_IsAnsweredAllTheSame()
    {
        await using var server = await StartAsync();

        using var response = await server.Client.ReviewAsync(Reviews.Json(new byte[2 * 1024 * 1024]));

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task OpsPort_CallerWithoutACertificate_IsAnswered()
    {
        await using var server = await StartAsync();

        (await server.Ops.GetStringAsync("/readyz")).Should().Be("ready\n");
        (await Scrape.OfAsync(server))["""outrigger_certificate_expiry_timestamp_seconds{certificate="client_ca"}"""].Should()
            .Be(new DateTimeOffset(_clients.Root.NotAfter).ToUnixTimeSeconds());
    }

    [Fact]
    public async Task KeptConnection_AuthorityThatIsReplaced_IsRefused()
    {
        await using var server = await StartAsync();
        var next = new TestAuthority();
        using var certificate = _clients.IssueClient();
        using var kept = server.NewClient(certificate);
        (await kept.ReviewAsync()).StatusCode.Should().Be(HttpStatusCode.OK);

        _folder.Write("ca.crt", next.RootPem);
        await Scrape.WaitAsync(server, scrape => scrape["""outrigger_reloads_total{files="client_ca",result="taken"}"""] == 2);

        using var response = await kept.ReviewAsync();
        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await server.Log.WaitAsync("Refused")).GetProperty("reason").GetString().Should().Be("client_certificate");
    }

    [Fact]
    public async Task KeptConnection_CertificateThatExpires_IsRefused()
    {
        var time = new ShiftedTime();
        await using var server = await StartAsync(TestServer.NoCluster with { Time = time });
        using var certificate = _clients.IssueClient(validFor: TimeSpan.FromHours(3));
        using var kept = server.NewClient(certificate);
        (await kept.ReviewAsync()).StatusCode.Should().Be(HttpStatusCode.OK);

        time.Shift = TimeSpan.FromHours(2.5);

        using var response = await kept.ReviewAsync();
        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await response.Content.ReadAsStringAsync()).Should().Contain("not valid at this time");
    }

    [Fact]
    public async Task Reload_AuthoritiesThatChangeUnderLoad_RefuseNobodyWhoIsCertified()
    {
        await using var server = await StartAsync();
        var next = new TestAuthority();
        using var end = new CancellationTokenSource();
        using var right = _clients.IssueClient();
        using var wrong = new TestAuthority().IssueClient();
        List<Task<int>> load =
        [
            .. Enumerable.Range(0, 4).Select(i => Task.Run(() => CallAsync(server, right, i % 2 == 0, HttpStatusCode.OK, end.Token))),
            Task.Run(() => CallAsync(server, wrong, keepsConnection: false, HttpStatusCode.Forbidden, end.Token)),
        ];

        for (var i = 0; i < 6; i++)
        {
            _folder.Write("ca.crt", i % 2 == 0 ? _clients.RootPem + next.RootPem : _clients.RootPem);
            await Scrape.WaitAsync(server, scrape => scrape["""outrigger_reloads_total{files="client_ca",result="taken"}"""] == i + 2);
        }

        await end.CancelAsync();
        (await Task.WhenAll(load)).Should().OnlyContain(answers => answers > 0);
    }

    [Fact]
    public async Task Reload_FileThatIsWrong_KeepsTheLastGoodOneAndSaysSo()
    {
        await using var server = await StartAsync();
        using var certificate = _clients.IssueClient();
        using var client = server.NewClient(certificate);

        _folder.Write("ca.crt", "nothing\n");

        (await server.Log.WaitAsync("ClientAuthoritiesRefused")).GetProperty("problems").GetString().Should().Contain("--client-ca: ").And.Contain("holds no PEM certificate");
        (await client.ReviewAsync()).StatusCode.Should().Be(HttpStatusCode.OK);
        (await Scrape.OfAsync(server))["""outrigger_reload_successful{files="client_ca"}"""].Should().Be(0);
        (await server.Ops.GetStringAsync("/readyz?verbose")).Should().MatchRegex(@"\[\+\]clients ok: CN=test root certifies callers until .*Z; the files as of .* were refused: --client-ca: ");
    }

    private Task<TestServer> StartAsync(params string[] flags) => StartAsync(TestServer.NoCluster, flags);

    private Task<TestServer> StartAsync(HostTuning tuning, params string[] flags) =>
        TestServer.StartAsync(tuning, [$"--client-ca={_folder.Write("ca.crt", _clients.RootPem)}", .. flags]);

    private X509Certificate2? Wrong(string who) => who switch
    {
        "none" => null,
        // Its root has the same name as the right one.
        "another authority" => new TestAuthority().IssueClient(),
        "signed by itself" => new TestAuthority().Root,
        "expired" => _clients.IssueClient(validFor: TimeSpan.FromMinutes(30)),
        "for servers" => _clients.IssueClient(usage: TestAuthority.ForServers),
        "for nothing" => _clients.IssueClient(usage: null),
        "another name" => _clients.IssueClient("kubelet"),
        _ => throw new ArgumentOutOfRangeException(nameof(who)),
    };

    private static async Task<int> CallAsync(
        TestServer server, X509Certificate2 certificate, bool keepsConnection, HttpStatusCode expected, CancellationToken end)
    {
        using var kept = server.NewClient(certificate);
        for (var answers = 0; ; answers++)
        {
            if (end.IsCancellationRequested)
                return answers;
            using var own = keepsConnection ? null : server.NewClient(certificate);
            using var response = await (own ?? kept).ReviewAsync();
            response.StatusCode.Should().Be(expected);
        }
    }
}
