using System.Globalization;
using System.Text.Json.Nodes;
using Outrigger.Core.Manifests;
using Outrigger.Core.Patching;

namespace Outrigger.Core.Tests.Patching;

/// <summary>Patches that fit a document; the same seed gives the same patch.</summary>
internal static class RandomPatch
{
    private static readonly string[] Values =
    [
        "null", "1", "\"text\"", "\"yes\"", "\"a\\nb\\n\"", "\" a\\n\\nb\"", "\"a: b # c\"", "{}", "[]", "[1,[2,{\"x\":\"y\\nz\"}]]",
        "{\"name\":\"new\",\"args\":[\"-c\",\"a\\nb\"],\"env\":[{\"name\":\"A\",\"value\":\"1\"}],\"empty\":{}}",
    ];

    /// <summary>Operations of all kinds that edit, each on what the ones before have made.</summary>
    public static IReadOnlyList<PatchOperation> Any(JsonNode document, int seed)
    {
        var random = new Random(seed);
        return Build(document, random, (root, path) => random.Next(3) switch
        {
            0 when path.Length > 0 => new PatchOperation.Remove(path),
            1 when path.Length > 0 => new PatchOperation.Replace(path, Value(random)),
            _ => Addition(root, path, random),
        });
    }

    /// <summary>Operations that only add: new members, and elements anywhere.</summary>
    public static IReadOnlyList<PatchOperation> Additions(JsonNode document, int seed)
    {
        var random = new Random(seed);
        return Build(document, random, (root, path) => Addition(root, path, random));
    }

    /// <summary>What an injection adds to a Pod.</summary>
    public static IEnumerable<PatchOperation> Injection(JsonNode document, string template)
    {
        string[][] places = [["metadata"], ["metadata", "annotations"], ["metadata", "labels"], ["spec", "volumes"], ["spec", "initContainers"],
            ["spec", "containers", "0", "volumeMounts"]];
        foreach (var place in places)
        {
            var path = template + JsonPointer.Combine(place);
            if (!JsonPointer.Resolve(document, path, out var found) || found is null)
                yield return new PatchOperation.Add(path, place[^1] is "metadata" ? new JsonObject() : place[^1] is "annotations" or "labels"
                    ? new JsonObject { ["outrigger.dev/status"] = "{\"a\":\"b\"}" } : new JsonArray(JsonNode.Parse(Values[^1])));
            else if (found is JsonObject && place.Length > 1)
                yield return new PatchOperation.Add(path + "/outrigger.dev~1status", "{\"a\":\"b\"}");
            else if (found is JsonArray)
                yield return new PatchOperation.Add(path + "/0", JsonNode.Parse(Values[^1]));
        }

        yield return new PatchOperation.Add(template + "/spec/containers/-", JsonNode.Parse(Values[^1]));
    }

    /// <summary>The operations that take additions away again.</summary>
    public static IReadOnlyList<PatchOperation> Inverse(JsonNode document, IEnumerable<PatchOperation> additions)
    {
        var inverse = new List<PatchOperation>();
        var current = document;
        foreach (var add in additions)
        {
            var parent = add.Path[..add.Path.LastIndexOf('/')];
            JsonPointer.Resolve(current, parent, out var container);
            inverse.Insert(0, (container, add) switch
            {
                (JsonArray items, _) when add.Path.EndsWith("/-", StringComparison.Ordinal) =>
                    new PatchOperation.Remove($"{parent}/{items.Count.ToString(CultureInfo.InvariantCulture)}"),
                (JsonObject, PatchOperation.Add) when JsonPointer.Resolve(current, add.Path, out var old) => new PatchOperation.Replace(add.Path, old),
                _ => new PatchOperation.Remove(add.Path),
            });
            current = JsonPatch.Apply(current, [add]).Value.Root!;
        }

        return inverse;
    }

    private static List<PatchOperation> Build(JsonNode document, Random random, Func<JsonNode?, string, PatchOperation?> make)
    {
        var operations = new List<PatchOperation>();
        JsonNode? current = document.DeepClone();
        for (var i = random.Next(1, 8); i > 0; i--)
        {
            var paths = Paths(current, "").ToList();
            if (make(current, paths[random.Next(paths.Count)]) is not { } operation)
                continue;
            operations.Add(operation);
            current = JsonPatch.Apply(current, [operation]).Value.Root;
        }

        return operations;
    }

    private static PatchOperation.Add? Addition(JsonNode? root, string path, Random random)
    {
        JsonPointer.Resolve(root, path, out var found);
        switch (found)
        {
            case JsonObject members:
                string[] keys = ["new", "a/b", "a~b", "yes", "0", "x: y"];
                var key = keys[random.Next(keys.Length)];
                return members.ContainsKey(key) ? null : new PatchOperation.Add($"{path}/{JsonPointer.Escape(key)}", Value(random));
            case JsonArray items:
                var index = random.Next(items.Count + 2);
                var segment = index > items.Count ? "-" : index.ToString(CultureInfo.InvariantCulture);
                return new PatchOperation.Add($"{path}/{segment}", Value(random));
            default:
                return null;
        }
    }

    private static JsonNode? Value(Random random) => JsonNode.Parse(Values[random.Next(Values.Length)]);

    private static IEnumerable<string> Paths(JsonNode? node, string path)
    {
        yield return path;
        var members = node switch
        {
            JsonObject inner => inner.Select(member => (member.Key, member.Value)),
            JsonArray items => items.Select((item, i) => (i.ToString(CultureInfo.InvariantCulture), item)),
            _ => [],
        };
        foreach (var (key, value) in members)
        {
            foreach (var inside in Paths(value, $"{path}/{JsonPointer.Escape(key)}"))
                yield return inside;
        }
    }
}
