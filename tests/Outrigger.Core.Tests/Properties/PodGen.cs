using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Outrigger.Core.Tests.Manifests;

namespace Outrigger.Core.Tests.Properties;

/// <summary>Generated Pods: valid in shape, odd in all that validity allows: absent and empty and null lists, fields that nobody knows.</summary>
internal static class PodGen
{
    public static Gen<JsonObject> Pod { get; } =
        from metadata in Metadata
        from spec in Spec
        from extra in Unknown
        select With(new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Pod", ["metadata"] = metadata, ["spec"] = spec }, extra);

    private static Gen<JsonObject?> Metadata =>
        from shape in Gen.Choose(0, 9)
        from labels in Texts("labels")
        from annotations in Texts("annotations")
        from extra in Unknown
        select shape switch
        {
            0 => null,
            1 => new JsonObject(),
            2 => With(new JsonObject { ["generateName"] = "shop-" }, [labels, annotations, .. extra]),
            _ => With(new JsonObject { ["name"] = "shop", ["namespace"] = "web" }, [annotations, labels, .. extra]),
        };

    private static Gen<JsonObject> Spec =>
        from containers in Containers("c", 1, 3)
        from init in Optional(Containers("i", 0, 2))
        from volumes in Optional(Named("v", 0, 2, JsonGen.Object(1)))
        from shared in Gen.Frequency((6, Gen.Constant("absent")), (1, Gen.Constant("null")), (1, Gen.Constant("true")), (1, Gen.Constant("false")))
        from host in Gen.Elements("", "", "", "hostNetwork", "hostPID")
        from extra in Unknown
        select With(new JsonObject(), [
            .. shared == "absent" ? [] : new[] { KeyValuePair.Create<string, JsonNode?>("shareProcessNamespace", JsonNode.Parse(shared)) },
            .. init.Select(list => KeyValuePair.Create<string, JsonNode?>("initContainers", list)),
            KeyValuePair.Create<string, JsonNode?>("containers", containers),
            .. volumes.Select(list => KeyValuePair.Create<string, JsonNode?>("volumes", list)),
            .. host.Length == 0 ? [] : new[] { KeyValuePair.Create<string, JsonNode?>(host, true) },
            .. extra,
        ]);

    private static Gen<JsonNode?> Containers(string prefix, int least, int most) =>
        from count in Gen.Choose(least, most)
        from containers in Gen.CollectToList(Enumerable.Range(0, count), number => Container($"{prefix}{number}", prefix == "i"))
        select (JsonNode?)new JsonArray([.. containers]);

    private static Gen<JsonObject> Container(string name, bool isInit) =>
        from env in Optional(Named("ENV", 0, 3, Gen.Elements("a", "").Select(value => new JsonObject { ["value"] = value })))
        from mounts in Optional(Named("m", 0, 2, Gen.Elements("/data", "/m/p0/", "/").Select(path => new JsonObject { ["mountPath"] = path })))
        from envFrom in Optional(Named("f", 0, 1, Gen.Constant(0).Select(_ => new JsonObject { ["secretRef"] = new JsonObject { ["name"] = "s" } })))
        from ports in Optional(Gen.Elements("[]", """[{"containerPort":8080}]""", """[{"containerPort":8081,"protocol":"UDP","name":"u"},{"containerPort":8082}]""").Select(json => JsonNode.Parse(json)))
        from always in Gen.Elements(true, false)
        from extra in Unknown
        select With(new JsonObject { ["name"] = name, ["image"] = "example.com/app:1" }, [
            .. env.Select(list => KeyValuePair.Create<string, JsonNode?>("env", list)),
            .. mounts.Select(list => KeyValuePair.Create<string, JsonNode?>("volumeMounts", list)),
            .. envFrom.Select(list => KeyValuePair.Create<string, JsonNode?>("envFrom", list)),
            .. ports.Select(list => KeyValuePair.Create<string, JsonNode?>("ports", list)),
            .. isInit && always ? new[] { KeyValuePair.Create<string, JsonNode?>("restartPolicy", "Always") } : [],
            .. extra,
        ]);

    private static Gen<JsonNode?> Named(string prefix, int least, int most, Gen<JsonObject> rest) =>
        from count in Gen.Choose(least, most)
        from entries in Gen.ListOf(rest, count)
        select (JsonNode?)new JsonArray([.. entries.Select((entry, number) =>
        {
            entry["name"] = $"{prefix}{number}";
            return entry;
        })]);

    /// <summary>Absent (no element), null, or the value.</summary>
    private static Gen<IReadOnlyList<JsonNode?>> Optional(Gen<JsonNode?> value) => Gen.Frequency(
        (2, Gen.Constant<IReadOnlyList<JsonNode?>>([])),
        (1, Gen.Constant<IReadOnlyList<JsonNode?>>([null])),
        (4, value.Select(node => (IReadOnlyList<JsonNode?>)[node])));

    private static Gen<KeyValuePair<string, JsonNode?>> Texts(string key) =>
        from shape in Gen.Choose(0, 5)
        from texts in Gen.ListOf(Gen.Zip(Gen.Elements("app", "example.com/a", "gen/level", "gen/note", "é"), Gen.Elements("", "web", "a b\n", "{{x}}")), 2)
        select KeyValuePair.Create<string, JsonNode?>(key, shape switch
        {
            0 => (JsonNode?)null,
            1 => new JsonObject(),
            _ => new JsonObject(texts.DistinctBy(text => text.Item1).Select(text => KeyValuePair.Create<string, JsonNode?>(text.Item1, text.Item2))),
        });

    private static Gen<IReadOnlyList<KeyValuePair<string, JsonNode?>>> Unknown =>
        from count in Gen.Frequency((2, Gen.Constant(0)), (1, Gen.Constant(1)), (1, Gen.Constant(2)))
        from values in Gen.ListOf(JsonGen.Value(2), count)
        select (IReadOnlyList<KeyValuePair<string, JsonNode?>>)[.. values.Select((value, number) => KeyValuePair.Create<string, JsonNode?>($"unknown{number}", value))];

    private static JsonObject With(JsonObject members, IEnumerable<KeyValuePair<string, JsonNode?>> more)
    {
        foreach (var (key, value) in more)
            members[key] = value;
        return members;
    }
}
