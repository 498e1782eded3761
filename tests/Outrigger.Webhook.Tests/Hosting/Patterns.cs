namespace Outrigger.Webhook.Tests.Hosting;

/// <summary>Catalog files for tests.</summary>
internal static class Patterns
{
    /// <summary>A sidecar without parameters.</summary>
    public static string Sidecar(string name, string image = "busybox:1") => $$$"""
        apiVersion: outrigger.dev/v1alpha1
        kind: ClusterPattern
        metadata: {name: {{{name}}}}
        spec:
          role: sidecar
          pattern: {{{name}}}
          version: 1.0.0
          summary: A container beside the application.
          containers:
            - {name: "{{instance}}", image: "{{{image}}}"}
        """;

    /// <summary>A sidecar whose container notices its changed file.</summary>
    public static string Live(string name) => $$$"""
        {{{Sidecar(name)}}}
          live: true
          parameters:
            type: object
            properties:
              text: {type: string, format: dns-label, default: hello, description: Stands in the file.}
          files: {note: "{{text}}"}
        """;

    /// <summary>Not a pattern, by its role.</summary>
    public static string Broken(string name) => Sidecar(name).Replace("role: sidecar", "role: BROKEN", StringComparison.Ordinal);
}
