using Outrigger.Kubernetes.Configuration;
using Outrigger.Kubernetes.Tests.Wire;

namespace Outrigger.Kubernetes.Tests.Configuration;

public sealed class KubeconfigTests
{
    private const string Minimal = """
        apiVersion: v1
        kind: Config
        current-context: prod
        contexts:
        - {name: prod, context: {cluster: east, user: admin, namespace: shop}}
        clusters:
        - {name: east, cluster: {server: "https://10.0.0.1:6443"}}
        users:
        - {name: admin, user: {token: secret-token}}
        """;

    [Fact]
    public void Find_Kubeconfig_GivesServerNamespaceAndToken()
    {
        var endpoint = Find(Minimal);

        endpoint.Server.Should().Be(new Uri("https://10.0.0.1:6443"));
        endpoint.Namespace.Should().Be("shop");
        endpoint.Source.Should().Be("context \"prod\" of /k/config");
        endpoint.Credential!.Header().ToString().Should().Be("Bearer secret-token");
        endpoint.CertificateAuthorities.Should().BeEmpty();
    }

    [Fact]
    public void Find_EndpointAsText_HidesTheSecret() => Find(Minimal).ToString().Should().Contain("a bearer token").And.NotContain("secret-token");

    [Fact]
    public void Find_EmbeddedCertificates_AreRead()
    {
        var (certificate, key) = TestAuthority.Shared.Client("me");
        var endpoint = Find(Minimal
            .Replace("""{server: "https://10.0.0.1:6443"}""", $"{{server: 'https://e', certificate-authority: /ignored, certificate-authority-data: {TestEnvironment.Base64(TestAuthority.Shared.RootPem)}}}", StringComparison.Ordinal)
            .Replace("{token: secret-token}", $"{{client-certificate-data: {TestEnvironment.Base64(certificate)}, client-key-data: {TestEnvironment.Base64(key)}}}", StringComparison.Ordinal));

        endpoint.CertificateAuthorities.Single().Subject.Should().Be("CN=test authority");
        endpoint.ClientCertificates.Single().Subject.Should().Be("CN=me");
        endpoint.ClientCertificates.Single().HasPrivateKey.Should().BeTrue();
        endpoint.Credential.Should().BeNull();
    }

    [Fact]
    public void Find_RelativePaths_StartInTheFolderOfTheFile()
    {
        var (certificate, key) = TestAuthority.Shared.Client("me");
        var environment = With(Minimal
            .Replace("""{server: "https://10.0.0.1:6443"}""", "{server: 'https://e', certificate-authority: pki/ca.crt}", StringComparison.Ordinal)
            .Replace("{token: secret-token}", "{client-certificate: pki/me.crt, client-key: /abs/me.key, tokenFile: token}", StringComparison.Ordinal));
        environment.Files["/k/pki/ca.crt"] = TestAuthority.Shared.RootPem;
        environment.Files["/k/pki/me.crt"] = certificate;
        environment.Files["/abs/me.key"] = key;
        environment.Files["/k/token"] = "from-file\n";

        var endpoint = KubernetesEndpoint.Find(environment.Environment)!;

        endpoint.ClientCertificates.Single().Subject.Should().Be("CN=me");
        endpoint.CertificateAuthorities.Should().ContainSingle();
        endpoint.Credential!.Header().ToString().Should().Be("Bearer from-file");
    }

    [Fact]
    public void Find_TokenAndTokenFile_TheFileGoesFirst()
    {
        var environment = With(Minimal.Replace("{token: secret-token}", "{token: old, tokenFile: /t}", StringComparison.Ordinal));
        environment.Files["/t"] = "new";

        KubernetesEndpoint.Find(environment.Environment)!.Credential!.Header().Parameter.Should().Be("new");
    }

    [Fact]
    public void Find_NameAndPassword_AreBasic() =>
        Find(Minimal.Replace("{token: secret-token}", "{username: me, password: päss}", StringComparison.Ordinal))
            .Credential!.Header().ToString().Should().Be("Basic " + TestEnvironment.Base64("me:päss"));

    [Fact]
    public void Find_PlainHttp_SendsNoSecret() =>
        Find(Minimal.Replace("https://10.0.0.1:6443", "http://127.0.0.1:8001", StringComparison.Ordinal)).Credential.Should().BeNull();

    [Fact]
    public void Find_TlsSettings_AreTaken()
    {
        var endpoint = Find(Minimal.Replace("""{server: "https://10.0.0.1:6443"}""", "{server: 'https://e/k8s', insecure-skip-tls-verify: true, tls-server-name: api.example}", StringComparison.Ordinal));

        endpoint.SkipsCertificateCheck.Should().BeTrue();
        endpoint.TlsServerName.Should().Be("api.example");
    }

    [Fact]
    public void Find_JsonWithNullsAndUnknownFields_IsRead() => Find("""
        {"kind": "Config", "preferences": {}, "current-context": "c", "users": null, "extensions": [{"name": "x"}],
         "clusters": [{"name": "k", "cluster": {"server": "https://e", "certificate-authority-data": null, "later": {"a": 1}}}],
         "contexts": [{"name": "c", "context": {"cluster": "k", "user": ""}}]}
        """).Server.Host.Should().Be("e");

    [Fact]
    public void Find_SeveralFiles_FirstWinsPerNameAndMissingOnesArePassedOver()
    {
        var environment = With("""
            clusters:
            - {name: east, cluster: {server: "https://first"}}
            """);
        environment.Variables["KUBECONFIG"] = "/none::/k/config:/k/second";
        environment.Files["/k/second"] = Minimal.Replace("}}\n", "}}\n- {name: west, cluster: {server: x}}\n", StringComparison.Ordinal)
            .Replace("- {name: west, cluster: {server: x}}\nclusters", "clusters", StringComparison.Ordinal);

        var endpoint = KubernetesEndpoint.Find(environment.Environment)!;

        endpoint.Server.Host.Should().Be("first");
        endpoint.Namespace.Should().Be("shop");
        endpoint.Source.Should().Be("context \"prod\" of /k/second");
    }

    [Fact]
    public void OfKubeconfig_NamedContext_GoesBeforeTheCurrentOne()
    {
        var environment = With(Minimal.Replace("contexts:", "contexts:\n- {name: other, context: {cluster: east}}", StringComparison.Ordinal));

        var endpoint = KubernetesEndpoint.OfKubeconfig(["/k/config"], environment.Environment, "other");

        endpoint.Namespace.Should().Be("default");
        endpoint.Credential.Should().BeNull();
    }

    [Fact]
    public void Find_HomeFolder_OnlyWhereAsked()
    {
        var environment = new TestEnvironment { Home = "/home/me" };
        environment.Files["/home/me/.kube/config"] = Minimal;

        KubernetesEndpoint.Find(environment.Environment).Should().BeNull();
        KubernetesEndpoint.Find(environment.Environment, orHomeFolder: true)!.Namespace.Should().Be("shop");
    }

    [Fact]
    public void Find_NothingThere_IsNull() =>
        KubernetesEndpoint.Find(new TestEnvironment { Home = "/home/me" }.Environment, orHomeFolder: true).Should().BeNull();

    [Fact]
    public void Find_VariableNamesNoFile_IsAnError()
    {
        var environment = new TestEnvironment();
        environment.Variables["KUBECONFIG"] = "/a:/b";

        Message(environment).Should().Be("kubeconfig /a, /b: no such file");
    }

    [Fact]
    public void Find_FileThatCannotBeRead_SaysWhy()
    {
        var environment = new KubernetesEnvironment
        {
            Variable = name => name == "KUBECONFIG" ? "/k" : null,
            File = _ => throw new UnauthorizedAccessException("denied"),
        };

        FluentActions.Invoking(() => KubernetesEndpoint.Find(environment)).Should().Throw<KubernetesConfigurationException>()
            .WithMessage("/k: cannot be read: denied");
    }

    /// <summary>Each row: what is replaced in the good file, by what, and what the message must say.</summary>
    [Theory]
    [InlineData("kind: Config", "kind: Pod", "/k/config: kind is \"Pod\"; a kubeconfig is of kind Config")]
    [InlineData("kind: Config", "kind: [Config", "/k/config: this is not YAML: a bracket or brace is not closed")]
    [InlineData("kind: Config", "kind: 'Config", "/k/config: line *: this is not YAML: *")]
    [InlineData("kind: Config", "  kind: Config", "/k/config: line *: this is not YAML: *")]
    [InlineData("current-context: prod", "", "/k/config: current-context is missing; contexts are: prod")]
    [InlineData("current-context: prod", "current-context: stage", "/k/config: current-context \"stage\" does not exist; contexts are: prod")]
    [InlineData("cluster: east", "cluster: west", "/k/config: context \"prod\": cluster \"west\" does not exist; clusters are: east")]
    [InlineData("cluster: east, ", "", "/k/config: context \"prod\": cluster is missing; clusters are: east")]
    [InlineData("user: admin", "user: root", "/k/config: context \"prod\": user \"root\" does not exist; users are: admin")]
    [InlineData("- {name: east", "- {nom: east", "/k/config: clusters[0]: name is missing")]
    [InlineData("clusters:\n", "clusters:\n- {name: east, cluster: {}}\n", "/k/config: clusters[1]: the name \"east\" stands in clusters twice")]
    [InlineData("- {name: east, cluster: {server: \"https://10.0.0.1:6443\"}}", "  east: {}", "/k/config: clusters must be a list of {name, cluster}")]
    [InlineData("cluster: {server: \"https://10.0.0.1:6443\"}", "cluster: 5", "/k/config: clusters[0] (\"east\"): cluster must be a mapping")]
    [InlineData("server: \"https://10.0.0.1:6443\"", "", "/k/config: cluster \"east\": server is missing: the API server's address, such as https://10.0.0.1:6443")]
    [InlineData("https://10.0.0.1:6443", "10.0.0.1:6443", "/k/config: cluster \"east\": server is \"10.0.0.1:6443\"; it must be *")]
    [InlineData("\"https://10.0.0.1:6443\"", "[a]", "/k/config: cluster \"east\": server must be a string")]
    [InlineData("6443\"", "6443\", proxy-url: 'http://p'", "/k/config: cluster \"east\": proxy-url is not supported; *")]
    [InlineData("6443\"", "6443\", insecure-skip-tls-verify: yes", "/k/config: cluster \"east\": insecure-skip-tls-verify is \"yes\"; it must be true or false")]
    [InlineData("6443\"", "6443\", certificate-authority: ca.crt", "/k/config: cluster \"east\": certificate-authority names /k/ca.crt, which does not exist")]
    [InlineData("6443\"", "6443\", certificate-authority-data: '!'", "/k/config: cluster \"east\": certificate-authority-data must be base64: *")]
    [InlineData("6443\"", "6443\", certificate-authority-data: aGk=", "/k/config: cluster \"east\": certificate-authority-data must hold PEM certificates * has none")]
    [InlineData("6443\"", "6443\", certificate-authority-data: aGk=, insecure-skip-tls-verify: true", "/k/config: cluster \"east\": insecure-skip-tls-verify and certificate-authority exclude each other; *")]
    [InlineData("token: secret-token", "exec: {command: aws}", "/k/config: user \"admin\": exec plugins are not supported; allowed are *")]
    [InlineData("token: secret-token", "auth-provider: {name: gcp}", "/k/config: user \"admin\": auth-provider plugins are not supported; allowed are *")]
    [InlineData("token: secret-token", "token: t, username: u, password: p", "/k/config: user \"admin\": has a token and a username; only one of them is allowed")]
    [InlineData("token: secret-token", "username: u", "/k/config: user \"admin\": username and password need each other")]
    [InlineData("token: secret-token", "token: \"a\\nb\"", "/k/config: user \"admin\": token must stand on one line")]
    [InlineData("token: secret-token", "tokenFile: t", "/k/config: user \"admin\": tokenFile names /k/t, which does not exist")]
    [InlineData("token: secret-token", "client-key-data: aGk=", "/k/config: user \"admin\": client-key needs client-certificate or client-certificate-data beside it")]
    [InlineData("token: secret-token", "client-certificate-data: aGk=", "/k/config: user \"admin\": client-certificate needs client-key or client-key-data beside it")]
    public void Find_Mistake_NamesFileEntryAndWhatIsAllowed(string good, string bad, string message)
    {
        Minimal.Should().Contain(good);

        Message(With(Minimal.Replace(good, bad, StringComparison.Ordinal))).Should().Match(message);
    }

    [Fact]
    public void Find_KeyOfAnotherCertificate_NamesTheKey()
    {
        var (certificate, _) = TestAuthority.Shared.Client("me");
        var (_, key) = TestAuthority.Shared.Client("other");

        Message(With(Minimal.Replace(
            "token: secret-token",
            $"client-certificate-data: {TestEnvironment.Base64(certificate)}, client-key-data: {TestEnvironment.Base64(key)}",
            StringComparison.Ordinal))).Should().StartWith("/k/config: user \"admin\": client-key-data must hold the PEM of the RSA or ECDSA private key");
    }

    [Fact]
    public void Find_AuthorityWithoutItsRoot_AsksForTheRoot()
    {
        var (certificate, _) = TestAuthority.Shared.Client("no root");

        Message(With(Minimal.Replace("6443\"", $"6443\", certificate-authority-data: {TestEnvironment.Base64(certificate)}", StringComparison.Ordinal)))
            .Should().EndWith("none of them is self-signed; add the root certificate of the authority");
    }

    private static KubernetesEndpoint Find(string kubeconfig) => KubernetesEndpoint.Find(With(kubeconfig).Environment)!;

    private static string Message(TestEnvironment environment) =>
        FluentActions.Invoking(() => KubernetesEndpoint.Find(environment.Environment))
            .Should().Throw<KubernetesConfigurationException>().Which.Message;

    private static TestEnvironment With(string kubeconfig)
    {
        var environment = new TestEnvironment();
        environment.Variables["KUBECONFIG"] = "/k/config";
        environment.Files["/k/config"] = kubeconfig;
        return environment;
    }
}
