using Outrigger.Chart.Tests.Rendering;

namespace Outrigger.Chart.Tests.Admission;

/// <summary>Which changes of running Pods the API server asks about.</summary>
public sealed class UpdateTests
{
    [HelmTheory]
    [InlineData(Release.WithConditions)]
    [InlineData(Release.Newest)]
    public void WithConditions_ChangedAnnotationsOfPodsThatConcernOutriggerAreReviewed(string kubernetes)
    {
        var registration = Registration.Of(new() { Kubernetes = kubernetes });
        string[] reviewed = ["live-pods.outrigger.dev"];
        registration.Update("shop", Pods.Asking, Pods.With(("outrigger.dev/sidecar", "topz"))).Should().Equal(reviewed);
        registration.Update("shop", Pods.Asking, Pods.Plain).Should().Equal(reviewed, "who takes the annotations away changes them");
        registration.Update("shop", Pods.Plain, Pods.Asking).Should().Equal(reviewed);
        registration.Update("shop", Pods.Bound, Pods.With(("outrigger.dev/status", "{}"), ("topz.outrigger.dev/port", "1"))).Should().Equal(reviewed);
    }

    [HelmTheory]
    [InlineData(Release.WithConditions)]
    [InlineData(Release.Newest)]
    public void WithConditions_OtherUpdatesNeverReachTheWebhook(string kubernetes)
    {
        var registration = Registration.Of(new() { Kubernetes = kubernetes });
        registration.Update("shop", Pods.Asking, Pods.Asking).Should().BeEmpty();
        registration.Update("shop", Pods.Plain, Pods.Plain).Should().BeEmpty();
        registration.Update("shop", Pods.Plain, Pods.With(("team", "payments"))).Should().BeEmpty();
        registration.Update("shop", Pods.With(("team", "payments")), Pods.Plain).Should().BeEmpty();
    }

    [HelmTheory]
    [InlineData(Release.Oldest)]
    [InlineData(Release.WithoutConditions)]
    public void WithoutConditions_UpdatesInTheNamespacesOfBothEntriesAreReviewed(string kubernetes)
    {
        var registration = Registration.Of(new("admission: {autoInjection: {enabled: true, namespaceSelector: {matchLabels: {team: payments}}}}")
        {
            Kubernetes = kubernetes,
        });
        registration.Update("shop outrigger.dev/injection=enabled", Pods.Asking, Pods.Plain).Should().Equal("live-pods.outrigger.dev");
        registration.Update("shop team=payments", Pods.Asking, Pods.Plain).Should().Equal("live-bound-pods.outrigger.dev");
        registration.Update("shop", Pods.Asking, Pods.Plain).Should().BeEmpty();
    }

    [HelmTheory]
    [InlineData(Release.Oldest)]
    [InlineData(Release.Newest)]
    public void Updates_AreNeverRefusedBecauseTheWebhookDoesNotAnswer(string kubernetes)
    {
        var entries = Registration.Of(new("admission: {failurePolicy: Fail, autoInjection: {enabled: true, namespaceSelector: {matchLabels: {a: b}}}}")
        {
            Kubernetes = kubernetes,
        }).Entries;
        entries.Where(entry => entry.Texts("rules.0.operations").Contains("UPDATE"))
            .Should().NotBeEmpty().And.OnlyContain(entry => (string)entry["failurePolicy"]! == "Ignore");
        entries.Where(entry => entry.Texts("rules.0.operations").Contains("CREATE"))
            .Should().HaveCount(2).And.OnlyContain(entry => (string)entry["failurePolicy"]! == "Fail");
    }

    [HelmFact]
    public void WithoutLiveParameters_NoUpdateIsReviewed() =>
        Registration.Of(new("admission: {liveParameters: false}")).Entries.SelectMany(entry => entry.Texts("rules.0.operations")).Should().Equal("CREATE");
}
