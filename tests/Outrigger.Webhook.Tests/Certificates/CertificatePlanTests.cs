using Outrigger.Certificates;
using Outrigger.Webhook.Certificates;

namespace Outrigger.Webhook.Tests.Certificates;

public sealed class CertificatePlanTests
{
    private readonly Cluster _cluster = new();
    private readonly Replica _replica;

    public CertificatePlanTests()
    {
        _replica = new Replica(_cluster);
        Run(5);
    }

    [Fact]
    public void FirstStart_MakesAuthorityAndCertificateAndAnnouncesThem()
    {
        var secret = Kept();
        secret.Problems.Should().BeEmpty();
        secret.Authorities.Should().Equal(secret.Leaf!.Issuer);
        _cluster.Bundle.Should().Be(Authority.Bundle(secret.Authorities));
        _replica.Served.Should().Be(secret.Leaf);
        secret.Leaf.NotAfter.Should().BeCloseTo(_cluster.Now.AddSeconds(10), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void FirstStart_ServesNothingBeforeItIsTrustedByAllApiServers()
    {
        var cluster = new Cluster();
        var replica = new Replica(cluster);
        replica.Settle();
        replica.Served.Should().BeNull();
        cluster.Pass(CertificateView.Grace);
        replica.Settle();
        replica.Served.Should().NotBeNull();
    }

    [Fact]
    public void Restart_ServesWhatIsThereAtOnce()
    {
        var before = _cluster.Secret;
        var fresh = new Replica(_cluster);

        fresh.Settle();

        fresh.Served.Should().Be(_replica.Served);
        _cluster.Secret.Should().BeSameAs(before, "nothing is to be written");
    }

    [Fact]
    public void Certificate_IsReplacedAtTwoThirdsOfItsLifeByTheSameAuthority()
    {
        var first = _replica.Served!;
        Run(4);
        _replica.Served.Should().Be(first, "9 of 15 s are over");
        Run(2);
        _replica.Served.Should().NotBe(first);
        _replica.Served!.Issuer.Should().Be(first.Issuer);
    }

    [Fact]
    public void Authority_IsReplacedAtTwoThirdsOfItsLife_TheOldOneStaysUntilItsEnd()
    {
        var old = _replica.Served!.Issuer;
        Run(54);
        Kept().Authorities.Should().Equal(old);
        Run(2);
        Kept().Authorities.Should().HaveCount(2).And.EndWith([old]);
        _cluster.Trusted.Should().Equal(Kept().Authorities);
        _replica.Served.Issuer.Should().Be(old, "API servers hear of the new one a moment later");
        Run(4);
        _replica.Served.Issuer.Should().Be(Kept().Authorities[0]).And.NotBe(old);
        Run(24);
        _cluster.Trusted.Should().Contain(old);
        Run(4);
        _cluster.Trusted.Should().NotContain(old).And.ContainSingle();
    }

    [Fact]
    public void DeletedSecret_IsMadeAnewWithoutABreakInService()
    {
        var served = _replica.Served!;
        _cluster.Tamper(_ => null);

        _replica.Settle();

        Kept().Authorities.Should().HaveCount(2).And.EndWith([served.Issuer]);
        _replica.Served.Should().Be(served);
        Run(4);
        _replica.Served!.Issuer.Should().Be(Kept().Authorities[0], "new keys are what deletion is for");
    }

    [Theory]
    [InlineData("key of another")]
    [InlineData("no key")]
    [InlineData("half a key")]
    [InlineData("certificate of another authority")]
    [InlineData("another name")]
    [InlineData("no certificate")]
    public void CertificateThatCannotBeServed_IsReplacedByWhatIsInService(string what)
    {
        var served = _replica.Served!;
        _cluster.Tamper(content => Broken(content!, what, _cluster.Now));

        _replica.Settle();

        Kept().Problems.Should().BeEmpty();
        Kept().Leaf.Should().Be(served);
        _replica.Served.Should().Be(served);
    }

    [Theory]
    [InlineData("key of another")]
    [InlineData("certificate of another authority")]
    [InlineData("ended")]
    [InlineData("not yet valid")]
    public void CertificateThatCannotBeServed_AtStart_IsMadeAnewByTheSameAuthority(string what)
    {
        var authority = Kept().Signer;
        _cluster.Tamper(content => Broken(content!, what, _cluster.Now));
        var fresh = new Replica(_cluster);

        fresh.Settle();

        fresh.Served!.Issuer.Should().Be(authority);
        fresh.Served.IsValid(_cluster.Now).Should().BeTrue();
        Kept().Problems.Should().BeEmpty();
    }

    [Theory]
    [InlineData("no authority key")]
    [InlineData("no authority")]
    [InlineData("half an authority")]
    public void AuthorityThatCannotSign_IsFollowedByANewOne_AndStaysTrusted(string what)
    {
        var served = _replica.Served!;
        _cluster.Tamper(content => Broken(content!, what, _cluster.Now));

        _replica.Settle();

        Kept().Authorities.Should().HaveCount(2).And.EndWith([served.Issuer]);
        _cluster.Trusted.Should().Equal(Kept().Authorities);
        _replica.Served.Should().Be(served);
    }

    [Fact]
    public void OverwrittenBundle_IsWrittenAgain()
    {
        var bundle = _cluster.Bundle;
        foreach (var junk in new[] { "", "junk", bundle + bundle, Foreign() })
        {
            _cluster.Register(junk);
            _replica.Settle();
            _cluster.Bundle.Should().Be(bundle);
        }
    }

    [Fact]
    public void Decide_WithoutAConfiguration_RestsWithoutHaste()
    {
        Run(8);
        var view = _replica.Read() with { Registration = null, TrustedSince = _replica.Read().TrustedSince.Clear() };

        CertificatePlan.Decide(view).Should().BeOfType<CertificateStep.Rest>().Which.Until.Should().BeAfter(_cluster.Now);
        CertificatePlan.Serve(view).Should().Be(_replica.Served, "nobody calls, and if somebody did, nothing is better");
    }

    [Fact]
    public void Problems_NeverTellAKey()
    {
        _cluster.Tamper(content => content! with { Key = "-----BEGIN SECRET-----" + content.AuthorityKey, AuthorityKey = content.Key });
        string.Join(' ', Kept().Problems).Should().NotBeEmpty().And.NotContain("BEGIN").And.NotContain("MIG");
    }

    private void Run(int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            _cluster.Pass(TimeSpan.FromSeconds(1));
            _replica.Settle();
        }
    }

    private KeptCertificates Kept() => KeptCertificates.Read(_cluster.Secret!, Cluster.Service, _cluster.Now);

    private static string Foreign()
    {
        using var authority = CertificateAuthority.Create("somebody else's", TimeSpan.FromDays(1), new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        return authority.CertificatePem;
    }

    /// <summary>The ways in which a Secret can be wrong.</summary>
    internal static SecretContent Broken(SecretContent content, string what, DateTimeOffset now)
    {
        using var other = CertificateAuthority.Create(Authority.Name, TimeSpan.FromDays(1), now);
        var foreign = other.Issue([Cluster.Service], [], TimeSpan.FromHours(1), now);
        return what switch
        {
            "key of another" => content with { Key = foreign.KeyPem },
            "no key" => content with { Key = "" },
            "half a key" => content with { Key = content.Key[..(content.Key.Length / 2)] },
            "no certificate" => content with { Certificate = "junk" },
            "certificate of another authority" => content with { Certificate = foreign.CertificatePem, Key = foreign.KeyPem },
            "another name" => Signed("other.outrigger.svc", TimeSpan.Zero),
            "ended" => Signed(Cluster.Service, -TimeSpan.FromMinutes(1)),
            "not yet valid" => Signed(Cluster.Service, CertificateAuthority.Skew + TimeSpan.FromSeconds(10)),
            "no authority key" => content with { AuthorityKey = "" },
            "no authority" => content with { Authorities = "" },
            "half an authority" => content with { Authorities = content.Authorities[..(content.Authorities.Length / 2)] },
            _ => throw new ArgumentOutOfRangeException(nameof(what)),
        };

        SecretContent Signed(string name, TimeSpan shift)
        {
            using var signer = CertificateAuthority.Load(content.Authorities, content.AuthorityKey, now);
            var issued = signer.Issue([name], [], TimeSpan.FromSeconds(15), now + shift);
            return content with { Certificate = issued.CertificatePem, Key = issued.KeyPem };
        }
    }
}
