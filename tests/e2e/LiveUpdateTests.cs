using System.Text.Json;
using Outrigger.E2e.Clusters;
using Outrigger.E2e.Processes;
using Outrigger.E2e.Servers;

namespace Outrigger.E2e;

/// <summary>Parameters of Pods that run, changed with kubectl.</summary>
[Collection(SharedInstallation.Name)]
public sealed class LiveUpdateTests(Installation installation)
{
    private const string Backends = "traffic.outrigger.dev/backends";
    private const string File = "files.outrigger.dev/traffic.backends";
    private const string Status = "outrigger.dev/status";

    private static readonly (string Key, string Value)[] Asking = [("outrigger.dev/ambassador", "traffic"), (Backends, "svc-a:80")];

    [Fact]
    public async Task Annotate_ParameterOfALivePattern_ChangesTheFileAndNothingElse()
    {
        await using var space = await installation.CreateNamespaceAsync();
        var before = new StoredPod(await space.CreateObjectAsync(Manifests.Pod("moved", Asking)));
        before.Annotations[File]!.GetValue<string>().Should().Be("svc-a:80\n");

        var dry = new StoredPod((await AnnotateAsync(space, "moved", $"{Backends}=svc-b:81, svc-c:82", "--dry-run=server", "--output", "json")).Json);
        (await FindAsync(space, "moved")).Annotations[File]!.GetValue<string>().Should().Be("svc-a:80\n", "a dry run changes nothing");
        await AnnotateAsync(space, "moved", $"{Backends}=svc-b:81, svc-c:82");
        var after = await FindAsync(space, "moved");

        after.Annotations[File]!.GetValue<string>().Should().Be("svc-b:81\nsvc-c:82\n");
        after.Annotations.ToJsonString().Should().Be(dry.Annotations.ToJsonString());
        ((string)after.Json["metadata"]!["uid"]!).Should().Be((string)before.Json["metadata"]!["uid"]!);
        Changed(before, after).Should().BeEquivalentTo(Backends, File, Status);
        after.Containers.Should().Equal(before.Containers);
        Show.Line($"kubectl annotate {Backends} changes the file of the running Pod, its status, and nothing else; a dry run says the same before");
    }

    [Fact]
    public async Task ApplyAndReplace_TheManifestWithAnotherValue_ChangesTheFileOrIsDenied()
    {
        await using var space = await installation.CreateNamespaceAsync();
        var manifest = Manifests.Pod("applied", [Asking[0], (Backends, "svc-b:81")]);
        await Kubectl.RunAsync(["--namespace", space.Name, "apply", "--filename", "-"], Manifests.Pod("applied", Asking));

        await Kubectl.RunAsync(["--namespace", space.Name, "apply", "--filename", "-"], manifest);
        var replaced = await Kubectl.TryAsync(["--namespace", space.Name, "replace", "--filename", "-"], manifest);

        (await FindAsync(space, "applied")).Annotations[File]!.GetValue<string>().Should().Be("svc-b:81\n");
        replaced.ExitCode.Should().Be(1);
        replaced.Error.Should().Contain($"{Status}: is the injector's note");
        Show.Line("kubectl apply of a Pod's manifest with another value changes its file; kubectl replace, which would drop what was injected, is denied");
    }

    [Fact]
    public async Task Annotate_ParameterThatTakesANewPod_IsDeniedByItsName()
    {
        await using var space = await installation.CreateNamespaceAsync();
        await space.CreateObjectAsync(Manifests.Pod("still", Asking));

        var denied = await TryAnnotateAsync(space, "still", "traffic.outrigger.dev/port=9100", $"{Backends}=svc-b:81");
        var mistaken = await TryAnnotateAsync(space, "still", $"{Backends}=svc b", "traffic.outrigger.dev/prot=9100");

        denied.ExitCode.Should().Be(1);
        denied.Error.Should().Contain("denied the request: traffic.outrigger.dev/port: would change ports of container traffic; in a running Pod only files can change, so this takes a new Pod");
        mistaken.Error.Should().ContainAll("2 mistakes", $"{Backends}: backends[0] is \"svc b\"", "traffic.outrigger.dev/prot: pattern traffic@1.0.0 has no parameter \"prot\"; did you mean \"port\"?");
        (await FindAsync(space, "still")).Annotations[File]!.GetValue<string>().Should().Be("svc-a:80\n");
        Show.Line("a parameter that takes a new Pod is denied, and kubectl prints: " + denied.Error.Trim());
    }

    [Fact]
    public async Task Label_AnyPod_IsReviewedWithoutAPatch()
    {
        await using var space = await installation.CreateNamespaceAsync();
        var before = new StoredPod(await space.CreateObjectAsync(Manifests.Pod("labelled", Asking)));

        var since = DateTimeOffset.UtcNow;
        await Kubectl.RunAsync(["--namespace", space.Name, "label", "pod", "labelled", "tier=front"]);

        var review = (await ReviewsAsync("labelled", since, 1)).Single();
        review.GetProperty("outcome").GetString().Should().Be("skip");
        review.GetProperty("reason").GetString().Should().Be("nothing_changed");
        (await FindAsync(space, "labelled")).Annotations.ToJsonString().Should().Be(before.Annotations.ToJsonString());
        Show.Line($"kubectl label is reviewed ({review.GetProperty("reason").GetString()}, {review.GetProperty("ms").GetDouble()} ms) and gets no patch");
    }

    [Theory]
    [InlineData(Status, "outrigger.dev/status-")]
    [InlineData(Status, "outrigger.dev/status={}")]
    [InlineData(File, File + "=evil:80")]
    [InlineData(File, File + "-")]
    [InlineData("files.outrigger.dev/traffic.more", "files.outrigger.dev/traffic.more=evil:80")]
    public async Task Annotate_WhatTheInjectorWrote_IsDenied(string key, string change)
    {
        await using var space = await installation.CreateNamespaceAsync();
        var before = new StoredPod(await space.CreateObjectAsync(Manifests.Pod("guarded", Asking)));

        var denied = await TryAnnotateAsync(space, "guarded", change, $"{Backends}=svc-b:81");

        denied.ExitCode.Should().Be(1);
        denied.Error.Should().Contain($"denied the request: {key}: ").And.Contain("nobody else may change it");
        (await FindAsync(space, "guarded")).Annotations.ToJsonString().Should().Be(before.Annotations.ToJsonString());
        Show.Line($"kubectl annotate {change} is denied");
    }

    [Fact]
    public async Task Annotate_BesideAnotherWebhook_IsAskedTwiceAndWrittenOnce()
    {
        var certificates = new CertificateFolder(installation.PathOf("updates"));
        await certificates.MakeAsync();
        await using var adder = await ContainerAdder.StartAsync(certificates);
        await using var space = await installation.CreateNamespaceAsync();
        await space.CreateObjectAsync(Manifests.Pod("asked-twice", Asking));
        await using var configuration = await installation.RegisterAsync("stranger", adder.Port, certificates, withUpdates: true);
        await space.CreateObjectAsync(Manifests.Plain("other"));
        await Eventually.BeAsync("the API server to call the other webhook", async () =>
            new StoredPod((await AnnotateAsync(space, "other", "example.com/probe=1", "--overwrite", "--dry-run=server", "--output", "json")).Json).Annotations.ContainsKey(ContainerAdder.Annotation));

        var since = DateTimeOffset.UtcNow;
        await AnnotateAsync(space, "asked-twice", $"{Backends}=svc-b:81");

        var after = await FindAsync(space, "asked-twice");
        after.Annotations[File]!.GetValue<string>().Should().Be("svc-b:81\n");
        after.Annotations.ContainsKey(ContainerAdder.Annotation).Should().BeTrue();
        var reviews = await ReviewsAsync("asked-twice", since, 2);
        reviews.Select(review => review.GetProperty("outcome").GetString()).Should().Equal("inject", "skip");
        reviews[1].GetProperty("reason").GetString().Should().Be("already_injected");
        Show.Line("an update that another webhook adds to is reviewed twice: inject, then already_injected");
    }

    [Fact]
    public async Task Annotate_PodThatWasNotInjected_WarnsThatItTakesANewPod()
    {
        await using var space = await installation.CreateNamespaceAsync();
        await space.CreateObjectAsync(Manifests.Plain("late"));

        var command = await AnnotateAsync(space, "late", "outrigger.dev/ambassador=traffic", $"{Backends}=svc-a:80");

        command.Error.Should().Contain($"Warning: outrigger.dev/ambassador, {Backends}: without effect, since nothing can be added to a running Pod: this takes a new Pod");
        (await FindAsync(space, "late")).Containers.Should().Equal("shop");
        Show.Line("annotations of a Pod that was not injected: " + command.Error.Trim());
    }

    /// <summary>The lines of reviews of a Pod since a moment; its creation may have been reviewed more than once.</summary>
    private Task<JsonElement[]> ReviewsAsync(string pod, DateTimeOffset since, int count) => Eventually.GetAsync($"{count} reviews of {pod}", async () =>
    {
        JsonElement[] reviews = [.. (await installation.Webhook.ReviewsAsync(pod, 1)).Where(line => line.GetProperty("time").GetDateTimeOffset() >= since)];
        return reviews.Length >= count ? reviews : null;
    });

    private static async Task<StoredPod> FindAsync(TestNamespace space, string pod) => new((await space.FindAsync("pod", pod))!);

    private static Task<Command> AnnotateAsync(TestNamespace space, string pod, params string[] arguments) =>
        Kubectl.RunAsync(["--namespace", space.Name, "annotate", "pod", pod, "--overwrite", .. arguments]);

    private static Task<Command> TryAnnotateAsync(TestNamespace space, string pod, params string[] arguments) =>
        Kubectl.TryAsync(["--namespace", space.Name, "annotate", "pod", pod, "--overwrite", .. arguments]);

    /// <summary>The annotations that two states of a Pod do not share.</summary>
    private static IEnumerable<string> Changed(StoredPod before, StoredPod after) =>
        before.Annotations.Union(after.Annotations).Select(annotation => annotation.Key).Distinct().Where(key => (string?)before.Annotations[key] != (string?)after.Annotations[key]);
}
