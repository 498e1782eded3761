using Outrigger.E2e.Clusters;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Outrigger.E2e;

/// <summary>The tests that leave the webhook as it is share one.</summary>
[CollectionDefinition(Name)]
public sealed class SharedInstallation : ICollectionFixture<Installation>
{
    public const string Name = "installation";
}
