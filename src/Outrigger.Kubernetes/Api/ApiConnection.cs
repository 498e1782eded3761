using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Outrigger.Kubernetes.Configuration;

namespace Outrigger.Kubernetes.Api;

/// <summary>Sockets and TLS: an <see cref="HttpClient"/> for one endpoint.</summary>
internal static class ApiConnection
{
    public static HttpClient Open(KubernetesEndpoint endpoint, KubernetesApiOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            SslOptions = Tls(endpoint),
            AllowAutoRedirect = false,
            UseCookies = false,
            // A proxy set for the Internet does not lead to an API server, and NO_PROXY's address ranges are not understood here.
            UseProxy = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            EnableMultipleHttp2Connections = true,
            // Without pings, a watch over a connection that died without a word would wait until TCP gives up, 15 minutes later.
            KeepAlivePingDelay = TimeSpan.FromSeconds(30),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(15),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        };
        if (endpoint.TlsServerName is not null)
            handler.ConnectCallback = (_, cancellationToken) => DialAsync(endpoint.Server, cancellationToken);
        var client = new HttpClient(handler)
        {
            BaseAddress = Address(endpoint),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        client.DefaultRequestHeaders.UserAgent.ParseAdd(options.UserAgent);
        return client;
    }

    // The handler takes the name for SNI and for the certificate from the address, so the address carries the TLS name and the
    // dialling goes to the real one. Without a slash at its end, relative addresses would replace the last part of the path.
    private static Uri Address(KubernetesEndpoint endpoint) => new UriBuilder(endpoint.Server)
    {
        Host = endpoint.TlsServerName ?? endpoint.Server.Host,
        Path = endpoint.Server.AbsolutePath.TrimEnd('/') + "/",
    }.Uri;

    private static async ValueTask<Stream> DialAsync(Uri server, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(server.DnsSafeHost, server.Port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static SslClientAuthenticationOptions Tls(KubernetesEndpoint endpoint)
    {
        var tls = new SslClientAuthenticationOptions { EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13 };
        if (endpoint.SkipsCertificateCheck)
        {
#pragma warning disable CA5359 // The user asked for it by name: insecure-skip-tls-verify.
            tls.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        }
        else if (!endpoint.CertificateAuthorities.IsEmpty)
        {
            tls.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                // Cluster authorities publish no revocation lists.
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
            };
            tls.CertificateChainPolicy.CustomTrustStore.AddRange(endpoint.CertificateAuthorities.ToArray());
        }

        if (endpoint.ClientCertificates is [var client, .. var between])
            tls.ClientCertificateContext = SslStreamCertificateContext.Create(client, [.. between], offline: true);
        return tls;
    }
}
