using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;

namespace Outrigger.Kubernetes.Configuration;

/// <summary>
/// A context of a kubeconfig (a cluster, a user and a namespace) becomes an endpoint. Fields:
/// https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/.
/// </summary>
internal static class KubeconfigContext
{
    public static KubernetesEndpoint Endpoint(Kubeconfig kubeconfig, string? contextName, KubernetesEnvironment environment)
    {
        var files = string.Join(", ", kubeconfig.Files);
        var name = contextName ?? kubeconfig.CurrentContext
            ?? throw new KubernetesConfigurationException($"{files}: current-context is missing; {Choice("contexts", kubeconfig.Contexts)}");
        var context = kubeconfig.Contexts.GetValueOrDefault(name) ?? throw new KubernetesConfigurationException(
            $"{files}: {(contextName is null ? "current-context" : "context")} \"{name}\" does not exist; {Choice("contexts", kubeconfig.Contexts)}");
        var cluster = Named(context, "cluster", "clusters", kubeconfig.Clusters)
            ?? throw new KubernetesConfigurationException($"{context.Who}: cluster is missing; {Choice("clusters", kubeconfig.Clusters)}");
        var user = Named(context, "user", "users", kubeconfig.Users);

        var endpoint = OfCluster(cluster, environment) with
        {
            Source = $"context \"{name}\" of {context.File}",
            Namespace = context.Text("namespace") ?? "default",
        };
        // As kubectl: what only encryption keeps secret is not sent without it.
        return user is null || endpoint.Server.Scheme == Uri.UriSchemeHttp
            ? endpoint
            : endpoint with { ClientCertificates = ClientCertificates(user, environment), Credential = Credential(user, environment) };
    }

    private static KubernetesEndpoint OfCluster(KubeconfigEntry cluster, KubernetesEnvironment environment)
    {
        const string meaning = "the API server's address, such as https://10.0.0.1:6443";
        var server = cluster.RequiredText("server", meaning);
        if (!Uri.TryCreate(server, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http") || uri.Query.Length > 0)
            throw new KubernetesConfigurationException($"{cluster.Who}: server is \"{server}\"; it must be {meaning}");
        if (cluster.Has("proxy-url"))
            throw new KubernetesConfigurationException($"{cluster.Who}: proxy-url is not supported; the API server must be reached directly");
        var skips = cluster.Flag("insecure-skip-tls-verify");
        var authorities = cluster.Bytes("certificate-authority", environment);
        if (skips && authorities is not null)
            throw new KubernetesConfigurationException(
                $"{cluster.Who}: insecure-skip-tls-verify and certificate-authority exclude each other; leave one of them out");
        return new KubernetesEndpoint
        {
            Source = cluster.Who,
            Server = uri,
            CertificateAuthorities = authorities is { } ca ? Certificates.Authorities(ca.Bytes, ca.Who) : [],
            SkipsCertificateCheck = skips,
            TlsServerName = cluster.Text("tls-server-name"),
        };
    }

    private static ImmutableArray<X509Certificate2> ClientCertificates(KubeconfigEntry user, KubernetesEnvironment environment) =>
        (user.Bytes("client-certificate", environment), user.Bytes("client-key", environment)) switch
        {
            (null, null) => [],
            ({ } certificate, { } key) => Certificates.Client(certificate.Bytes, certificate.Who, key.Bytes, key.Who),
            (null, _) => throw new KubernetesConfigurationException(
                $"{user.Who}: client-key needs client-certificate or client-certificate-data beside it"),
            _ => throw new KubernetesConfigurationException($"{user.Who}: client-certificate needs client-key or client-key-data beside it"),
        };

    private static ApiCredential? Credential(KubeconfigEntry user, KubernetesEnvironment environment)
    {
        foreach (var plugin in (ReadOnlySpan<string>)["exec", "auth-provider"])
        {
            if (user.Has(plugin))
                throw new KubernetesConfigurationException(
                    $"{user.Who}: {plugin} plugins are not supported; allowed are client-certificate with client-key, token, tokenFile, and username with password");
        }

        var (login, password) = (user.Text("username"), user.Text("password"));
        var (token, tokenFile) = (user.Text("token"), user.Text("tokenFile"));
        if ((login is null) != (password is null))
            throw new KubernetesConfigurationException($"{user.Who}: username and password need each other");
        if (login is not null && (token ?? tokenFile) is not null)
            throw new KubernetesConfigurationException($"{user.Who}: has a token and a username; only one of them is allowed");
        // Where both are given the file goes first (kubeconfig.v1, AuthInfo): it is the one that somebody keeps fresh.
        return (login, token, tokenFile) switch
        {
            (null, null, null) => null,
            (null, _, { } file) => ApiCredential.BearerFile(user.Path(file), $"{user.Who}: tokenFile", environment),
            (null, { } fixedToken, _) => fixedToken.AsSpan().ContainsAny('\r', '\n')
                ? throw new KubernetesConfigurationException($"{user.Who}: token must stand on one line")
                : ApiCredential.Bearer(fixedToken),
            _ => ApiCredential.Basic(login, password!),
        };
    }

    private static KubeconfigEntry? Named(
        KubeconfigEntry context, string field, string list, ImmutableDictionary<string, KubeconfigEntry> entries) =>
        context.Text(field) is not { } name ? null
            : entries.GetValueOrDefault(name)
                ?? throw new KubernetesConfigurationException($"{context.Who}: {field} \"{name}\" does not exist; {Choice(list, entries)}");

    private static string Choice(string list, ImmutableDictionary<string, KubeconfigEntry> entries) =>
        entries.IsEmpty ? $"there are no {list}" : $"{list} are: {string.Join(", ", entries.Keys.Order(StringComparer.Ordinal))}";
}
