using Outrigger.Chart.Tests.Rendering;

namespace Outrigger.Chart.Tests.Admission;

/// <summary>Which Pods the API server asks about, by version of Kubernetes.</summary>
public sealed class ScopeTests
{
    private const string Auto = "admission: {autoInjection: {enabled: true, namespaceSelector: {matchLabels: {team: payments}}}}";
    private const string Everywhere = "admission: {autoInjection: {enabled: true}}";
    private const string Own = "platform";

    private static readonly string[] Namespaces =
    [
        "kube-system", "kube-node-lease", Own, "shop", "shop team=payments", "shop outrigger.dev/injection=enabled", "shop outrigger.dev/injection=disabled",
        "shop team=payments outrigger.dev/injection=enabled", "shop team=payments outrigger.dev/injection=disabled",
    ];

    [HelmTheory]
    [InlineData(Release.WithConditions)]
    [InlineData(Release.Newest)]
    public void WithConditions_AnnotatedPodsAreReviewedEverywhere(string kubernetes)
    {
        var registration = Registration.Of(new() { Kubernetes = kubernetes });
        registration.Create("shop", Pods.Asking).Should().Equal("pods.outrigger.dev");
        registration.Create("shop", Pods.With(("outrigger.dev/inject", "false"))).Should().Equal("pods.outrigger.dev");
        registration.Create("shop", Pods.Plain).Should().BeEmpty();
        registration.Create("shop", Pods.With(("team", "payments"))).Should().BeEmpty();
        registration.Create("shop outrigger.dev/injection=disabled", Pods.Asking).Should().BeEmpty();
    }

    [HelmTheory]
    [InlineData(Release.Oldest)]
    [InlineData(Release.WithoutConditions)]
    public void WithoutConditions_PodsOfLabelledNamespacesAreReviewed(string kubernetes)
    {
        var registration = Registration.Of(new() { Kubernetes = kubernetes });
        registration.Create("shop outrigger.dev/injection=enabled", Pods.Asking).Should().Equal("pods.outrigger.dev");
        registration.Create("shop", Pods.Asking).Should().BeEmpty();
        registration.Create("shop outrigger.dev/injection=disabled", Pods.Asking).Should().BeEmpty();
    }

    [HelmTheory]
    [InlineData(Release.Oldest, "")]
    [InlineData(Release.Oldest, Auto)]
    [InlineData(Release.WithoutConditions, "")]
    [InlineData(Release.WithoutConditions, Everywhere)]
    [InlineData(Release.WithConditions, Everywhere)]
    [InlineData(Release.Newest, "")]
    [InlineData(Release.Newest, Everywhere)]
    public void WhatTheClusterAndTheWebhookNeedToStart_NeverWaitsForTheWebhook(string kubernetes, string values)
    {
        var registration = Registration.Of(new(values) { Kubernetes = kubernetes, Namespace = Own });
        foreach (var name in new[] { "kube-system", "kube-node-lease", Own })
        {
            foreach (var pod in Pods.All.Values)
                registration.Create(name, pod).Concat(registration.Update(name, Pods.Plain, pod)).Should().BeEmpty("it is in {0}", name);
        }
    }

    [HelmTheory]
    [InlineData(Release.WithoutConditions)]
    [InlineData(Release.Newest)]
    public void ExcludedNamespaces_AreLeftOut(string kubernetes)
    {
        var registration = Registration.Of(new("admission: {excludedNamespaces: [vault], autoInjection: {enabled: true}}") { Kubernetes = kubernetes });
        registration.Create("vault outrigger.dev/injection=enabled", Pods.Asking).Should().BeEmpty();
        registration.Create("vault", Pods.Plain).Should().BeEmpty();
        registration.Create("shop", Pods.Plain).Should().ContainSingle();
    }

    [HelmTheory]
    [InlineData(Release.Oldest)]
    [InlineData(Release.WithoutConditions)]
    [InlineData(Release.WithConditions)]
    [InlineData(Release.Newest)]
    public void AutoInjection_ReviewsEveryPodOfTheNamespacesThatItSelects(string kubernetes)
    {
        var registration = Registration.Of(new(Auto) { Kubernetes = kubernetes });
        foreach (var (sort, pod) in Pods.All)
            registration.Create("shop team=payments", pod).Should().ContainSingle("the Pod is {0}", sort);
        registration.Create("shop", Pods.Plain).Should().BeEmpty();
        registration.Create("shop team=payments outrigger.dev/injection=disabled", Pods.Plain).Should().BeEmpty();
    }

    [HelmTheory]
    [InlineData(Release.Oldest, "")]
    [InlineData(Release.Oldest, Auto)]
    [InlineData(Release.WithoutConditions, Auto)]
    [InlineData(Release.WithoutConditions, Everywhere)]
    [InlineData(Release.WithConditions, Auto)]
    [InlineData(Release.Newest, Auto)]
    [InlineData(Release.Newest, Everywhere)]
    public void NoRequest_IsReviewedByTwoEntries(string kubernetes, string values)
    {
        var registration = Registration.Of(new(values) { Kubernetes = kubernetes });
        foreach (var name in Namespaces)
        {
            foreach (var (sort, pod) in Pods.All)
            {
                registration.Create(name, pod).Length.Should().BeLessThan(2, "a new Pod that is {0} in {1}", sort, name);
                foreach (var (before, oldPod) in Pods.All)
                    registration.Update(name, oldPod, pod).Length.Should().BeLessThan(2, "a Pod that is {0} and was {1} in {2}", sort, before, name);
            }
        }
    }

    [HelmFact]
    public void InjectionOfABoundPod_LeavesItWithTheSameEntry_SoThatItIsReviewedAgainWhereAnotherWebhookChangesIt()
    {
        var registration = Registration.Of(new(Auto));
        registration.Create("shop team=payments", Pods.Bound).Should().Equal(registration.Create("shop team=payments", Pods.Plain));
    }

    [HelmTheory]
    [InlineData(Release.Oldest, true)]
    [InlineData(Release.WithoutConditions, true)]
    [InlineData(Release.Newest, false)]
    public void NamespaceSelector_NarrowsEveryEntry(string kubernetes, bool byLabel)
    {
        var registration = Registration.Of(new("""
            admission:
              namespaceSelector: {matchLabels: {stage: test}, matchExpressions: [{key: legacy, operator: DoesNotExist}]}
              autoInjection: {enabled: true, namespaceSelector: {matchExpressions: [{key: team, operator: Exists}]}}
            """) { Kubernetes = kubernetes });
        var asked = byLabel ? " outrigger.dev/injection=enabled" : "";
        registration.Create("shop stage=test" + asked, Pods.Asking).Should().Equal("pods.outrigger.dev");
        registration.Create("shop stage=test team=a", Pods.Plain).Should().Equal("bound-pods.outrigger.dev");
        registration.Create("shop stage=live team=a" + asked, Pods.Asking).Should().BeEmpty();
        registration.Create("shop stage=test team=a legacy=yes" + asked, Pods.Asking).Should().BeEmpty();
        registration.Update("shop stage=live team=a" + asked, Pods.Plain, Pods.Asking).Should().BeEmpty();
        registration.Update("shop stage=test team=a", Pods.Plain, Pods.Asking).Should().ContainSingle();
    }
}
