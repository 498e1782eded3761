using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Outrigger.Core.Selection;

namespace Outrigger.Core.Composition;

/// <summary>Tells whether what an earlier review brought is still what a use asks for.</summary>
internal static class EarlierUse
{
    /// <summary>Fields that others may have rewritten in between with good reason: a registry's mirror, a LimitRange, a defaulted field.</summary>
    private static readonly string[] Rewritten = ["image", "imagePullPolicy", "resources", "restartPolicy", "sizeLimit"];

    /// <summary>What a container runs: where these say more than the pattern does, it does something else.</summary>
    private static readonly string[] Program = ["command", "args"];

    /// <summary>
    /// 12 hexadecimal digits of all that a Pod's annotations say of a use: its pattern and version, its parameters, its application container. Where they
    /// differ from the noted ones, somebody has edited a manifest that was injected before.
    /// </summary>
    public static string AskedHash(string pattern, string? version, IReadOnlyDictionary<string, (string Key, string Text)> parameters, string? container)
    {
        var text = new StringBuilder(pattern).Append('@').Append(version).Append('\n').Append(container);
        foreach (var (name, (_, value)) in parameters.OrderBy(value => value.Key, StringComparer.Ordinal))
            text.Append('\n').Append(name).Append('\0').Append(value);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..12];
    }

    /// <summary>The hash for a use of a Pod with these annotations.</summary>
    public static string AskedHash(Use use, PodAnnotations annotations) =>
        AskedHash(use.Pattern.Name, use.AskedVersion, annotations.ParametersOf(use.Instance), annotations.Container);

    /// <summary>Whether a Pod has a container, in one list or the other, as it is rendered: others may have added to it, or rewritten its image.</summary>
    public static bool HoldsContainer(PodView pod, JsonObject rendered)
    {
        var name = rendered["name"]?.ToString();
        return pod.Containers.Concat(pod.InitContainers).FirstOrDefault(container => container.Name == name) is { } container
            && rendered.All(member => Rewritten.Contains(member.Key)
                || Holds(member.Key == "env" ? container.Env : PodView.Member(container.Element, member.Key), member.Value))
            && Program.All(member => IsSame(PodView.Member(container.Element, member), rendered[member]));
    }

    private static bool IsSame(JsonElement actual, JsonNode? expected) => expected is JsonArray { Count: > 0 }
        ? actual.ValueKind == JsonValueKind.Array && JsonNode.DeepEquals(JsonArray.Create(actual), expected)
        : actual.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null || (actual.ValueKind == JsonValueKind.Array && actual.GetArrayLength() == 0);

    /// <summary>Whether a Pod has a volume as it is rendered.</summary>
    public static bool HoldsVolume(PodView pod, JsonObject rendered)
    {
        var name = rendered["name"]?.ToString();
        return PodView.Items(pod.Spec, "volumes").Any(volume => PodView.Text(volume, "name") == name && Holds(volume, rendered));
    }

    /// <summary>Whether a part of a Pod says all that a rendered one says, but for what others rewrite.</summary>
    public static bool Holds(JsonElement actual, JsonNode? expected)
    {
        switch (expected)
        {
            case JsonObject { Count: 0 } when actual.ValueKind == JsonValueKind.Undefined:
                return true;
            case JsonObject members:
                return actual.ValueKind == JsonValueKind.Object
                    && members.All(member => Rewritten.Contains(member.Key) || Holds(PodView.Member(actual, member.Key), member.Value));
            case JsonArray { Count: > 0 } list:
                // Others append, the token's mount say; what stands first stays first.
                return actual.ValueKind == JsonValueKind.Array && actual.GetArrayLength() >= list.Count
                    && list.Zip(actual.EnumerateArray()).All(pair => Holds(pair.Second, pair.First));
            case JsonArray:
                return true;
            case null:
                return true;
            default:
                // The API server drops members that hold nothing when it writes the Pod again.
                return actual.ValueKind == JsonValueKind.Undefined
                    ? expected.ToJsonString() is "false" or "0" or "\"\""
                    : JsonNode.DeepEquals(expected, JsonValue.Create(actual));
        }
    }
}
