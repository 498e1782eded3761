namespace Outrigger.Core.Tests.Catalog.Lint;

/// <summary>A pattern without findings, to spoil in one place.</summary>
internal static class LintedPattern
{
    public const string Spec = """
        description: How it works.
        parameters:
          type: object
          properties:
            port: {type: integer, format: port, default: 8080, description: A port.}
            pause: {type: integer, default: 5, description: Seconds between two looks.}
            cpu: {type: string, format: quantity, default: 1m, description: CPU.}
            memory: {type: string, format: quantity, default: 8Mi, description: Memory.}
            image: {type: string, format: image, default: "a:1", x-set-by: operator, description: An image.}
        files: {f: "{{pause}}"}
        containers:
        - name: "{{instance}}"
          image: "{{image}}"
          ports: [{containerPort: "{{port}}"}]
          startupProbe: {httpGet: {port: "{{port}}"}}
          readinessProbe: {httpGet: {port: "{{port}}"}}
          resources: {requests: {cpu: "{{cpu}}", memory: "{{memory}}"}, limits: {memory: "{{memory}}"}}
          securityContext: {runAsNonRoot: true, allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}, seccompProfile: {type: RuntimeDefault}}
          volumeMounts: [{name: "{{instance}}-files", mountPath: /f}]
        """;

    /// <summary>The findings of the pattern after a replacement; the text must be there, or the test tests nothing.</summary>
    public static IReadOnlyList<string> With(string good, string trap)
    {
        Spec.Should().Contain(good);
        return Catalogs.Lint(Catalogs.Pattern(Spec.Replace(good, trap, StringComparison.Ordinal)));
    }

    /// <summary>The findings of the pattern with one more field.</summary>
    public static IReadOnlyList<string> And(string field) => Catalogs.Lint(Catalogs.Pattern($"{Spec}\n{field}"));
}
