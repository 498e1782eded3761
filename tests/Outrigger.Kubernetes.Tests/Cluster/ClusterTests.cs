using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Outrigger.Kubernetes.Api;
using Outrigger.Kubernetes.Configuration;
using Outrigger.Kubernetes.Resources;
using Outrigger.Kubernetes.Watching;

namespace Outrigger.Kubernetes.Tests.Cluster;

public sealed class ClusterTests
{
    [ClusterFact]
    public async Task ReadAsync_RealCluster_AgreesWithKubectl()
    {
        using var api = Open();

        var version = await ClusterVersion.ReadAsync(api, default);

        version.Major.Should().Be(1);
        (await KubectlAsync("version")).Should().Contain(version.GitVersion);
        version.SupportsNativeSidecars.Should().Be(version.Minor >= 29);
    }

    [ClusterFact]
    public async Task ListAsync_PagesOfOne_AgreeWithKubectl()
    {
        using var api = Open(new KubernetesApiOptions { PageSize = 1 });
        var selection = new ResourceSelection(new ApiResource("rbac.authorization.k8s.io", "v1", "clusterroles"))
        {
            LabelSelector = "kubernetes.io/bootstrapping=rbac-defaults",
        };

        var list = await api.ListAsync(selection, default);

        var names = (await KubectlAsync("get", "clusterroles", "-l", selection.LabelSelector, "-o", "jsonpath={.items[*].metadata.name}")).Split(' ');
        names.Length.Should().BeGreaterThan(10);
        list.Items.Select(item => ApiJson.Metadata(item, "name")).Should().Equal(names);
    }

    [ClusterFact]
    public async Task GetAsync_ObjectThatIsNotThere_SaysSo()
    {
        using var api = Open();

        var failure = await FluentActions.Awaiting(() => api.GetAsync("api/v1/namespaces/not-there", default))
            .Should().ThrowAsync<KubernetesApiException>();

        failure.Which.Message.Should().Be("get api/v1/namespaces/not-there: 404 NotFound: namespaces \"not-there\" not found");
    }

    [ClusterFact]
    public async Task Writes_RealCluster_TakeTheFirstOfTwoWriters()
    {
        var (name, resource) = ($"outrigger-test-{Guid.NewGuid():N}"[..30], new ApiResource("", "v1", "configmaps"));
        using var api = Open();
        var created = await api.CreateAsync(resource, "default", new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "ConfigMap",
            ["metadata"] = new JsonObject { ["name"] = name },
            ["data"] = new JsonObject { ["kept"] = "yes" },
        }, default);
        try
        {
            await api.PatchAsync(resource, "default", name, new JsonObject { ["data"] = new JsonObject { ["added"] = "yes" } }, default);

            var late = await FluentActions.Awaiting(() => api.UpdateAsync(resource, "default", name, JsonObject.Create(created)!, default))
                .Should().ThrowAsync<KubernetesApiException>();

            late.Which.IsConflict.Should().BeTrue();
            late.Which.Message.Should().StartWith($"update api/v1/namespaces/default/configmaps/{name}: 409 Conflict: ");
            var stored = await api.GetAsync(resource.Path("default", name), default);
            stored.GetProperty("data").GetRawText().Should().Be("""{"added":"yes","kept":"yes"}""");
        }
        finally
        {
            await KubectlAsync("delete", "configmap", name, "--namespace", "default");
        }
    }

    [ClusterFact]
    public async Task WatchAsync_VersionThatIsNone_SaysWhatTheServerSays()
    {
        using var api = Open();
        var events = api.WatchAsync(new ResourceSelection(ApiResource.Namespaces), "no-version", default).GetAsyncEnumerator();

        var failure = await FluentActions.Awaiting(() => events.MoveNextAsync().AsTask()).Should().ThrowAsync<KubernetesApiException>();

        failure.Which.Message.Should().StartWith("watch api/v1/namespaces?").And.Contain("no-version");
        await events.DisposeAsync();
    }

    [ClusterFact]
    public async Task RunAsync_NamespaceIsMadeRelabelledAndDeleted_ItsLabelsFollow()
    {
        var name = $"outrigger-test-{Guid.NewGuid():N}"[..30];
        var troubles = new ConcurrentQueue<KubernetesTrouble>();
        // Watches of two seconds: the test also sees the server end one and the watcher go on.
        using var api = Open(new KubernetesApiOptions { WatchDuration = TimeSpan.FromSeconds(2) });
        using var cancel = new CancellationTokenSource();
        var labels = new NamespaceLabels(api, report: troubles.Enqueue);
        var running = labels.RunAsync(cancel.Token);
        try
        {
            await labels.WaitForFirstListAsync(cancel.Token).WaitAsync(TimeSpan.FromSeconds(30));
            labels.Current.Should().ContainKey("kube-system").And.NotContainKey(name);

            await KubectlAsync("create", "namespace", name);
            await UntilAsync(() => labels.Current.ContainsKey(name));
            await KubectlAsync("label", "namespace", name, "team=payments");
            await UntilAsync(() => labels.Current[name].GetValueOrDefault("team") == "payments");
            await Task.Delay(TimeSpan.FromSeconds(3));
            await KubectlAsync("label", "namespace", name, "--overwrite", "team=orders");
            await UntilAsync(() => labels.Current[name].GetValueOrDefault("team") == "orders");
            await KubectlAsync("label", "namespace", name, "team-");
            await UntilAsync(() => !labels.Current[name].ContainsKey("team"));
        }
        finally
        {
            await KubectlAsync("delete", "namespace", name, "--ignore-not-found", "--wait=false");
        }

        await UntilAsync(() => !labels.Current.ContainsKey(name));
        await cancel.CancelAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(10));
        troubles.Should().BeEmpty();
    }

    private static KubernetesApi Open(KubernetesApiOptions? options = null) =>
        new(KubernetesEndpoint.Find(KubernetesEnvironment.OfProcess())!, options);

    private static async Task UntilAsync(Func<bool> condition)
    {
        var start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Stopwatch.GetElapsedTime(start).Should().BeLessThan(TimeSpan.FromSeconds(60));
            await Task.Delay(20);
        }
    }

    private static async Task<string> KubectlAsync(params string[] arguments)
    {
        using var kubectl = Process.Start(new ProcessStartInfo("kubectl", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = kubectl.StandardError.ReadToEndAsync();
        var output = await kubectl.StandardOutput.ReadToEndAsync();
        await kubectl.WaitForExitAsync();
        kubectl.ExitCode.Should().Be(0, await error);
        return output.Trim();
    }
}
