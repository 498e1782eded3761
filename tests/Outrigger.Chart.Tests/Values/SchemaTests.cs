using System.Text.Json.Nodes;

namespace Outrigger.Chart.Tests.Values;

/// <summary>What Helm refuses by the schema alone.</summary>
public sealed class SchemaTests
{
    [Fact]
    public void TheChartsOwnValues_AreAllowed() => ValuesSchema.Refused(ValuesSchema.Defaults).Should().BeEmpty();

    [Theory]
    [InlineData("replicas: 3\nimage: {digest: 'sha256:0123456789012345678901234567890123456789012345678901234567890123'}")]
    [InlineData("certificates: {mode: provided, provided: {secretName: my.tls, caBundle: abc}}")]
    [InlineData("certificates: {mode: cert-manager, certManager: {issuerRef: {name: corp, kind: ClusterIssuer}, duration: 1h30m}}")]
    [InlineData("admission: {namespaceSelector: {matchExpressions: [{key: a, operator: In, values: [b]}]}, autoInjection: {enabled: true}}")]
    [InlineData("catalog: {files: {a.yaml: 'text', b_1.yml: {kind: Pattern}, c.json: {}}, configMaps: [a.b]}")]
    [InlineData("defaults: {https: {port: 9443, image: a, list: [1], flag: true}}")]
    [InlineData("podSecurityContext: {runAsUser: null}\nresources: {}\ntolerations: [{operator: Exists}]")]
    [InlineData("imageRegistry: registry.corp:5000/mirror\nlogLevel: trace\nextraArgs: [--otlp=a]\nextraEnv: [{name: A, value: b}]")]
    [InlineData("global: {imageRegistry: a}\nenabled: true")]
    public void WhatOperatorsSay_IsAllowed(string values) => ValuesSchema.Refused(ValuesSchema.With(values)).Should().BeEmpty();

    [Theory]
    [InlineData("replica: 3", "/replica")]
    [InlineData("replicas: 0", "/replicas")]
    [InlineData("replicas: '2'", "/replicas")]
    [InlineData("image: {repository: 'https://registry.corp/outrigger'}", "/image/repository")]
    [InlineData("image: {repository: ''}", "/image/repository")]
    [InlineData("image: {digest: latest}", "/image/digest")]
    [InlineData("image: {tag: 1.0}", "/image/tag")]
    [InlineData("image: {pullPolicy: always}", "/image/pullPolicy")]
    [InlineData("imagePullSecrets: [registry]", "/imagePullSecrets/0")]
    [InlineData("admission: {failurePolicy: fail}", "/admission/failurePolicy")]
    [InlineData("admission: {timeoutSeconds: 31}", "/admission/timeoutSeconds")]
    [InlineData("admission: {namespaceSelector: {matchLabel: {a: b}}}", "/admission/namespaceSelector/matchLabel")]
    [InlineData("admission: {namespaceSelector: {matchExpressions: [{key: a, operator: in}]}}", "/admission/namespaceSelector/matchExpressions/0/operator")]
    [InlineData("admission: {autoInjection: true}", "/admission/autoInjection")]
    [InlineData("admission: {autoInjection: {enabled: 'yes'}}", "/admission/autoInjection/enabled")]
    [InlineData("admission: {excludedNamespaces: [a, a]}", "/admission/excludedNamespaces")]
    [InlineData("certificates: {mode: self-signed}", "/certificates/mode")]
    [InlineData("certificates: {provided: {secret: a}}", "/certificates/provided/secret")]
    [InlineData("certificates: {certManager: {issuerRef: {kind: ClusterIssuer}}}", "/certificates/certManager/issuerRef")]
    [InlineData("certificates: {certManager: {duration: 90d}}", "/certificates/certManager/duration")]
    [InlineData("catalog: {files: {readme.md: a}}", "/catalog/files/readme.md")]
    [InlineData("catalog: {files: {.hidden.yaml: a}}", "/catalog/files/.hidden.yaml")]
    [InlineData("catalog: {files: {a.yaml: [a]}}", "/catalog/files/a.yaml")]
    [InlineData("defaults: {https.port: 9443}", "/defaults/https.port")]
    [InlineData("defaults: {https: 9443}", "/defaults/https")]
    [InlineData("imageRegistry: 'https://registry.corp'", "/imageRegistry")]
    [InlineData("nativeSidecars: true", "/nativeSidecars")]
    [InlineData("maxConcurrency: 0", "/maxConcurrency")]
    [InlineData("drainSeconds: 15s", "/drainSeconds")]
    [InlineData("logLevel: warn", "/logLevel")]
    [InlineData("ports: {ops: 70000}", "/ports/ops")]
    [InlineData("extraArgs: [port]", "/extraArgs/0")]
    [InlineData("namespaceLabels: true", "/namespaceLabels")]
    [InlineData("podLabels: {a: 1}", "/podLabels/a")]
    [InlineData("clientAuthentication: {names: kube-apiserver}", "/clientAuthentication/names")]
    [InlineData("networkPolicy: {apiServerPorts: [https]}", "/networkPolicy/apiServerPorts/0")]
    [InlineData("podDisruptionBudget: {maxUnavailable: 0}", "/podDisruptionBudget/maxUnavailable")]
    public void Mistakes_AreRefusedByTheirPath(string values, string path) => ValuesSchema.Refused(ValuesSchema.With(values)).Should().Equal(path);

    [Fact]
    public void EveryMappingOfOurs_RefusesNamesThatItDoesNotKnow()
    {
        Mappings(ValuesSchema.Json).Where(schema => schema["properties"] is not null)
            .Should().HaveCountGreaterThan(15).And.OnlyContain(schema => schema["additionalProperties"] is JsonValue && !(bool)schema["additionalProperties"]!);

        static IEnumerable<JsonObject> Mappings(JsonNode? node) => node switch
        {
            JsonObject map => map.Select(member => member.Value).SelectMany(Mappings).Prepend(map).Where(item => item["type"] is JsonValue),
            JsonArray list => list.SelectMany(Mappings),
            _ => [],
        };
    }

    [Fact]
    public void SchemaAndValues_KnowTheSameNames()
    {
        // What a chart that has this one as a dependency may bring.
        string[] foreign = ["global", "enabled"];
        Compare(ValuesSchema.Json["properties"]!.AsObject().Select(member => member.Key).Except(foreign), ValuesSchema.Defaults, "");

        static void Compare(IEnumerable<string> known, JsonObject values, string path)
        {
            values.Select(member => member.Key).Should().BeEquivalentTo(known, "they are the values at {0}/", path);
            foreach (var (name, value) in values)
            {
                var schema = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Append(name)
                    .Aggregate((JsonNode)ValuesSchema.Json, (node, step) => node["properties"]![step]!);
                if (schema["description"] is null && schema["properties"] is JsonObject properties)
                    Compare(properties.Select(member => member.Key), value!.AsObject(), $"{path}/{name}");
            }
        }
    }
}
