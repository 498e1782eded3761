using System.Text.Json.Nodes;
using Outrigger.Core.Admission;
using Outrigger.Core.Composition;
using Outrigger.Core.Manifests;
using Outrigger.Core.Patching;

namespace Outrigger.Core.Tests.Properties;

/// <summary>What holds of every injection, whatever the Pod and the catalog.</summary>
internal static class Invariants
{
    private const string Status = "/metadata/annotations/outrigger.dev~1status";

    /// <summary>The Pod after the patch.</summary>
    public static JsonNode Apply(JsonNode? pod, IEnumerable<PatchOperation> patch) => JsonPatch.Apply(pod, patch).Value.Root!;

    /// <summary>The Pod that a plan means, put together without a patch.</summary>
    public static JsonNode Build(JsonNode pod, Plan plan)
    {
        var built = pod.DeepClone().AsObject();
        var firsts = new Dictionary<PodList, int>();
        foreach (var addition in plan.Additions)
        {
            switch (addition)
            {
                case Addition.Annotation annotation:
                    Member(Member(built, "metadata"), "annotations")[annotation.Key] = annotation.Value;
                    break;
                case Addition.Label label:
                    Member(Member(built, "metadata"), "labels")[label.Key] = label.Value;
                    break;
                case Addition.SharedProcessNamespace:
                    built["spec"]!["shareProcessNamespace"] = true;
                    break;
                case Addition.Entry entry:
                    var list = ListOf(built, plan.Application, entry.List);
                    var place = entry.First ? firsts.GetValueOrDefault(entry.List) : list.Count;
                    list.Insert(place, entry.Value.DeepClone());
                    if (entry.First)
                        firsts[entry.List] = place + 1;
                    break;
            }
        }

        return built;
    }

    /// <summary>Holds an injection to all that can be seen from the Pod, the decision and the Pod after it.</summary>
    public static void Check(JsonNode pod, Decision.Inject inject, Func<JsonNode, Decision> review)
    {
        var injected = Apply(pod, inject.Patch);
        SameMembers(injected).Should().Be(SameMembers(Build(pod, inject.Plan)), "the patch makes what the plan says");
        CheckOperations(pod, inject.Patch);
        CheckUntouched(pod, injected, "");
        review(injected).Should().BeOfType<Decision.Skip>("the second time all is there").Which.Reason.Should().Be(SkipReason.AlreadyInjected);
        var back = Uninjection.Of(System.Text.Json.JsonElement.Parse(injected.ToJsonString())).Value.Operations;
        Apply(injected, back).ToJsonString().Should().Be(pod.ToJsonString(), "the way back ends where it began");
    }

    /// <summary>Each operation adds (or writes the status anew), and none puts a new list in the place of one that was there.</summary>
    private static void CheckOperations(JsonNode pod, IReadOnlyCollection<PatchOperation> patch)
    {
        patch.Should().NotBeEmpty();
        var current = pod;
        foreach (var operation in patch)
        {
            if (operation is PatchOperation.Replace replace)
                replace.Path.Should().Be(Status);
            else
                operation.Should().BeOfType<PatchOperation.Add>();
            if (operation is PatchOperation.Add && JsonPointer.Resolve(current, operation.Path, out var there) && !IsPlace(operation.Path))
                there.Should().BeNull("{0} is there already", operation.Path);
            current = Apply(current, [operation]);
        }
    }

    /// <summary>Every value of the Pod is still there, in its order and as it was written; only lists and maps that are added to have more.</summary>
    private static void CheckUntouched(JsonNode? before, JsonNode? after, string path)
    {
        switch (before)
        {
            case JsonObject members:
                var kept = after!.AsObject().Where(member => members.ContainsKey(member.Key)).Select(member => member.Key);
                kept.Should().Equal(members.Select(member => member.Key), "the members of {0} stay in their order", path);
                if (!IsAddedTo(path))
                    after.AsObject().Count.Should().Be(members.Count, "{0} gets nothing", path);
                foreach (var (key, value) in members)
                    CheckUntouched(value, after[key], $"{path}/{key}");
                break;
            case JsonArray items:
                var more = after!.AsArray();
                if (!IsAddedTo(path))
                    more.Count.Should().Be(items.Count, "{0} gets nothing", path);
                // What was there stands together: additions go to the ends.
                var start = Enumerable.Range(0, more.Count - items.Count + 1).First(place =>
                    items.Zip(more.Skip(place), (old, now) => NameOf(old) == NameOf(now)).All(same => same));
                for (var i = 0; i < items.Count; i++)
                    CheckUntouched(items[i], more[start + i], $"{path}/{i}");
                break;
            case null:
                if (!IsAddedTo(path))
                    after.Should().BeNull("{0} is null", path);
                break;
            default:
                if (path != "/metadata/annotations/outrigger.dev/status")
                    after!.ToJsonString().Should().Be(before.ToJsonString(), "{0} stays", path);
                break;
        }
    }

    private static bool IsAddedTo(string path)
    {
        var parts = path.Split('/');
        return path is "" or "/metadata" or "/metadata/annotations" or "/metadata/labels" or "/spec" or "/spec/containers" or "/spec/initContainers" or "/spec/volumes"
            or "/spec/shareProcessNamespace"
            || (parts is ["", "spec", "containers", _, ..] && parts.Length <= 5 && (parts.Length == 4 || parts[4] is "env" or "envFrom" or "volumeMounts"));
    }

    private static string? NameOf(JsonNode? item) => item is JsonObject members ? members["name"]?.ToJsonString() ?? members.ToJsonString() : item?.ToJsonString();

    private static bool IsPlace(string path) => path.EndsWith("/-", StringComparison.Ordinal) || char.IsAsciiDigit(path[^1]);

    private static JsonArray ListOf(JsonObject pod, string application, PodList list)
    {
        var spec = pod["spec"]!.AsObject();
        var (parent, name) = list switch
        {
            PodList.Volumes => (spec, "volumes"),
            PodList.InitContainers => (spec, "initContainers"),
            PodList.Containers => (spec, "containers"),
            PodList.ApplicationEnv => (Container(), "env"),
            PodList.ApplicationEnvFrom => (Container(), "envFrom"),
            _ => (Container(), "volumeMounts"),
        };
        if (parent[name] is JsonArray there)
            return there;
        var made = new JsonArray();
        parent[name] = made;
        return made;

        JsonObject Container() => spec["containers"]!.AsArray().Select(container => container!.AsObject()).First(container => container["name"]!.GetValue<string>() == application);
    }

    private static JsonObject Member(JsonObject parent, string name)
    {
        if (parent[name] is JsonObject there)
            return there;
        var made = new JsonObject();
        parent[name] = made;
        return made;
    }

    /// <summary>JSON text that is the same for the same members in any order: the plan says what joins an object, not where.</summary>
    private static string SameMembers(JsonNode? node) => node switch
    {
        JsonObject members => "{" + string.Join(',', members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => $"{member.Key}:{SameMembers(member.Value)}")) + "}",
        JsonArray items => "[" + string.Join(',', items.Select(SameMembers)) + "]",
        null => "null",
        _ => node.ToJsonString(),
    };
}
