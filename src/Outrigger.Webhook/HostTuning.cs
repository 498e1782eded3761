using Outrigger.Core.Admission;
using Outrigger.Core.Catalog;
using Outrigger.Kubernetes.Configuration;
using Outrigger.Webhook.Watching;

namespace Outrigger.Webhook;

/// <summary>What no installation chooses, in one place. Tests make time short with it, and faults happen.</summary>
internal sealed record HostTuning
{
    /// <summary>How watched files are looked at.</summary>
    public WatchTiming Watch { get; init; } = new();

    /// <summary>How long a body may take. The API server itself gives a webhook at most 30 s for everything.</summary>
    public TimeSpan BodyDeadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How much memory the bodies of all reviews under way may take together. A review works with a few times its body, and bodies have up to
    /// 3 MiB: without a bound, reviews at once would need more memory than any container has.
    /// </summary>
    public long BodyCapacity { get; init; } = 16 * 1024 * 1024;

    /// <summary>The engine.</summary>
    public Func<AdmissionRequest, CatalogSnapshot, Decision> Review { get; init; } = PodAdmission.Review;

    /// <summary>Where an API server is looked for.</summary>
    public KubernetesEnvironment Cluster { get; init; } = KubernetesEnvironment.OfProcess();

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where log lines go; opened when the server is built.</summary>
    public Func<Stream> Log { get; init; } = Console.OpenStandardOutput;
}
