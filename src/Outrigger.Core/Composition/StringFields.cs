using System.Text.Json;
using System.Text.Json.Nodes;

namespace Outrigger.Core.Composition;

/// <summary>
/// The fields of Kubernetes that are strings whatever they say: arguments, commands, values of variables, labels and annotations. A number or
/// boolean that a template places there becomes its text, since the API server would refuse the Pod for it.
/// </summary>
internal static class StringFields
{
    /// <summary>Makes texts of a rendered container's scalars where they have to be.</summary>
    public static void InContainer(JsonObject container)
    {
        InList(container["command"]);
        InList(container["args"]);
        foreach (var variable in container["env"] as JsonArray ?? [])
        {
            if (variable is JsonObject members)
                InVariable(members);
        }

        foreach (var (key, member) in container)
        {
            if (key.EndsWith("Probe", StringComparison.Ordinal))
                InList((member as JsonObject)?["exec"]?["command"]);
        }

        if (container["lifecycle"] is JsonObject lifecycle)
        {
            foreach (var (_, hook) in lifecycle)
                InList((hook as JsonObject)?["exec"]?["command"]);
        }
    }

    /// <summary>Makes a text of a variable's value.</summary>
    public static void InVariable(JsonObject variable)
    {
        if (variable["value"] is JsonValue value && value.GetValueKind() != JsonValueKind.String)
            variable["value"] = Text(value);
    }

    /// <summary>A scalar's text: a string as it is, a number or boolean as JSON writes it.</summary>
    public static string Text(JsonNode scalar) =>
        scalar.GetValueKind() == JsonValueKind.String ? scalar.GetValue<string>() : scalar.ToJsonString();

    private static void InList(JsonNode? list)
    {
        if (list is not JsonArray items)
            return;
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is JsonValue value && value.GetValueKind() != JsonValueKind.String)
                items[i] = Text(value);
        }
    }
}
