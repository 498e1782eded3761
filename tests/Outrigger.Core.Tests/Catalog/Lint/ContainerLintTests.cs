namespace Outrigger.Core.Tests.Catalog.Lint;

public class ContainerLintTests
{
    private const string Startup = "startupProbe: {httpGet: {port: \"{{port}}\"}}";
    private const string Resources = "resources: {requests: {cpu: \"{{cpu}}\", memory: \"{{memory}}\"}, limits: {memory: \"{{memory}}\"}}";

    [Theory]
    [InlineData("\"a:1\"", "a", "image.default: is a, which names no fixed version; give it a tag with a version in it, such as :1.29, or a digest")]
    [InlineData("\"a:1\"", "\"a:latest\"", "is a:latest, which names no fixed version")]
    [InlineData("\"a:1\"", "\"a:stable\"", "is a:stable, which names no fixed version")]
    [InlineData("\"a:1\"", "\"host:5000/a\"", "is host:5000/a, which names no fixed version")]
    [InlineData("default: \"a:1\", ", "", "image.default: is missing")]
    [InlineData("x-set-by: operator, ", "", "say x-set-by: operator")]
    [InlineData("format: image", "pattern: ^.*$", "image.format: must be image")]
    public void Check_ImageThatIsNotPinned_IsFound(string good, string trap, string finding) =>
        LintedPattern.With(good, trap).Should().ContainSingle().Which.Should().Contain(finding);

    [Theory]
    [InlineData("\"a:1\"", "\"host:5000/a:v2.1-alpine\"")]
    [InlineData("\"a:1\"", "\"a@sha256:0123456789012345678901234567890123456789012345678901234567890123\"")]
    public void Check_ImageWithAFixedTagOrDigest_IsFine(string good, string other) => LintedPattern.With(good, other).Should().BeEmpty();

    [Theory]
    [InlineData("{{#if pause}}{{image}}{{else if cpu}}{{other}}{{else}}{{image}}{{/if}}", "parameters.properties.other.default: is b:latest, which names no fixed version")]
    [InlineData("{{#if pause}}{{other}}{{/if}}", "spec.containers[0].image: is \"{{#if pause}}{{other}}{{/if}}\"; it must be a parameter alone")]
    [InlineData("{{#if pause}}{{other}}{{else}}a:1{{/if}}", "it must be a parameter alone")]
    public void Check_ImageThatConditionsChoose_IsAlwaysAParameter(string image, string finding) =>
        Catalogs.Lint(Catalogs.Pattern(LintedPattern.Spec
            .Replace("image: \"{{image}}\"", $"image: \"{image}\"", StringComparison.Ordinal)
            .Replace("files: {f: \"{{pause}}\"}", "files: {f: \"{{pause}}{{image}}{{other}}\"}", StringComparison.Ordinal)
            .Replace("    image: {", "    other: {type: string, format: image, default: \"b:latest\", x-set-by: operator, description: d.}\n    image: {", StringComparison.Ordinal)))
            .Should().ContainSingle().Which.Should().Contain(finding);

    [Theory]
    [InlineData("image: \"{{image}}\"", "image: \"b:1\"", "spec.containers[0].image: is \"b:1\"; it must be a parameter alone")]
    [InlineData("image: \"{{image}}\"", "image: \"{{image}}-debug\"", "it must be a parameter alone")]
    [InlineData("image: \"{{image}}\"", "image: \"{{app.image}}\"", "it must be a parameter alone")]
    [InlineData("image: \"{{image}}\"", "image: \"b:latest\"", "is b:latest, which names no fixed version")]
    public void Check_ImageThatIsNoParameter_IsFound(string good, string trap, string finding) =>
        LintedPattern.With(good, trap).Should().Contain(found => found.Contains(finding));

    [Theory]
    [InlineData("cpu: \"{{cpu}}\", ", "", "spec.containers[0].resources.requests.cpu: is not there for every use")]
    [InlineData("limits: {memory: \"{{memory}}\"}", "limits: {}", "resources.limits.memory: is not there for every use")]
    [InlineData("limits: {memory: \"{{memory}}\"}", "limits: {$when: \"{{pause}}\", memory: \"{{memory}}\"}", "resources.limits.memory: is not there for every use")]
    [InlineData("limits: {memory: \"{{memory}}\"}", "limits: {memory: 8Mi}", "resources.limits.memory: is \"8Mi\" for every use; make it a parameter")]
    [InlineData("limits: {memory: \"{{memory}}\"}", "limits: {memory: \"{{app.port}}\"}", "resources.limits.memory: is \"{{app.port}}\" for every use")]
    [InlineData("cpu: {type: string, format: quantity, default: 1m", "cpu: {type: string, default: 1m", "requests.cpu: is \"cpu\", a string of no format")]
    [InlineData("cpu: {type: string, format: quantity, default: 1m", "cpu: {type: string, format: quantity", "requests.cpu: is left out where nobody sets \"cpu\"")]
    public void Check_ResourceThatNobodyCanSet_IsFound(string good, string trap, string finding) =>
        LintedPattern.With(good, trap).Should().ContainSingle(found => found.Contains("resources")).Which.Should().Contain(finding);

    [Theory]
    [InlineData("properties: {requests: {type: object, description: d., properties: {cpu: {type: string, format: quantity, description: d.}, memory: {type: string, format: quantity, description: d.}}}, limits: {type: object, description: d., properties: {memory: {type: string, format: quantity, description: d.}}}}", 0)]
    [InlineData("properties: {requests: {type: object, description: d., properties: {cpu: {type: string, format: quantity, description: d.}}}}", 2)]
    [InlineData("additionalProperties: {type: string, format: quantity}", 3)]
    public void Check_ResourcesOfOneParameter_AreLookedUpInItsSchema(string schema, int findings) =>
        Catalogs.Lint(Catalogs.Pattern(LintedPattern.Spec
            .Replace(Resources, "resources: \"{{sizes}}\"", StringComparison.Ordinal)
            .Replace("{{pause}}", "{{pause}}{{cpu}}{{memory}}", StringComparison.Ordinal)
            .Replace("    pause: {", $"    sizes: {{type: object, description: d., {schema}}}\n    pause: {{", StringComparison.Ordinal)))
            .Should().HaveCount(findings);

    [Fact]
    public void Check_InitContainer_HasResourcesAndNeedsNoProbe()
    {
        var findings = LintedPattern.And("initContainers: [{name: \"{{instance}}-init\", image: \"{{image}}\", securityContext: {runAsNonRoot: true, allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}, seccompProfile: {type: RuntimeDefault}}}]");

        findings.Should().HaveCount(3).And.OnlyContain(found => found.Contains("spec.initContainers[0].resources."));
    }

    [Theory]
    [InlineData(Startup, "workingDir: /", "spec.containers[0].startupProbe: is missing; add it, or say under spec.withoutProbes why there can be none")]
    [InlineData("readinessProbe", "livenessProbe", "spec.containers[0].readinessProbe: is missing")]
    public void Check_ContainerWithoutAProbe_IsFound(string good, string trap, string finding) =>
        LintedPattern.With(good, trap).Should().ContainSingle().Which.Should().Contain(finding);

    [Theory]
    [InlineData("withoutProbes: [{container: \"{{instance}}\", reason: It serves nobody.}]", null)]
    [InlineData("withoutProbes: [{container: \"{{instance}}\", reason: \" \"}]", "spec.withoutProbes[0].reason: is empty")]
    [InlineData("withoutProbes: [{container: \"{{instnce}}\", reason: It serves nobody.}]", "spec.withoutProbes[0].container: \"{{instnce}}\" names no container that goes on; did you mean \"{{instance}}\"?; allowed are {{instance}}")]
    public void Check_ReasonForNoProbes_IsTakenWhereItFits(string reason, string? finding)
    {
        var findings = Catalogs.Lint(Catalogs.Pattern(LintedPattern.Spec.Replace(Startup, "workingDir: /", StringComparison.Ordinal) + "\n" + reason));

        if (finding is null)
            findings.Should().BeEmpty();
        else
            findings.Should().Contain(found => found.Contains(finding));
    }

    [Fact]
    public void Check_ReasonThatIsNotNeeded_IsFound() =>
        LintedPattern.And("withoutProbes: [{container: \"{{instance}}\", reason: It serves nobody.}]").Should().ContainSingle().Which.Should().Contain("\"{{instance}}\" has both probes; remove this");

    [Theory]
    [InlineData("ports: [{containerPort: \"{{port}}\"}]", "env: [{name: P, value: \"{{port}}\"}]", "spec.parameters.properties.port: is a port that no container declares")]
    [InlineData(Startup, "startupProbe: {tcpSocket: {port: 99}}", "spec.containers[0].startupProbe.tcpSocket.port: is 99, which no container of the pattern declares")]
    [InlineData("{containerPort: \"{{port}}\"}", "{containerPort: \"{{port}}\"}, {containerPort: 99}", "spec.containers[0].ports[1].containerPort: is \"99\" for every use")]
    public void Check_PortThatIsNotDeclared_IsFound(string good, string trap, string finding) =>
        LintedPattern.With(good, trap).Should().Contain(found => found.Contains(finding));

    [Theory]
    [InlineData("admin: {type: integer, format: port, description: Another port.}", "ports: [{containerPort: \"{{port}}\"}, {$when: \"{{admin}}\", containerPort: \"{{admin}}\"}]", true)]
    [InlineData("admin: {type: integer, format: port, description: Another port.}", "ports: [{containerPort: \"{{port}}\"}]\n  env: [{name: A, value: \"{{admin}}\"}]", false)]
    [InlineData("admin: {type: integer, format: port, x-remote: true, description: Another port.}", "ports: [{containerPort: \"{{port}}\"}]\n  env: [{name: A, value: \"{{admin}}\"}]", true)]
    [InlineData("admin: {type: integer, format: port, default: \"{{app.port}}\", description: Another port.}", "ports: [{containerPort: \"{{port}}\"}]\n  env: [{name: A, value: \"{{admin}}\"}]", true)]
    [InlineData("all: {type: array, description: Ports., items: {type: integer, format: port}}", "ports: [{containerPort: \"{{port}}\"}, {$each: \"{{all}}\", containerPort: \"{{item}}\"}]", true)]
    [InlineData("all: {type: array, description: Ports., items: {type: object, required: [number], properties: {number: {type: integer, format: port, description: A port.}}}}", "ports: [{containerPort: \"{{port}}\"}, {$each: \"{{all}}\", containerPort: \"{{item.number}}\"}]", true)]
    [InlineData("all: {type: array, description: Ports., items: {type: object, required: [number], properties: {number: {type: integer, format: port, description: A port.}}}}", "ports: [{containerPort: \"{{port}}\"}]\n  args: [{$each: \"{{all}}\", $value: \"{{item.number}}\"}]", false)]
    [InlineData("all: {type: array, description: Others., items: {type: object, required: [number, host], properties: {host: {type: string, format: hostname, description: A host.}, number: {type: integer, format: port, description: A port.}}}}", "ports: [{containerPort: \"{{port}}\"}]\n  args: [{$each: \"{{all}}\", $value: \"{{item.number}}{{item.host}}\"}]", true)]
    public void Check_PortOfItsOwn_IsDeclaredWhereverItComesFrom(string parameter, string ports, bool isFine)
    {
        var spec = LintedPattern.Spec.Replace("    pause: {", $"    {parameter}\n    pause: {{", StringComparison.Ordinal).Replace("ports: [{containerPort: \"{{port}}\"}]", ports, StringComparison.Ordinal);

        var findings = Catalogs.Lint(Catalogs.Pattern(spec));

        if (isFine)
            findings.Should().BeEmpty();
        else
            findings.Should().ContainSingle().Which.Should().Contain("is a port that no container declares in its ports; declare it, or say x-remote: true");
    }
}
