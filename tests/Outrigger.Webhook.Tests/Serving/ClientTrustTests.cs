using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Outrigger.Webhook.Serving;
using Outrigger.Webhook.Tests.Hosting;

namespace Outrigger.Webhook.Tests.Serving;

public sealed class ClientTrustTests
{
    private static readonly TestAuthority Authority = new();

    public static TheoryData<string, string> WrongFiles => new()
    {
        { "", "ca.crt holds no PEM certificate (-----BEGIN CERTIFICATE-----)" },
        { "hello", "ca.crt holds no PEM certificate (-----BEGIN CERTIFICATE-----)" },
        { "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "ca.crt holds a certificate that cannot be read: " },
        { Authority.RootPem + "-----BEGIN CERTIFICATE-----\n%%%\n-----END CERTIFICATE-----\n", "ca.crt holds 2 PEM certificates, of which only 1 can be read" },
        { Authority.Intermediate.ExportCertificatePem(), "ca.crt holds no root authority, one that is signed by itself" },
        { Authority.RootPem + Authority.IssueClient("mallory").ExportCertificatePem(), "ca.crt holds CN=mallory, which is no authority (basic constraints CA:TRUE)" },
    };

    [Theory]
    [MemberData(nameof(WrongFiles))]
    public void Read_FileThatIsWrong_NamesTheFlagAndTheFile(string text, string message) =>
        ClientTrust.Read("ca.crt", text, []).Problems.Should().ContainSingle().Which.ToString().Should().StartWith("--client-ca: " + message);

    [Fact]
    public void Read_RootsAndAuthoritiesBelowThem_AreTaken()
    {
        var trust = ClientTrust.Read("ca.crt", "a note\n" + Authority.Intermediate.ExportCertificatePem() + "\n" + Authority.RootPem, []).Value;

        trust.Title.Should().Be("CN=test root");
        using var certificate = Authority.IssueClient(byIntermediate: true);
        // The caller does not send the authority that the file has.
        trust.Judge(certificate, [], DateTimeOffset.UtcNow).Refusal.Should().BeNull();
    }

    [Fact]
    public void Judge_CertificateThatIsGood_IsSureUntilTheFirstOfItsChainEnds()
    {
        var trust = ClientTrust.Read("ca.crt", Authority.RootPem, []).Value;
        using var certificate = Authority.IssueClient(validFor: TimeSpan.FromHours(2));

        trust.Judge(certificate, [], DateTimeOffset.UtcNow).Until.Should().Be(new DateTimeOffset(certificate.NotAfter));
    }

    [Fact]
    public void Judge_BeforeTheFirstMoment_IsRefused()
    {
        var trust = ClientTrust.Read("ca.crt", Authority.RootPem, []).Value;
        using var certificate = Authority.IssueClient();

        trust.Judge(certificate, [], DateTimeOffset.UtcNow.AddHours(-2)).Refusal!.Sentence.Should().Contain("not valid at this time");
    }

    [Theory]
    [InlineData("CN=kube-apiserver,O=a", true)]
    [InlineData("O=kube-apiserver", false)]
    [InlineData("CN=Kube-Apiserver", false)]
    [InlineData("CN=kube-apiserver ,CN=other", false)]
    [InlineData("CN=other,CN=kube-apiserver", false)]
    [InlineData("CN=\"kube-apiserver,O=a\"", false)]
    public void Judge_Subject_GoesByItsOneCommonName(string subject, bool isAllowed)
    {
        var trust = ClientTrust.Read("ca.crt", Authority.RootPem, ["kube-apiserver"]).Value;
        using var certificate = Issue(subject);

        var refusal = trust.Judge(certificate, [], DateTimeOffset.UtcNow).Refusal;

        (refusal is null).Should().Be(isAllowed);
        (refusal?.Reason ?? "client_name").Should().Be("client_name");
    }

    [Fact]
    public void Judge_AuthorityThatTheCallerBrings_IsNoRoot()
    {
        var trust = ClientTrust.Read("ca.crt", Authority.RootPem, []).Value;
        var other = new TestAuthority();
        using var certificate = other.IssueClient(byIntermediate: true);

        trust.Judge(certificate, [other.Intermediate, other.Root], DateTimeOffset.UtcNow).Refusal!.Sentence.Should()
            .Contain("no authority of --client-ca has signed it");
    }

    private static X509Certificate2 Issue(string subject)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(TestAuthority.ForClients)], critical: false));
        return request.Create(Authority.Root, DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddHours(1), [7]);
    }
}
