using Outrigger.Core.Compatibility;

namespace Outrigger.Core.Tests.Compatibility;

/// <summary>Comparisons of catalogs that are written as YAML.</summary>
internal static class Compared
{
    /// <summary>A pattern that uses all that can be compared.</summary>
    public const string Spec = """
        description: How it works.
        parameters:
          type: object
          required: [secret, ends]
          properties:
            secret: {type: string, format: dns-label, description: A Secret.}
            port: {type: integer, format: port, minimum: 1024, default: 8443, description: A port.}
            size: {type: string, pattern: "^[0-9]{1,9}$", default: "10", description: A size.}
            mode: {type: string, enum: [fast, slow], default: fast, description: A mode.}
            name: {type: string, minLength: 1, maxLength: 20, default: a, description: A name.}
            level: {type: integer, minimum: 1, maximum: 9, description: A level.}
            ends:
              type: array
              minItems: 1
              maxItems: 8
              description: Ends.
              items:
                type: object
                required: [host]
                properties:
                  host: {type: string, format: hostname, description: A host.}
                  weight: {type: integer, default: 1, description: A weight.}
            memory: {type: string, format: quantity, default: 8Mi, description: Memory.}
            image: {type: string, format: image, default: "reg:5000/a:1", x-set-by: operator, description: An image.}
            flag: {type: boolean, default: false, description: A flag.}
        files: {a.conf: "{{size}}", b.conf: "{{mode}}"}
        containers:
        - name: "{{instance}}"
          image: "{{image}}"
          command: [run]
          ports: [{name: https, containerPort: "{{port}}"}]
          securityContext: {runAsNonRoot: true, allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}, seccompProfile: {type: RuntimeDefault}}
        volumes:
        - {name: "{{instance}}-tls", secret: {secretName: "{{secret}}"}}
        - {name: "{{instance}}-tmp", emptyDir: {}}
        application:
          env: [{name: URL, value: "http://127.0.0.1:{{port}}"}]
          volumeMounts: [{name: "{{instance}}-tmp", mountPath: /shared, readOnly: true}]
        labels: {app.example.com/tls: "true"}
        conflictsWith: [other]
        """;

    /// <summary>What a replacement changes, each as <c>CLASS SUBJECT TEXT</c>; the text must be there, or the test tests nothing.</summary>
    public static IReadOnlyList<string> Replaced(string old, string now)
    {
        Spec.Should().Contain(old);
        return Changes(Spec, Spec.Replace(old, now, StringComparison.Ordinal));
    }

    /// <summary>What is different between two specs.</summary>
    public static IReadOnlyList<string> Changes(string old, string now) =>
        [.. Catalogs(([Pattern(old, "1.0.0")], [Pattern(now, "2.0.0")])).Patterns.Single().Changes
            .Where(change => change.Subject != "version").Select(change => $"{change.Class.Name()} {change.Subject} {change.Text}")];

    /// <summary>A pattern of that spec and version.</summary>
    public static string Pattern(string spec, string version, string name = "p") => Catalog.Catalogs.Pattern(spec, name, version);

    /// <summary>Two catalogs.</summary>
    public static CatalogComparison Catalogs((string[] Old, string[] New) documents) =>
        CatalogComparison.Compare(Catalog.Catalogs.Read(documents.Old).Patterns, Catalog.Catalogs.Read(documents.New).Patterns);
}
