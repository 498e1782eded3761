namespace Outrigger.Core.Tests.Catalog.Lint;

public class MountLintTests
{
    [Theory]
    [InlineData("containers: [{name: a, image: b, volumeMounts: [{name: '{{instance}}-dat', mountPath: /a}]}]\nvolumes: [{name: '{{instance}}-data', emptyDir: {}}]",
        "spec.containers[0].volumeMounts[0].name: mounts a volume \"{{instance}}-dat\" that the pattern does not have; did you mean \"{{instance}}-data\"?")]
    [InlineData("initContainers: [{name: a, image: b, volumeMounts: [{name: x, mountPath: /a}]}]", "spec.initContainers[0].volumeMounts[0].name: mounts a volume \"x\"")]
    [InlineData("application: {volumeMounts: [{name: '{{instance}}-files', mountPath: /a}]}", "spec.application.volumeMounts[0].name: mounts a volume \"{{instance}}-files\"")]
    [InlineData("containers: [{name: a, image: b, restartPolicy: Always}]", "spec.containers[0].restartPolicy: is set by the injector")]
    public void Check_WhatKubernetesWouldRefuse_IsAFinding(string spec, string message) =>
        Catalogs.Lint(Catalogs.Pattern(spec)).Should().Contain(finding => finding.Contains(message));

    [Theory]
    [InlineData("containers: [{name: a, image: b, volumeMounts: [{name: '{{instance}}-data', mountPath: /a}]}]\nvolumes: [{name: '{{instance}}-data', emptyDir: {}}]")]
    [InlineData("containers: [{name: a, image: b, volumeMounts: [{name: '{{v}}', mountPath: /a}]}]\nparameters: {type: object, properties: {v: {type: string, format: dns-label}}}")]
    [InlineData("application: {volumeMounts: [{name: '{{instance}}-files', mountPath: /a}]}\nfiles: {f: x}")]
    [InlineData("initContainers: [{name: a, image: b, restartPolicy: Always}]")]
    public void Check_WhatItTakes_IsNone(string spec) =>
        Catalogs.Lint(Catalogs.Pattern(spec)).Should().NotContain(finding => finding.Contains("mounts a volume") || finding.Contains("restartPolicy"));
}
