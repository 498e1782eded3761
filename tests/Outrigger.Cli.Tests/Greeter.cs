namespace Outrigger.Cli.Tests;

/// <summary>A catalog of one small pattern, and manifests that use it.</summary>
internal static class Greeter
{
    /// <summary>The catalog's file.</summary>
    public static string Catalog { get; } = Path.Combine(AppContext.BaseDirectory, "Catalogs/greeter.yaml");

    /// <summary>Bindings of the pattern: for namespaces with the label team=payments, and for the namespace shop.</summary>
    public static string Bindings { get; } = Path.Combine(AppContext.BaseDirectory, "Catalogs/bound.yaml");

    /// <summary>The options that leave nothing but the catalog.</summary>
    public static string[] Only { get; } = ["--builtin-patterns", "false", "--catalog", Catalog];

    /// <summary>A Pod that asks for a greeting; written the way people write.</summary>
    public const string Pod = """
        # The shop.
        apiVersion: v1
        kind: Pod
        metadata:
            name:   shop   # its name
            annotations:
                outrigger.dev/sidecar: greeter
                greeter.outrigger.dev/who: world
        spec:
            containers:
            - {name: web, image: 'web:1'}

        """;

    /// <summary>The same through a Deployment in a namespace.</summary>
    public const string Deployment = """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: shop
          namespace: live
        spec:
          selector: {matchLabels: {app: shop}}
          template:
            metadata:
              labels: {app: shop}
              annotations:
                outrigger.dev/sidecar: greeter
                greeter.outrigger.dev/who: world
            spec:
              containers:
              - name: web
                image: web:1

        """;

    /// <summary>A Pod with these lines under its annotations, and these under its spec beside a container web.</summary>
    public static string PodWith(string[] annotations, params string[] spec) =>
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\n  annotations:\n"
        + string.Concat(annotations.Select(line => $"    {line}\n"))
        + "spec:\n  containers:\n  - name: web\n    image: web:1\n"
        + string.Concat(spec.Select(line => $"  {line}\n"));
}
