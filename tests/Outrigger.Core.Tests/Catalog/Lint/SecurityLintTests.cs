namespace Outrigger.Core.Tests.Catalog.Lint;

public class SecurityLintTests
{
    private const string Context = "securityContext: {runAsNonRoot: true, allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}, seccompProfile: {type: RuntimeDefault}}";

    [Theory]
    [InlineData("runAsNonRoot: true", "runAsNonRoot: false", "securityContext.runAsNonRoot: is not true")]
    [InlineData("runAsNonRoot: true", "runAsNonRoot: \"{{pause}}\"", "securityContext.runAsNonRoot: is not true")]
    [InlineData("runAsNonRoot: true", "runAsNonRoot: true, runAsUser: 0", "is 0, which is root")]
    [InlineData("runAsNonRoot: true", "runAsNonRoot: true, privileged: true", "privileged: is true; it must be false")]
    [InlineData("runAsNonRoot: true", "runAsNonRoot: true, procMount: Unmasked", "procMount: is Unmasked; it must be Default")]
    [InlineData("runAsNonRoot: true", "runAsNonRoot: true, appArmorProfile: {type: Unconfined}", "appArmorProfile.type: is Unconfined")]
    [InlineData("runAsNonRoot: true", "runAsNonRoot: true, seLinuxOptions: {type: spc_t}", "seLinuxOptions.type: is spc_t; it must be container_t or")]
    [InlineData("runAsNonRoot: true", "runAsNonRoot: true, seLinuxOptions: {user: u}", "seLinuxOptions.user: is u; it must be left out")]
    [InlineData("runAsNonRoot: true", "runAsNonRoot: true, windowsOptions: {hostProcess: true}", "windowsOptions.hostProcess: is true; it must be false")]
    [InlineData("allowPrivilegeEscalation: false, ", "", "allowPrivilegeEscalation: is not false")]
    [InlineData("readOnlyRootFilesystem: true, ", "", "spec.containers[0].securityContext.readOnlyRootFilesystem: is not true; mount an emptyDir where the program writes")]
    [InlineData("drop: [ALL]", "drop: [KILL]", "does not drop ALL")]
    [InlineData("drop: [ALL]", "drop: [ALL], add: [NET_ADMIN]", "adds NET_ADMIN; allowed are NET_BIND_SERVICE")]
    [InlineData("type: RuntimeDefault", "type: Unconfined", "seccompProfile.type: is Unconfined; it must be RuntimeDefault or Localhost")]
    [InlineData("seccompProfile: {type: RuntimeDefault}", "seccompProfile: {$when: \"{{pause}}\", type: RuntimeDefault}", "seccompProfile.type: is not RuntimeDefault or Localhost")]
    [InlineData("{containerPort: \"{{port}}\"}", "{containerPort: \"{{port}}\", hostPort: 80}", "is a port of the node")]
    [InlineData("readinessProbe: {httpGet: {port", "readinessProbe: {httpGet: {host: 127.0.0.1, port", "spec.containers[0].readinessProbe.httpGet.host: is 127.0.0.1; it must be left out")]
    public void Check_BreachOfRestricted_IsTheOneFinding(string good, string breach, string finding) =>
        LintedPattern.With(good, breach).Should().ContainSingle().Which.Should().Contain(finding);

    [Fact]
    public void Check_ContextThatMayVanish_CountsAsNone() =>
        LintedPattern.With("securityContext: {runAs", "securityContext: {$when: \"{{pause}}\", runAs").Should().HaveCount(5);

    [Theory]
    [InlineData("volumes: [{name: \"{{instance}}\", hostPath: {path: /}}]", "spec.volumes[0].hostPath: is the node's file system, which breaks the Pod Security level restricted")]
    [InlineData("volumes: [{name: \"{{instance}}\", nfs: {server: a, path: /}}]", "spec.volumes[0].nfs: is not among the kinds that are allowed: configMap, csi, ")]
    [InlineData("securityLevel: baseline\nvolumes: [{name: \"{{instance}}\", hostPath: {path: /}}]", "breaks the Pod Security level baseline")]
    public void Check_VolumeThatBreaksTheLevel_IsFound(string field, string finding) =>
        LintedPattern.And(field).Should().ContainSingle().Which.Should().Contain(finding);

    [Theory]
    [InlineData("baseline", "securityContext: {capabilities: {add: [CHOWN]}}", 0)]
    [InlineData("baseline", "securityContext: {capabilities: {add: [NET_ADMIN]}}", 1)]
    [InlineData("baseline", "securityContext: {privileged: true}", 1)]
    [InlineData("privileged", "securityContext: {privileged: true}", 0)]
    public void Check_LowerLevelThatThePatternDeclares_AllowsMore(string level, string context, int findings) =>
        Catalogs.Lint(Catalogs.Pattern($"{LintedPattern.Spec.Replace(Context, context, StringComparison.Ordinal)}\nsecurityLevel: {level}")).Should().HaveCount(findings);

    [Fact]
    public void Check_ContextOfAPodsOwn_MayBeAnything() =>
        Catalogs.Lint(Catalogs.Pattern(LintedPattern.Spec.Replace(Context, "securityContext: \"{{context}}\"", StringComparison.Ordinal)
            .Replace("    pause: {", "    context: {type: object, description: What it may do.}\n    pause: {", StringComparison.Ordinal) + "\nsecurityLevel: baseline"))
            .Should().ContainSingle().Which.Should().Contain("spec.containers[0].securityContext: is {{context}}, which may be anything");
}
