using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace Outrigger.Core.Tests.Properties;

/// <summary>Generated catalogs: patterns with some of a fixed set of parameters, and templates that use just those; and bindings of them.</summary>
internal static class CatalogGen
{
    /// <summary>The parameters that a pattern may have, each with texts that its annotation may hold: good ones, then bad ones.</summary>
    public static IReadOnlyList<ParameterShape> Shapes { get; } =
    [
        new("port", """{"type":"integer","format":"port","default":9000}""", ["9100", "1", "65535"], ["0", "65536", "x", "1.5", ""]),
        new("flag", """{"type":"boolean","default":false}""", ["true", "false"], ["yes", "1", ""]),
        new("level", """{"type":"string","enum":["low","high"],"default":"low"}""", ["low", "high"], ["Low", "", "low\nhigh"]),
        new("label", """{"type":"string","format":"dns-label","default":"x"}""", ["a", "a-b", "0"], ["A", "a.b", "a\n"]),
        new("list", """{"type":"array","maxItems":4,"items":{"type":"string","format":"dns-label"}}""", ["", "a,b", "[a, b]", "- a\n- b", "[]"], ["a b", "[[a]]", "{a: b}", "a,b,c,d,e"]),
        new("pairs", """{"type":"array","default":[{"host":"h","port":1}],"items":{"type":"object","required":["host"],"properties":{"host":{"type":"string","format":"hostname"},"port":{"type":"integer","format":"port","default":80},"on":{"type":"boolean","default":true}}}}""", ["[]", "[{host: a.b, port: 8080}, {host: c, on: false}]"], ["[{port: 1}]", "[[{host: a}]]", "[{host: a, more: 1}]", "x"]),
        new("ratio", """{"type":"number","minimum":0,"default":0.5}""", ["0", "1e3", "0.25"], ["-1", "NaN", "1e999", "half"]),
        new("note", """{"type":"string","default":""}""", ["", "any thing\nat \"all\" {{port}} $(X) é", "a: b"], []),
        new("period", """{"type":"string","format":"duration"}""", ["1s", "1h30m"], ["1", "s", "-1s"]),
        new("object", """{"type":"object","properties":{"a":{"type":"integer","default":1},"b":{"type":"string","format":"dns-label"}},"additionalProperties":{"type":"boolean"}}""", ["{}", "{a: 2, b: x, more: true}", "{\"b\":\"y\"}"], ["[]", "{a: x}", "{more: 1}", "null"]),
    ];

    /// <summary>Patterns <c>p0</c> to <c>p3</c>.</summary>
    public static Gen<IReadOnlyList<PatternShape>> Patterns { get; } =
        from count in Gen.Choose(1, 4)
        from patterns in Gen.CollectToList(Enumerable.Range(0, count), number => Pattern(number))
        select (IReadOnlyList<PatternShape>)[.. patterns];

    /// <summary>Bindings of some of the patterns, which select every Pod.</summary>
    public static Gen<IReadOnlyList<JsonObject>> Bindings(IReadOnlyList<PatternShape> patterns) =>
        from bound in Gen.SubListOf<PatternShape>(patterns)
        from take in Gen.Frequency((2, Gen.Constant(false)), (1, Gen.Constant(true)))
        from bindings in Gen.CollectToList(bound.Where(_ => take), pattern => Binding(pattern))
        select (IReadOnlyList<JsonObject>)[.. bindings];

    private static Gen<PatternShape> Pattern(int number) =>
        from parameters in Gen.SubListOf<ParameterShape>(Shapes)
        from bits in Gen.ListOf(Gen.Elements(true, false), 14)
        from role in Gen.Elements("sidecar", "ambassador", "adapter")
        select new PatternShape($"p{number}", role, [.. parameters], Document($"p{number}", number, role, [.. parameters], [.. bits]));

    // Some select by a label that patterns add. What is required looks at these too, so that there a second review may add more.
    private static Gen<JsonObject> Binding(PatternShape pattern) =>
        from isRequired in Gen.Elements(true, false, false)
        from isFixed in Gen.Elements(true, false, false)
        from instance in Gen.Elements(pattern.Name, "bound")
        from selects in Gen.Frequency((3, Gen.Constant("")), (1, Gen.Constant("DoesNotExist")), (2, Gen.Constant(isRequired ? "" : "Exists")))
        select Object("ClusterPatternBinding", $"bind-{pattern.Name}", new JsonObject
        {
            ["uses"] = new JsonArray(new JsonObject
            {
                ["pattern"] = pattern.Name,
                ["instance"] = instance,
                ["parameters"] = pattern.Parameters.Any(parameter => parameter.Name == "port") ? new JsonObject { ["port"] = 9200 } : new JsonObject(),
            }),
            ["podSelector"] = selects.Length == 0
                ? new JsonObject()
                : Json($$"""{"matchExpressions":[{"key":"gen/level","operator":"{{selects}}"}]}"""),
            ["required"] = isRequired,
            ["fixed"] = isFixed,
        });

    private static JsonObject Document(string name, int number, string role, IReadOnlyList<ParameterShape> parameters, List<bool> bits)
    {
        var has = parameters.Select(parameter => parameter.Name).ToHashSet();
        var bit = 0;
        var spec = new JsonObject
        {
            ["role"] = role,
            ["version"] = "1.0.0",
            ["parameters"] = new JsonObject
            {
                ["type"] = "object",
                ["properties"] = new JsonObject(parameters.Select(parameter => KeyValuePair.Create(parameter.Name, JsonNode.Parse(parameter.Schema)))),
            },
            ["shareProcessNamespace"] = Next() && Next() && Next(),
            ["order"] = Next() ? "first" : "last",
            ["hostNetwork"] = Next(),
            ["live"] = Next() || Next(),
        };
        if (number > 0 && Next())
            spec["after"] = new JsonArray($"p{number - 1}");
        if (Next())
            spec["files"] = new JsonObject { ["main.conf"] = File(has), ["empty"] = "" };
        if (Next() || Next())
            spec["containers"] = Containers(has);
        if (Next())
            spec["initContainers"] = new JsonArray(Json("""{"name":"{{instance}}-init","image":"example.com/init:1"}"""));
        if (Next())
            spec["volumes"] = Volumes(has);
        if (Next())
            spec["application"] = Application(has);
        if (Next())
            spec["labels"] = new JsonObject { ["gen/level"] = has.Contains("level") ? "{{level}}" : "fixed" };
        if (Next())
            spec["annotations"] = new JsonObject { ["gen/note"] = has.Contains("note") ? "{{note}}" : "{{instance}} of {{app.name}}" };
        return Object("ClusterPattern", name, spec);

        bool Next() => bits[bit++ % bits.Count];
    }

    private static string File(HashSet<string> has)
    {
        var lines = new List<string> { "# {{instance}} in {{pod.namespace}}" };
        if (has.Contains("port"))
            lines.Add("port {{port}}");
        if (has.Contains("flag"))
            lines.Add("{{#if flag}}\non\n{{else}}\noff\n{{/if}}");
        if (has.Contains("pairs"))
            lines.Add("{{#each pairs}}\n{{@index}} {{this.host}}:{{this.port}}{{#if this.on}} on{{/if}}\n{{else}}\nnone\n{{/each}}");
        if (has.Contains("list"))
            lines.Add("{{#each list}}{{#if @first}}first {{/if}}{{this}} {{/each}}");
        if (has.Contains("ratio"))
            lines.Add("{{ratio}}");
        if (has.Contains("period"))
            lines.Add("{{#if period}}every {{period}}{{/if}}");
        return string.Join('\n', lines) + "\n";
    }

    private static JsonArray Containers(HashSet<string> has)
    {
        var first = Json("""{"name":"{{instance}}","image":"example.com/c:1","env":[],"resources":{"limits":{}}}""");
        if (has.Contains("port"))
            first["ports"] = new JsonArray(Json("""{"containerPort":"{{port}}"}"""));
        if (has.Contains("label"))
            first["args"] = new JsonArray("--label={{label}}", "{{label}}");
        if (has.Contains("object"))
            first["x-object"] = "{{object}}";
        if (has.Contains("note"))
            first["env"] = new JsonArray(Json("""{"name":"NOTE","value":"{{note}}"}"""));
        var containers = new JsonArray(first);
        if (has.Contains("flag"))
            containers.Add(Json("""{"$when":"{{flag}}","name":"{{instance}}-more","image":"example.com/more:1"}"""));
        if (has.Contains("list"))
            containers.Add(Json("""{"$each":"{{list}}","name":"{{instance}}-{{index}}","image":"example.com/each:1","args":["{{item}}"]}"""));
        return containers;
    }

    private static JsonArray Volumes(HashSet<string> has)
    {
        var volumes = new JsonArray(Json("""{"name":"{{instance}}-v","emptyDir":{}}"""));
        if (has.Contains("list"))
            volumes.Add(Json("""{"$each":"{{list}}","name":"{{instance}}-v{{index}}","emptyDir":{"medium":"{{item}}"}}"""));
        return volumes;
    }

    private static JsonObject Application(HashSet<string> has) => new()
    {
        ["env"] = has.Contains("list")
            ? new JsonArray(Json("""{"$each":"{{list}}","name":"L_{{instance}}_{{index}}","value":"{{item}}"}"""))
            : new JsonArray(Json("""{"name":"E_{{instance}}","value":"1"}"""), Json("""{"name":"SHARED","value":"by {{instance}}"}""")),
        ["envFrom"] = new JsonArray(Json("""{"configMapRef":{"name":"{{instance}}"},"prefix":"P_"}""")),
        ["volumeMounts"] = new JsonArray(Json("""{"name":"{{instance}}-v","mountPath":"/m/{{instance}}"}""")),
    };

    private static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();

    private static JsonObject Object(string kind, string name, JsonObject spec) => new()
    {
        ["apiVersion"] = "outrigger.dev/v1alpha1",
        ["kind"] = kind,
        ["metadata"] = new JsonObject { ["name"] = name },
        ["spec"] = spec,
    };
}

/// <summary>A parameter that generated patterns may have.</summary>
internal sealed record ParameterShape(string Name, string Schema, IReadOnlyList<string> Good, IReadOnlyList<string> Bad);

/// <summary>A generated pattern.</summary>
internal sealed record PatternShape(string Name, string Role, IReadOnlyList<ParameterShape> Parameters, JsonObject Document);
