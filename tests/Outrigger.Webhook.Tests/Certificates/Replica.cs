using System.Collections.Immutable;
using Outrigger.Webhook.Certificates;

namespace Outrigger.Webhook.Tests.Certificates;

/// <summary>One replica that does what its plan says, in two halves between which others may be at work: it reads, then it writes.</summary>
internal sealed class Replica(Cluster cluster)
{
    private ImmutableDictionary<Authority, DateTimeOffset> _trustedSince = ImmutableDictionary<Authority, DateTimeOffset>.Empty;
    private (CertificateView View, int Version)? _read;

    public Leaf? Served { get; private set; }

    /// <summary>Reads, and serves what is to be served.</summary>
    public CertificateView Read()
    {
        var registration = cluster.Registration;
        _trustedSince = CertificateView.Observe(_trustedSince, registration, cluster.Now);
        var view = new CertificateView
        {
            Secret = cluster.Secret is { } content ? KeptCertificates.Read(content, Cluster.Service, cluster.Now) : null,
            Registration = registration,
            Served = Served,
            TrustedSince = _trustedSince,
            Lifetimes = Cluster.Short,
            Now = cluster.Now,
        };
        Served = CertificatePlan.Serve(view);
        _read = (view with { Served = Served }, cluster.SecretVersion);
        return _read.Value.View;
    }

    /// <summary>Does the step that is due by what was read; false where there is none.</summary>
    public bool Write()
    {
        if (_read is not var (view, version))
            return false;
        _read = null;
        switch (CertificatePlan.Decide(view))
        {
            case CertificateStep.Renew renew:
                cluster.TryWrite(CertificateMaker.Make(renew, view.Secret, Cluster.Service, Cluster.Short, view.Now), version);
                return true;
            case CertificateStep.Announce announce:
                // The patch carries the resourceVersion, so that it applies to the configuration that was read alone.
                if (view.Registration!.Patch("").ToJsonString() == cluster.Registration.Patch("").ToJsonString())
                    cluster.Register(announce.Bundle);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Works until nothing is to be done at this moment.</summary>
    public void Settle()
    {
        for (var steps = 0; ; steps++)
        {
            Read();
            if (!Write())
                return;
            steps.Should().BeLessThan(10, "what is written is what was wanted");
        }
    }
}
