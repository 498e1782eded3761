using System.Text.Json.Nodes;
using Cel;

namespace Outrigger.Chart.Tests.Admission;

/// <summary>A condition in CEL, as the API server evaluates it on one request.</summary>
internal static class Condition
{
    private static readonly CelEnvironment Environment = new(null, "");

    /// <summary>Whether it holds. A Pod that is being created has no old one.</summary>
    public static bool Holds(string expression, JsonObject pod, JsonObject? oldPod) => (bool)Environment.Compile(expression)(new Dictionary<string, object?>
    {
        ["object"] = Plain(pod),
        ["oldObject"] = Plain(oldPod),
    })!;

    private static object? Plain(JsonNode? node) => node switch
    {
        JsonObject map => map.ToDictionary(member => member.Key, member => Plain(member.Value)),
        JsonArray list => list.Select(Plain).ToArray(),
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        JsonValue value when value.TryGetValue<bool>(out var flag) => flag,
        JsonValue value => value.GetValue<double>(),
        _ => null,
    };
}
