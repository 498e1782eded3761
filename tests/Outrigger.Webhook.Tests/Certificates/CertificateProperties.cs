using FsCheck;
using FsCheck.Fluent;
using Outrigger.Webhook.Certificates;

namespace Outrigger.Webhook.Tests.Certificates;

/// <summary>Some replicas share a Secret and a configuration that somebody tampers with, in any order of what each of them does.</summary>
public sealed class CertificateProperties
{
    private static readonly string[] Faults =
    [
        "delete", "key of another", "half a key", "certificate of another authority", "no authority key", "no authority", "half an authority", "ended",
    ];

    private abstract record Event
    {
        public sealed record Pass(int Milliseconds) : Event;

        public sealed record Read(int Replica) : Event;

        public sealed record Write(int Replica) : Event;

        public sealed record Fault(string What) : Event;

        public sealed record Restart(int Replica) : Event;
    }

    private static Gen<Event> Any(bool withRestarts) => Gen.Frequency(
        (6, Gen.Choose(50, 2000).Select(time => (Event)new Event.Pass(time))),
        (12, Gen.Choose(0, 2).Select(replica => (Event)new Event.Read(replica))),
        (12, Gen.Choose(0, 2).Select(replica => (Event)new Event.Write(replica))),
        (1, Gen.Elements(Faults).Select(what => (Event)new Event.Fault(what))),
        (withRestarts ? 1 : 0, Gen.Choose(0, 2).Select(replica => (Event)new Event.Restart(replica))));

    [Fact]
    public void WhateverHappens_NobodyServesWhatTheBundleDoesNotTrust() => Prop
        .ForAll(Any(withRestarts: true).ListOf(120).ToArbitrary(), events => Play(events, cluster => cluster.Trusted))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    [Fact]
    public void WhateverHappens_ApiServersThatHearOfItLaterTrustWhatIsServed() => Prop
        .ForAll(Any(withRestarts: false).ListOf(120).ToArbitrary(), events => Play(events, cluster => cluster.TrustedBy(TimeSpan.FromSeconds(2.5))))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    [Fact]
    public void WhateverHappened_OnceItIsQuietAllIsWell() => Prop
        .ForAll(Any(withRestarts: true).ListOf(100).ToArbitrary(), events =>
        {
            var (cluster, replicas) = (new Cluster(), new Replica[3]);
            Fill(cluster, replicas);
            foreach (var one in events)
                Do(one, cluster, replicas);
            cluster.Register("overwritten");
            for (var second = 0; second < 12; second++)
            {
                cluster.Pass(TimeSpan.FromSeconds(1));
                foreach (var replica in replicas)
                    replica.Settle();
            }

            var kept = KeptCertificates.Read(cluster.Secret!, Cluster.Service, cluster.Now);
            return kept.Problems.IsEmpty && cluster.Bundle == Authority.Bundle(kept.Authorities)
                && replicas.All(replica => replica.Served == kept.Leaf && replica.Served!.IsValid(cluster.Now));
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    /// <summary>Plays the events on an installation that is in service; true where at each moment all that is served was trusted.</summary>
    private static bool Play(IEnumerable<Event> events, Func<Cluster, IEnumerable<Authority>> trusted)
    {
        var (cluster, replicas) = (new Cluster(), new Replica[3]);
        Fill(cluster, replicas);
        foreach (var one in events)
        {
            Do(one, cluster, replicas);
            var authorities = trusted(cluster).ToHashSet();
            // An authority that has ended took what it signed with it: whoever does not look for so long serves what has ended.
            if (replicas.Any(replica => replica.Served is { } leaf && leaf.IsValid(cluster.Now) && !authorities.Contains(leaf.Issuer)))
                return false;
        }

        return true;
    }

    private static void Fill(Cluster cluster, Replica[] replicas)
    {
        for (var i = 0; i < replicas.Length; i++)
            replicas[i] = new Replica(cluster);
        for (var second = 0; second < 5; second++)
        {
            foreach (var replica in replicas)
                replica.Settle();
            cluster.Pass(TimeSpan.FromSeconds(1));
        }

        replicas.Should().OnlyContain(replica => replica.Served != null);
    }

    private static void Do(Event one, Cluster cluster, Replica[] replicas)
    {
        switch (one)
        {
            case Event.Pass pass:
                cluster.Pass(TimeSpan.FromMilliseconds(pass.Milliseconds));
                break;
            case Event.Read read:
                replicas[read.Replica].Read();
                break;
            case Event.Write write:
                replicas[write.Replica].Write();
                break;
            case Event.Restart restart:
                replicas[restart.Replica] = new Replica(cluster);
                break;
            case Event.Fault { What: var what }:
                cluster.Tamper(content => what == "delete" || content is null ? null : Tampered(content, what, cluster.Now));
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static SecretContent Tampered(SecretContent content, string what, DateTimeOffset now)
    {
        try
        {
            return CertificatePlanTests.Broken(content, what, now);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            // It was broken before; nobody can sign with it.
            return content with { Certificate = "" };
        }
    }
}
