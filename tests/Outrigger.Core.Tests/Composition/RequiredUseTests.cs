using System.Text.Json.Nodes;
using Outrigger.Core.Admission;
using Outrigger.Core.Catalog;
using Outrigger.Core.Patching;
using Outrigger.Core.Tests.Properties;

namespace Outrigger.Core.Tests.Composition;

/// <summary>A Pod that says of itself that it was injected, and what its author or others changed in it since.</summary>
public sealed class RequiredUseTests
{
    private const string Pattern = """
        apiVersion: outrigger.dev/v1alpha1
        kind: ClusterPattern
        metadata: {name: guard}
        spec:
          role: sidecar
          version: 1.0.0
          summary: Guards.
          files: {guard.conf: "listen 9001\n"}
          containers:
            - name: "{{instance}}"
              image: example.com/guard:1
              args: [run]
              ports: [{containerPort: 9001}]
              securityContext: {runAsNonRoot: true, capabilities: {drop: [ALL]}}
              readinessProbe: {tcpSocket: {port: 9001}}
              env: [{name: MODE, value: strict}]
              volumeMounts:
                - {name: "{{instance}}-files", mountPath: /etc/guard}
                - {name: "{{instance}}-tmp", mountPath: /tmp}
          volumes: [{name: "{{instance}}-tmp", emptyDir: {}}]
          application:
            env: [{name: GUARD, value: "9001"}]
            volumeMounts: [{name: "{{instance}}-tmp", mountPath: /guard}]
        """;

    private const string Required = """

        ---
        apiVersion: outrigger.dev/v1alpha1
        kind: ClusterPatternBinding
        metadata: {name: guards}
        spec: {uses: [{pattern: guard}], required: true}
        """;

    private static readonly CatalogSnapshot Bound = Read(Pattern + Required);
    private static readonly CatalogSnapshot Asked = Read(Pattern);

    [Theory]
    [InlineData("lifecycle", """{"op":"add","path":"/spec/containers/1/lifecycle","value":{"postStart":{"exec":{"command":["sh","-c","kill 1"]}}}}""")]
    [InlineData("livenessProbe", """{"op":"add","path":"/spec/containers/1/livenessProbe","value":{"exec":{"command":["false"]}}}""")]
    [InlineData("readinessProbe", """{"op":"replace","path":"/spec/containers/1/readinessProbe","value":{"tcpSocket":{"port":9001},"exec":{"command":["sh"]}}}""")]
    [InlineData("startupProbe", """{"op":"add","path":"/spec/containers/1/startupProbe","value":{"exec":{"command":["false"]}}}""")]
    [InlineData("command", """{"op":"add","path":"/spec/containers/1/command","value":["sleep"]}""")]
    [InlineData("args", """{"op":"add","path":"/spec/containers/1/args/-","value":"--off"}""")]
    [InlineData("workingDir", """{"op":"add","path":"/spec/containers/1/workingDir","value":"/other"}""")]
    [InlineData("env", """{"op":"add","path":"/spec/containers/1/env/-","value":{"name":"LD_PRELOAD","value":"/x.so"}}""")]
    [InlineData("env", """{"op":"add","path":"/spec/containers/1/env/-","value":{"name":"MODE","value":"off"}}""")]
    [InlineData("env", """{"op":"remove","path":"/spec/containers/1/env"}""")]
    [InlineData("envFrom", """{"op":"add","path":"/spec/containers/1/envFrom","value":[{"configMapRef":{"name":"x"}}]}""")]
    [InlineData("volumeMounts", """{"op":"add","path":"/spec/containers/1/volumeMounts/-","value":{"name":"x","mountPath":"/etc/guard/guard.conf","subPath":"x"}}""")]
    [InlineData("volumeMounts", """{"op":"add","path":"/spec/containers/1/volumeMounts/0/subPath","value":"x"}""")]
    [InlineData("volumeMounts", """{"op":"add","path":"/spec/containers/1/volumeMounts/-","value":{"name":"x","mountPath":"/var/run/secrets/../../etc"}}""")]
    [InlineData("securityContext", """{"op":"add","path":"/spec/containers/1/securityContext/privileged","value":true}""")]
    [InlineData("securityContext", """{"op":"add","path":"/spec/containers/1/securityContext/runAsUser","value":0}""")]
    [InlineData("securityContext", """{"op":"add","path":"/spec/containers/1/securityContext/capabilities/add","value":["SYS_ADMIN"]}""")]
    [InlineData("ports", """{"op":"add","path":"/spec/containers/1/ports/0/hostPort","value":9001}""")]
    [InlineData("stdin", """{"op":"add","path":"/spec/containers/1/stdin","value":true}""")]
    [InlineData("restartPolicy", """{"op":"add","path":"/spec/containers/1/restartPolicy","value":"Never"}""")]
    [InlineData("volume guard-tmp", """{"op":"replace","path":"/spec/volumes/0","value":{"name":"guard-tmp","hostPath":{"path":"/"}}}""")]
    [InlineData("volume guard-tmp", """{"op":"add","path":"/spec/volumes/0/emptyDir/medium","value":"Memory"}""")]
    [InlineData("volume guard-tmp", """{"op":"replace","path":"/spec/volumes/0","value":{"name":"guard-tmp","image":{"reference":"example.com/x"}}}""")]
    [InlineData("volume guard-files", """{"op":"add","path":"/spec/volumes/1/downwardAPI/items/-","value":{"path":"more","fieldRef":{"fieldPath":"metadata.name"}}}""")]
    [InlineData("file guard.conf", """{"op":"replace","path":"/metadata/annotations/files.outrigger.dev~1guard.guard.conf","value":"listen 1\n"}""")]
    [InlineData("mount /guard", """{"op":"add","path":"/spec/containers/0/volumeMounts/0/subPath","value":"x"}""")]
    [InlineData("variable GUARD", """{"op":"replace","path":"/spec/containers/0/env/0/value","value":"1"}""")]
    [InlineData("container guard", """{"op":"move","from":"/spec/containers/1","path":"/spec/initContainers/-"}""")]
    [InlineData("container guard", """{"op":"remove","path":"/spec/containers/1"}""")]
    public void Review_RequiredUseThatItsAuthorAltered_IsRefusedByThePart(string part, string operation)
    {
        var pod = Injected(Bound);

        var decision = Scenario.Review(Changed(pod, operation), Bound);

        decision.Should().BeOfType<Decision.Reject>().Which.Message.Should().Contain(part).And.Contain("ClusterPatternBinding guards requires");
    }

    [Theory]
    [InlineData("""{"op":"replace","path":"/spec/containers/1/image","value":"mirror.example/guard:1"}""")]
    [InlineData("""{"op":"add","path":"/spec/containers/1/imagePullPolicy","value":"Always"}""")]
    [InlineData("""{"op":"add","path":"/spec/containers/1/resources","value":{"limits":{"cpu":"1"}}}""")]
    [InlineData("""{"op":"add","path":"/spec/containers/1/terminationMessagePath","value":"/dev/termination-log"}""")]
    [InlineData("""{"op":"add","path":"/spec/containers/1/terminationMessagePolicy","value":"File"}""")]
    [InlineData("""{"op":"add","path":"/spec/containers/1/readinessProbe/periodSeconds","value":10}""")]
    [InlineData("""{"op":"add","path":"/spec/containers/1/ports/0/protocol","value":"TCP"}""")]
    [InlineData("""{"op":"add","path":"/spec/containers/1/volumeMounts/-","value":{"name":"kube-api-access-x","mountPath":"/var/run/secrets/kubernetes.io/serviceaccount","readOnly":true}}""")]
    [InlineData("""{"op":"add","path":"/spec/containers/1/volumeMounts/-","value":{"name":"token","mountPath":"/var/run/secrets/eks.amazonaws.com/serviceaccount","readOnly":true}}""")]
    [InlineData("""{"op":"add","path":"/spec/containers/1/env/-","value":{"name":"AWS_ROLE_ARN","value":"arn"}}""")]
    [InlineData("""{"op":"add","path":"/spec/containers/1/securityContext/seccompProfile","value":{"type":"RuntimeDefault"}}""")]
    [InlineData("""{"op":"add","path":"/spec/containers/1/securityContext/allowPrivilegeEscalation","value":false}""")]
    [InlineData("""{"op":"add","path":"/spec/volumes/1/downwardAPI/defaultMode","value":420}""")]
    [InlineData("""{"op":"add","path":"/spec/containers/0/lifecycle","value":{"preStop":{"sleep":{"seconds":1}}}}""")]
    public void Review_RequiredUseThatOthersCompleted_IsThere(string operation) =>
        Scenario.Review(Changed(Injected(Bound), operation), Bound).Should().BeOfType<Decision.Skip>().Which.Reason.Should().Be(SkipReason.AlreadyInjected);

    [Fact]
    public void Review_FileOfTheAuthorsBehindATrueStatus_DoesNotReachTheInjectedContainer()
    {
        var pod = Injected(Asked, asks: true);
        pod = Changed(pod, """{"op":"remove","path":"/spec/containers/1"}""");
        pod = Changed(pod, """{"op":"replace","path":"/metadata/annotations/files.outrigger.dev~1guard.guard.conf","value":"listen 1\n"}""");

        Scenario.Review(pod, Asked).Should().BeOfType<Decision.Reject>().Which.Message.Should()
            .Contain("annotation files.outrigger.dev/guard.guard.conf").And.Contain("only the injector writes it");
    }

    [Fact]
    public void Review_VolumeOfTheAuthorsBehindATrueStatus_DoesNotReachTheInjectedContainer()
    {
        var pod = Injected(Asked, asks: true);
        pod = Changed(pod, """{"op":"remove","path":"/spec/containers/1"}""");
        pod = Changed(pod, """{"op":"replace","path":"/spec/volumes/1","value":{"name":"guard-files","configMap":{"name":"mine"}}}""");

        Scenario.Review(pod, Asked).Should().BeOfType<Decision.Reject>().Which.Message.Should().Contain("volume name \"guard-files\"");
    }

    [Fact]
    public void Review_ContainerTakenAwayBehindATrueStatus_IsThereAgainWithItsOwnFile()
    {
        var pod = Changed(Injected(Asked, asks: true), """{"op":"remove","path":"/spec/containers/1"}""");

        var inject = Scenario.Review(pod, Asked).Should().BeOfType<Decision.Inject>().Subject;

        Invariants.Apply(pod, inject.Patch)["spec"]!["containers"]!.AsArray().Should().HaveCount(2);
    }

    private static JsonObject Injected(CatalogSnapshot catalog, bool asks = false)
    {
        var pod = JsonNode.Parse("""{"metadata":{"name":"shop","annotations":{}},"spec":{"containers":[{"name":"web"}],"initContainers":[]}}""")!.AsObject();
        if (asks)
            pod["metadata"]!["annotations"]!["outrigger.dev/sidecar"] = "guard";
        return Invariants.Apply(pod, Scenario.Review(pod, catalog).Should().BeOfType<Decision.Inject>().Subject.Patch).AsObject();
    }

    private static JsonObject Changed(JsonObject pod, string operation) => Invariants.Apply(pod, JsonPatch.Read(JsonNode.Parse($"[{operation}]")).Value).AsObject();

    private static CatalogSnapshot Read(string text) => CatalogReader.Read([new("guard.yaml", text)], Installation.Plain).Value;
}
