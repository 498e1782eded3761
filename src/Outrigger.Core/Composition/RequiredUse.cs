using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Outrigger.Core.Selection;

namespace Outrigger.Core.Composition;

/// <summary>
/// Holds what a Pod claims to have of a required use against what it should be, strictly: whoever writes the status may have written the
/// containers too. What the pattern sets must be as it sets it; what it does not set may be there only where the API server defaults it or
/// where it is on the short lists here (docs/adr/0006-what-is-believed-of-the-status.md).
/// </summary>
internal static class RequiredUse
{
    private const string RunsAlong = "Always";

    /// <summary>What others rewrite with good reason: a registry's mirror, a LimitRange, the API server.</summary>
    private static readonly string[] Rewritten = ["image", "imagePullPolicy", "resources", "resizePolicy"];

    /// <summary>Where webhooks for the identity of a Pod's service account mount their tokens, in all containers.</summary>
    private const string Tokens = "/var/run/secrets/";

    /// <summary>The variables that the same webhooks add.</summary>
    private static readonly HashSet<string> TokenVariables = new(StringComparer.Ordinal)
    {
        "AWS_ROLE_ARN", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_STS_REGIONAL_ENDPOINTS",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
        "AZURE_CLIENT_ID", "AZURE_TENANT_ID", "AZURE_FEDERATED_TOKEN_FILE", "AZURE_AUTHORITY_HOST",
    };

    /// <summary>What the API server writes where a manifest says nothing, by field (k8s.io/kubernetes/pkg/apis/core/v1/defaults.go).</summary>
    private static readonly Dictionary<string, string> Defaults = new(StringComparer.Ordinal)
    {
        ["terminationMessagePath"] = "\"/dev/termination-log\"",
        ["terminationMessagePolicy"] = "\"File\"",
        ["protocol"] = "\"TCP\"",
        ["scheme"] = "\"HTTP\"",
        // Of httpGet; other paths are always said.
        ["path"] = "\"/\"",
        ["divisor"] = "\"0\"",
        ["volumeMode"] = "\"Filesystem\"",
        ["apiVersion"] = "\"v1\"",
        ["defaultMode"] = "420",
        ["timeoutSeconds"] = "1",
        ["periodSeconds"] = "10",
        ["successThreshold"] = "1",
        ["failureThreshold"] = "3",
        ["expirationSeconds"] = "3600",
        ["procMount"] = "\"Default\"",
        // Less than is allowed without it.
        ["allowPrivilegeEscalation"] = "false",
        ["readOnlyRootFilesystem"] = "true",
        ["runAsNonRoot"] = "true",
    };

    /// <summary>The parts in which the Pod has something else than the use, by their titles; empty where all of it is right.</summary>
    /// <param name="rendered">The use as it should be.</param>
    /// <param name="pod">The Pod.</param>
    /// <param name="application">Its application container.</param>
    /// <param name="noted">What the status says that the Pod has of it: the rest is still to be added.</param>
    public static IEnumerable<string> Differences(RenderedUse rendered, PodView pod, ContainerView application, Ownership noted) =>
    [
        .. rendered.Containers.SelectMany(container => InContainer(pod, container, runsAlong: true)),
        .. rendered.InitContainers.SelectMany(container => InContainer(pod, container, runsAlong: container["restartPolicy"]?.ToString() == RunsAlong)),
        .. rendered.Volumes.Where(volume => !HasVolume(pod, volume)).Select(volume => PartTitles.Volume(Text(volume, "name"))),
        .. rendered.Files.Where(file => pod.Annotations.GetValueOrDefault(AnnotationKeys.OfFile(rendered.Bound.Use.Instance, file.Key)) != file.Value)
            .Select(file => PartTitles.File(file.Key)),
        .. Changed(rendered.Mounts, "mountPath", noted.Mounts, () => PodView.Member(application.Element, "volumeMounts")).Select(path => PartTitles.Mount(path, application.Name)),
        .. Changed(rendered.Env, "name", noted.Env, () => application.Env).Select(name => PartTitles.Variable(name, application.Name)),
    ];

    /// <summary>The entries of one of the application's lists that the status notes and the list does not hold as they should be.</summary>
    private static IEnumerable<string> Changed(ImmutableArray<JsonObject> rendered, string key, ImmutableArray<string> noted, Func<JsonElement> list)
    {
        if (rendered.IsEmpty || noted.IsEmpty)
            return [];
        // One pass over each: both may be long.
        var known = noted.ToHashSet(StringComparer.Ordinal);
        var there = RunningUse.Entries(list(), key);
        return rendered.Where(entry => known.Contains(key == "mountPath" ? Occupancy.MountKey(Text(entry, key)) : Text(entry, key))
                && !(there.TryGetValue(Text(entry, key), out var actual) && IsSame(actual, entry, hostNetwork: false)))
            .Select(entry => Text(entry, key));
    }

    /// <summary>Whether a Pod has a volume as it is rendered, of the same source.</summary>
    public static bool HasVolume(PodView pod, JsonObject rendered)
    {
        var name = Text(rendered, "name");
        return PodView.Items(pod.Spec, "volumes").Any(volume => PodView.Text(volume, "name") == name
            && volume.EnumerateObject().All(member => member.Value.ValueKind == JsonValueKind.Null || rendered.ContainsKey(member.Name))
            && rendered.All(member => PodView.Member(volume, member.Key).ValueKind != JsonValueKind.Undefined)
            && IsSame(volume, rendered, pod.HasHostNetwork));
    }

    private static IEnumerable<string> InContainer(PodView pod, JsonObject rendered, bool runsAlong)
    {
        var name = Text(rendered, "name");
        // Which of the two lists holds a container that runs along is a setting, which may have changed since.
        var container = pod.InitContainers.FirstOrDefault(container => container.Name == name && container.IsNativeSidecar == runsAlong)
            ?? (runsAlong ? pod.Containers.FirstOrDefault(container => container.Name == name) : null);
        if (container is null)
            return [PartTitles.Container(name)];
        return rendered.Select(member => member.Key).Union(container.Element.EnumerateObject().Select(member => member.Name))
            .Where(field => !IsFieldRight(field, container, rendered[field], pod.HasHostNetwork))
            .Select(field => $"{field} of {PartTitles.Container(name)}");
    }

    private static bool IsFieldRight(string field, ContainerView container, JsonNode? expected, bool hostNetwork)
    {
        var actual = PodView.Member(container.Element, field);
        return field switch
        {
            _ when Rewritten.Contains(field) => true,
            "restartPolicy" => actual.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null || actual.ValueEquals(RunsAlong),
            "env" => HasEntries(container.Env, expected, "name", extra => PodView.Text(extra, "name") is { } name && TokenVariables.Contains(name)),
            "volumeMounts" => HasEntries(actual, expected, "mountPath", IsTokenMount),
            _ => IsSame(actual, expected, hostNetwork, field),
        };
    }

    private static bool IsTokenMount(JsonElement mount) =>
        PodView.Text(mount, "mountPath") is { } path && path.StartsWith(Tokens, StringComparison.Ordinal) && !path.Contains("..", StringComparison.Ordinal)
        && PodView.Text(mount, "subPath") is null && PodView.Text(mount, "subPathExpr") is null;

    /// <summary>Whether a list holds the entries that it should, each once, and beside them none but harmless ones.</summary>
    private static bool HasEntries(JsonElement actual, JsonNode? expected, string key, Func<JsonElement, bool> isHarmless)
    {
        var missing = (expected as JsonArray ?? []).OfType<JsonObject>().ToLookup(entry => Text(entry, key));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in actual.ValueKind == JsonValueKind.Array ? actual.EnumerateArray() : default)
        {
            var name = PodView.Text(entry, key) ?? "";
            if (!(missing.Contains(name) ? IsSame(entry, missing[name].Last(), hostNetwork: false) : isHarmless(entry)) || !seen.Add(name))
                return false;
        }

        return missing.All(entry => seen.Contains(entry.Key));
    }

    private static bool IsSame(JsonElement actual, JsonNode? expected, bool hostNetwork, string field = "")
    {
        switch (expected)
        {
            case JsonObject members when actual.ValueKind == JsonValueKind.Object:
                return members.All(member => member.Key == "sizeLimit" || IsSame(PodView.Member(actual, member.Key), member.Value, hostNetwork, member.Key))
                    && actual.EnumerateObject().All(member => members.ContainsKey(member.Name) || IsHarmless(member.Name, member.Value, hostNetwork));
            case JsonArray { Count: > 0 } list:
                return actual.ValueKind == JsonValueKind.Array && actual.GetArrayLength() == list.Count
                    && list.Zip(actual.EnumerateArray()).All(pair => IsSame(pair.Second, pair.First, hostNetwork));
            case null or JsonArray or JsonObject { Count: 0 }:
                return IsHarmless(field, actual, hostNetwork);
            case JsonObject:
                return false;
            default:
                // The API server drops members that hold nothing when it writes the Pod again.
                return actual.ValueKind == JsonValueKind.Undefined
                    ? expected.ToJsonString() is "false" or "0" or "\"\""
                    : JsonNode.DeepEquals(expected, JsonValue.Create(actual));
        }
    }

    /// <summary>Whether a field that the pattern does not set may be there.</summary>
    private static bool IsHarmless(string field, JsonElement actual, bool hostNetwork) => actual.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => true,
        JsonValueKind.Array => actual.GetArrayLength() == 0,
        JsonValueKind.Object when field == "seccompProfile" => actual.GetPropertyCount() == 1 && PodView.Text(actual, "type") == "RuntimeDefault",
        JsonValueKind.Object when field == "capabilities" => actual.EnumerateObject().All(member => member.Name == "drop" || IsHarmless("", member.Value, hostNetwork)),
        JsonValueKind.Object when field == "securityContext" => actual.EnumerateObject().All(member => IsHarmless(member.Name, member.Value, hostNetwork)),
        JsonValueKind.Object => actual.GetPropertyCount() == 0,
        JsonValueKind.String when actual.GetString() is "" => true,
        JsonValueKind.False when field != "runAsNonRoot" => true,
        // In the node's network the API server makes each port one of the node.
        JsonValueKind.Number when field == "hostPort" => hostNetwork,
        _ => Defaults.TryGetValue(field, out var preset) && actual.GetRawText() == preset,
    };

    private static string Text(JsonObject entry, string key) => entry[key]?.ToString() ?? "";
}
