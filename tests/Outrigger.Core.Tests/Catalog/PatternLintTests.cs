namespace Outrigger.Core.Tests.Catalog;

public class PatternLintTests
{
    private const string Secure = "securityContext: {runAsNonRoot: true, allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}, seccompProfile: {type: RuntimeDefault}}";

    private static readonly string Good = """
        parameters: {type: object, properties: {port: {type: integer, format: port, default: 1, description: A port.}}}
        containers: [{name: "{{instance}}", image: "a:1", ports: [{containerPort: "{{port}}"}], readinessProbe: {httpGet: {port: "{{port}}"}}, SECURE}]
        """.Replace("SECURE", Secure, StringComparison.Ordinal);

    [Fact]
    public void Check_PatternWithoutTraps_FindsNothing() => Catalogs.Lint(Catalogs.Pattern(Good)).Should().BeEmpty();

    [Theory]
    [InlineData("name: \"{{instance}}\"", "name: fixed", "for every use")]
    [InlineData("a:1", "a", "names no fixed version")]
    [InlineData("a:1", "a:latest", "names no fixed version")]
    [InlineData("a:1", "host:5000/a", "names no fixed version")]
    [InlineData(", description: A port.", "", "description: is missing")]
    [InlineData("{containerPort: \"{{port}}\"}", "", "is a port that no container declares")]
    [InlineData("readinessProbe: {httpGet: {port: \"{{port}}\"}}", "readinessProbe: {tcpSocket: {port: 99}}", "is 99, which no container of the pattern declares")]
    [InlineData("runAsNonRoot: true", "runAsNonRoot: false", "runAsNonRoot: is not true")]
    [InlineData("allowPrivilegeEscalation: false, ", "", "allowPrivilegeEscalation: is not false")]
    [InlineData("drop: [ALL]", "drop: [KILL]", "does not drop ALL")]
    [InlineData("drop: [ALL]", "drop: [ALL], add: [NET_ADMIN]", "adds NET_ADMIN")]
    [InlineData("type: RuntimeDefault", "type: Unconfined", "is Unconfined")]
    [InlineData("runAsNonRoot: true", "runAsNonRoot: true, privileged: true", "privileged: is not false")]
    [InlineData("runAsNonRoot: true", "runAsNonRoot: true, runAsUser: 0", "is 0, which is root")]
    [InlineData("{containerPort: \"{{port}}\"}", "{containerPort: \"{{port}}\", hostPort: 80}", "is a port of the node")]
    public void Check_PatternWithATrap_FindsIt(string good, string trap, string finding) =>
        Catalogs.Lint(Catalogs.Pattern(Good.Replace(good, trap, StringComparison.Ordinal))).Should().Contain(found => found.Contains(finding, StringComparison.Ordinal));

    [Theory]
    [InlineData("files: {f: x}", "are mounted by no container")]
    [InlineData("volumes: [{name: \"{{instance}}\", hostPath: {path: /}}]", "is the node's file system")]
    [InlineData("after: [q]", "names \"q\", which is no pattern of this catalog")]
    [InlineData("conflictsWith: [q]", "spec.conflictsWith: names \"q\"")]
    [InlineData("volumes: [{name: data, emptyDir: {}}]", "spec.volumes.name: is \"data\" for every use")]
    public void Check_OneMoreField_FindsTheTrap(string field, string finding) =>
        Catalogs.Lint(Catalogs.Pattern($"{Good}\n{field}")).Should().Contain(found => found.Contains(finding, StringComparison.Ordinal));

    [Fact]
    public void Check_ParameterThatNobodyUses_IsFound() =>
        Catalogs.Lint(Catalogs.Pattern("parameters: {type: object, properties: {a: {type: string, description: d}}}")).Should().ContainSingle().Which.Should().Contain("is used nowhere");

    [Theory]
    [InlineData("baseline", "runAsNonRoot: true, ", "")]
    [InlineData("privileged", "runAsNonRoot: true, ", "privileged: true, ")]
    public void Check_LowerLevelThatThePatternDeclares_AllowsMore(string level, string good, string allowed) =>
        Catalogs.Lint(Catalogs.Pattern($"{Good.Replace(good, allowed, StringComparison.Ordinal)}\nsecurityLevel: {level}")).Should().BeEmpty();

    [Fact]
    public void Check_ImageThatAnyPodMayChoose_IsFound() =>
        Catalogs.Lint(Catalogs.Pattern("""
            parameters: {type: object, properties: {image: {type: string, format: image, default: "a:1", description: d}}}
            containers: [{name: "{{instance}}", image: "{{image}}", SECURE}]
            """.Replace("SECURE", Secure, StringComparison.Ordinal))).Should().ContainSingle().Which.Should().Contain("say x-set-by: operator");
}
