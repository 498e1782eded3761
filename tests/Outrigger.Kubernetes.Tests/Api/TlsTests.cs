using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Outrigger.Kubernetes.Api;
using Outrigger.Kubernetes.Configuration;
using Outrigger.Kubernetes.Tests.Wire;

namespace Outrigger.Kubernetes.Tests.Api;

public sealed class TlsTests
{
    [Fact]
    public async Task GetAsync_ServerOfTheGivenAuthority_IsTrusted()
    {
        await using var server = await LoopbackServer.StartAsync(Echo);

        (await GetAsync(server.Endpoint)).Should().Be("HTTP/2 127.0.0.1 /version");
    }

    [Fact]
    public async Task GetAsync_ServerOfAnotherAuthority_FailsAtOnce()
    {
        await using var server = await LoopbackServer.StartAsync(Echo);
        using var api = new KubernetesApi(server.Endpoint with { CertificateAuthorities = [new TestAuthority("stranger").Root] });

        var failure = await FluentActions.Awaiting(() => api.GetAsync("version", default)).Should().ThrowAsync<KubernetesApiException>();
        failure.Which.Message.Should().StartWith($"get version: no answer from {server.Address}: the TLS handshake failed:");
        failure.Which.IsTransient.Should().BeFalse();
    }

    [Fact]
    public async Task GetAsync_NoAuthorityGiven_TrustsTheSystemOnly()
    {
        await using var server = await LoopbackServer.StartAsync(Echo);

        await FluentActions.Awaiting(() => GetAsync(server.Endpoint with { CertificateAuthorities = [] }))
            .Should().ThrowAsync<KubernetesApiException>();
    }

    [Fact]
    public async Task GetAsync_CertificateForAnotherName_Fails()
    {
        await using var server = await LoopbackServer.StartAsync(Echo, certificate: TestAuthority.Shared.Server("api.example"));

        await FluentActions.Awaiting(() => GetAsync(server.Endpoint)).Should().ThrowAsync<KubernetesApiException>();
    }

    [Fact]
    public async Task GetAsync_TlsServerName_IsTheNameThatCounts()
    {
        string? asked = null;
        await using var server = await LoopbackServer.StartAsync(Echo, certificate: TestAuthority.Shared.Server("api.example"), tls: options =>
        {
            options.ServerCertificate = null;
            options.ServerCertificateSelector = (_, name) =>
            {
                asked = name;
                return TestAuthority.Shared.Server("api.example");
            };
        });

        (await GetAsync(server.Endpoint with { TlsServerName = "api.example" })).Should().EndWith("/version");
        asked.Should().Be("api.example");
        await FluentActions.Awaiting(() => GetAsync(server.Endpoint with { TlsServerName = "other.example" }))
            .Should().ThrowAsync<KubernetesApiException>();
    }

    [Fact]
    public async Task GetAsync_CheckSkipped_TakesAnyCertificate()
    {
        await using var server = await LoopbackServer.StartAsync(Echo, certificate: new TestAuthority("stranger").Server("api.example"));

        (await GetAsync(server.Endpoint with { CertificateAuthorities = [], SkipsCertificateCheck = true })).Should().EndWith("/version");
    }

    [Fact]
    public async Task GetAsync_ClientCertificate_ArrivesAtTheServer()
    {
        string? subject = null;
        await using var server = await LoopbackServer.StartAsync(
            context =>
            {
                subject = context.Connection.ClientCertificate?.Subject;
                return Echo(context);
            },
            tls: options =>
            {
                options.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
                options.AllowAnyClientCertificate();
            });
        var (certificate, key) = TestAuthority.Shared.Client("me");
        var client = System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPem(certificate, key);

        await GetAsync(server.Endpoint with { ClientCertificates = [client] });

        subject.Should().Be("CN=me");
    }

    [Fact]
    public async Task GetAsync_OldTls_IsRefused()
    {
#pragma warning disable SYSLIB0039, CA5397 // The point of the test is that it is not spoken.
        await using var server = await LoopbackServer.StartAsync(Echo, tls: options => options.SslProtocols = System.Security.Authentication.SslProtocols.Tls11);
#pragma warning restore SYSLIB0039, CA5397

        await FluentActions.Awaiting(() => GetAsync(server.Endpoint)).Should().ThrowAsync<KubernetesApiException>();
    }

    [Fact]
    public async Task GetAsync_ServerBehindAPath_KeepsThePath()
    {
        await using var server = await LoopbackServer.StartAsync(Echo, HttpProtocols.Http1);

        (await GetAsync(server.Endpoint with { Server = new Uri(server.Address, "k8s/clusters/c-1") }, "/version"))
            .Should().Be("HTTP/1.1 127.0.0.1 /k8s/clusters/c-1/version");
    }

    [Fact]
    public async Task GetAsync_Credential_IsSent()
    {
        string? authorization = null;
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            authorization = context.Request.Headers.Authorization;
            return Echo(context);
        });

        await GetAsync(server.Endpoint with { Credential = ApiCredential.Bearer("abc") });

        authorization.Should().Be("Bearer abc");
    }

    [Fact]
    public async Task GetAsync_RedirectElsewhere_IsNotFollowed()
    {
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        });

        var failure = await FluentActions.Awaiting(() => GetAsync(server.Endpoint)).Should().ThrowAsync<KubernetesApiException>();
        failure.Which.Status.Should().Be(System.Net.HttpStatusCode.Found);
        server.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task GetAsync_AbsoluteAddressAsPath_NeverLeavesTheServer()
    {
        await using var server = await LoopbackServer.StartAsync(Echo);

        await FluentActions.Awaiting(() => GetAsync(server.Endpoint, "https://elsewhere.invalid/")).Should().ThrowAsync<UriFormatException>();
        (await GetAsync(server.Endpoint, "//elsewhere.invalid/x")).Should().EndWith("/elsewhere.invalid/x");
    }

    private static async Task<string> GetAsync(KubernetesEndpoint endpoint, string path = "version")
    {
        using var api = new KubernetesApi(endpoint, new KubernetesApiOptions { MaxRetries = 0 });
        return (await api.GetAsync(path, default)).GetProperty("echo").GetString()!;
    }

    private static Task Echo(HttpContext context) => context.JsonAsync(new System.Text.Json.Nodes.JsonObject
    {
        ["echo"] = $"{context.Request.Protocol} {context.Request.Host.Host} {context.Request.Path}",
    });
}
