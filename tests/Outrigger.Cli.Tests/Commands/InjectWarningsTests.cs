namespace Outrigger.Cli.Tests.Commands;

/// <summary>What the webhook never sees, and the command line therefore has to say.</summary>
public sealed class InjectWarningsTests
{
    [Fact]
    public void Inject_AnnotationOnTheWorkloadItself_SaysWhereItBelongs()
    {
        var deployment = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: shop\n  annotations:\n    outrigger.dev/sidecar: greeter\nspec:\n  template:\n    spec: {containers: [{name: web}]}\n";

        Inject(deployment).Should().Be(new CliRun(0, deployment,
            "warning: -:6: Deployment/shop: outrigger.dev/sidecar has no effect in metadata.annotations: it belongs in spec.template.metadata.annotations, where the Pods get it\n"));
    }

    [Fact]
    public void Inject_AnnotationOnTheJobOfACronJob_SaysWhereItBelongs()
    {
        var cronJob = "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: nightly}\nspec:\n  jobTemplate:\n    metadata:\n      annotations:\n        greeter.outrigger.dev/who: me\n    spec: {template: {spec: {containers: [{name: web}]}}}\n";

        Inject(cronJob).Error.Should().Be(
            "warning: -:8: CronJob/nightly: greeter.outrigger.dev/who has no effect in spec.jobTemplate.metadata.annotations: it belongs in spec.jobTemplate.spec.template.metadata.annotations, where the Pods get it\n");
    }

    [Fact]
    public void Inject_AnnotationInAKindThatIsNotKnown_SaysThatItDoesNotCount()
    {
        var rollout = "apiVersion: example.com/v1\nkind: Rollout\nmetadata: {name: shop}\nspec:\n  template:\n    metadata:\n      annotations: {outrigger.dev/sidecar: greeter}\n    spec: {containers: []}\n";

        Inject(rollout).Error.Should().StartWith("warning: -:7: Rollout/shop: outrigger.dev/sidecar has no effect here");
    }

    [Theory]
    [InlineData("outriger.dev/sidecar", "outrigger.dev/sidecar")]
    [InlineData("outrigger.io/sidecar", "outrigger.dev/sidecar")]
    [InlineData("outrigger/sidecar", "outrigger.dev/sidecar")]
    [InlineData("greeter.outriger.dev/who", "greeter.outrigger.dev/who")]
    public void Inject_MisspeltDomain_NamesTheRightOne(string key, string meant)
    {
        var pod = Greeter.PodWith([$"{key}: greeter"]);

        Inject(pod).Should().Be(new CliRun(0, pod, $"warning: -:6: Pod/shop: {key} has no effect; did you mean \"{meant}\"?\n"));
    }

    [Fact]
    public void Inject_AnnotationsOfOthers_AreNobodysBusiness() =>
        Inject(Greeter.PodWith(["example.com/sidecar: x", "sidecar.istio.io/inject: \"true\"", "plain: x"])).Error.Should().BeEmpty();

    [Theory]
    [InlineData("never", "warning: -:1: Job/once: the Job never ends, as \"greeter\" will go on running; native sidecars end with it: --native-sidecars always, on Kubernetes 1.29 or later\n")]
    [InlineData("always", "")]
    public void Inject_Job_WarnsWhereItWouldNeverEnd(string nativeSidecars, string warning)
    {
        var job = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: once}\nspec:\n  template:\n    metadata:\n      annotations: {outrigger.dev/sidecar: greeter@2}\n    spec: {containers: [{name: web, image: web}]}\n";

        var run = Inject(job, "--native-sidecars", nativeSidecars);

        run.ExitCode.Should().Be(0);
        run.Error.Should().Be(warning);
        run.Output.Should().Contain("example.com/greeter:2.0.0");
    }

    [Fact]
    public void Inject_WarningOfTheWebhook_NamesTheWorkload()
    {
        var pod = Greeter.PodWith(["outrigger.dev/sidecar: greeter", "greeter.outrigger.dev/who: me"], "  env: [{name: GREETER, value: mine}]");

        var run = Inject(pod);

        run.ExitCode.Should().Be(0);
        run.Error.Should().StartWith("warning: -:1: Pod/shop: ").And.Contain("GREETER");
    }

    private static CliRun Inject(string text, params string[] more) => CliRun.With(text, ["inject", "-f", "-", .. Greeter.Only, .. more]);
}
