using System.Text.Json.Nodes;
using Outrigger.E2e.Clusters;
using Outrigger.E2e.Nodes;
using Outrigger.E2e.Processes;

namespace Outrigger.E2e.Charts;

/// <summary>The chart on a real node.</summary>
public sealed class InstallTests(ChartInstallation installation) : IClassFixture<ChartInstallation>
{
    private const string Greeter = """
        apiVersion: outrigger.dev/v1alpha1
        kind: ClusterPattern
        metadata: {name: greeter}
        spec:
          role: sidecar
          version: 1.0.0
          summary: Says hello.
          parameters: {type: object, properties: {}}
          containers: [{name: "{{instance}}", image: busybox:1.36, command: [sleep, infinity]}]
        """;

    [ChartFact]
    public async Task AnnotatedPod_IsInjectedWithinAMinuteOfTheInstallation()
    {
        await using var space = await installation.CreateNamespaceAsync();
        await space.CreateObjectAsync(ChartInstallation.Asking("shop"));
        var pod = await RunningPod.WaitAsync(space, "shop");

        new StoredPod(await pod.ReadAsync()).Containers.Should().Equal("shop", "topz");
        installation.UntilInjected.Should().BeLessThan(TimeSpan.FromMinutes(1));
        Show.Line($"chart: {installation.UntilInjected.TotalSeconds:0.0} s from kubectl apply of the chart until an annotated Pod is injected, by Pods on the node");
    }

    [ChartFact]
    public async Task PodsOfOtherNamespaces_AreStoredUntouched()
    {
        await using var outside = await TestNamespace.CreateAsync();
        foreach (var manifest in new[] { Manifests.Plain("plain"), ChartInstallation.Asking("asking") })
        {
            var pod = new StoredPod(await outside.CreateObjectAsync(manifest, "--dry-run=server"));
            pod.Containers.Should().Equal("shop");
            pod.Status.Should().BeNull();
        }
    }

    [ChartFact]
    public async Task HelmTest_Succeeds()
    {
        var name = (string)installation.Release.Test["items"]![0]!["metadata"]!["name"]!;
        await Kubectl.ApplyAsync(installation.Release.Test);
        var phase = await Eventually.GetAsync("the Pod of helm test to end", async () =>
            (string?)(await installation.Own.FindAsync("pod", name))?["status"]?["phase"] is ("Succeeded" or "Failed") and var ended ? ended : null, TimeSpan.FromMinutes(1));
        var log = (await Kubectl.RunAsync(["--namespace", installation.Own.Name, "logs", name])).Output;
        await Kubectl.RunAsync(["--namespace", installation.Own.Name, "delete", "pod", name]);

        phase.Should().Be("Succeeded", "it said: {0}", log);
        log.Should().Contain("[+]certificate ok").And.Contain("answered as it should");
    }

    [ChartFact]
    public async Task ChangedCatalog_IsTakenWithoutARestart()
    {
        var (before, registered) = (await installation.IdentitiesAsync(), await RegistrationAsync());
        await using var space = await installation.CreateNamespaceAsync();
        var manifest = Manifests.Pod("shop", [("outrigger.dev/sidecar", "greeter")]);
        (await space.TryCreateAsync(manifest, "--dry-run=server")).Error.Should().Contain("\"greeter\"", "there is no such pattern yet");

        await installation.UpgradeAsync(new JsonObject { ["catalog"] = new JsonObject { ["files"] = new JsonObject { ["greeter.yaml"] = Greeter } } });
        // The kubelet brings a changed ConfigMap at its next look at a Pod, at most a minute away; a changed Pod it looks at now.
        await Kubectl.RunAsync(["--namespace", installation.Own.Name, "annotate", "pods", "--selector", "app.kubernetes.io/component=webhook", "looked-at=again"]);
        await Eventually.BeAsync("the new pattern to be known by every replica", async () =>
        {
            for (var replica = 0; replica < 6; replica++)
            {
                if ((await space.TryCreateAsync(manifest, "--dry-run=server")).ExitCode != 0)
                    return false;
            }

            return true;
        }, TimeSpan.FromMinutes(3));

        (await installation.IdentitiesAsync()).Should().Equal(before, "no Pod was replaced, no container started again");
        (await RegistrationAsync()).Should().Be(registered, "an upgrade leaves the caBundle alone that the webhook wrote");
    }

    /// <summary>What changes whenever somebody writes the registration.</summary>
    private async Task<string> RegistrationAsync() =>
        (string)(await Kubectl.JsonAsync(["get", "mutatingwebhookconfiguration", installation.Name]))["metadata"]!["resourceVersion"]!;

    [ChartFact]
    public async Task Rollout_RefusesNoPod()
    {
        await using var space = await installation.CreateNamespaceAsync();
        var (asked, refusals) = (0, new List<string>());
        await Kubectl.RunAsync(["--namespace", installation.Own.Name, "rollout", "restart", $"deployment/{installation.Name}"]);
        var rollout = Kubectl.TryAsync(["--namespace", installation.Own.Name, "rollout", "status", $"deployment/{installation.Name}"], limit: TimeSpan.FromMinutes(3));
        while (!rollout.IsCompleted || (await installation.PodsAsync()).Length > 2)
        {
            var answer = await space.TryCreateAsync(ChartInstallation.Asking("probe"), "--dry-run=server", "--output", "json");
            asked++;
            if (answer.ExitCode != 0 || !answer.Output.Contains("outrigger.dev/status", StringComparison.Ordinal))
                refusals.Add(answer.Error);
        }

        (await rollout).ExitCode.Should().Be(0);
        refusals.Should().BeEmpty();
        Show.Line($"chart: a rollout of both replicas while {asked} Pods are created one after the other: {asked} injected, none refused");
    }

    [ChartFact]
    public async Task WithoutAnyReplica_OnlyThePodsThatAreReviewedWait()
    {
        await using var space = await installation.CreateNamespaceAsync();
        await using var outside = await TestNamespace.CreateAsync();
        await installation.ScaleAsync(0);
        try
        {
            var refused = await space.TryCreateAsync(ChartInstallation.Asking("shop"), "--dry-run=server");
            refused.ExitCode.Should().Be(1);
            refused.Error.Should().Contain("failed calling webhook \"pods.outrigger.dev\"");
            foreach (var name in new[] { "kube-system", installation.Own.Name, outside.Name })
                (await Kubectl.TryAsync(["--namespace", name, "create", "--dry-run=server", "--filename", "-"], ChartInstallation.Asking("shop"))).ExitCode.Should().Be(0, "it is in {0}", name);
        }
        finally
        {
            await installation.ScaleAsync(2);
        }

        await Eventually.BeAsync("Pods to be injected again", async () => await ChartInstallation.IsInjectedAsync(space));
        Show.Line("chart: with no replica and failurePolicy Fail, Pods of kube-system, of the webhook's own and of other namespaces are admitted, and the replicas come back");
    }
}
