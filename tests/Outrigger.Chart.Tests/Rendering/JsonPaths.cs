using System.Text.Json.Nodes;

namespace Outrigger.Chart.Tests.Rendering;

/// <summary>Short ways into an object.</summary>
internal static class JsonPaths
{
    /// <summary>What stands at a path, <c>spec.template.0.name</c>, or null where it leads nowhere.</summary>
    public static JsonNode? At(this JsonNode? node, string path)
    {
        foreach (var step in path.Split('.'))
            node = node is JsonArray list ? list.ElementAtOrDefault(int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)) : node?[step];
        return node;
    }

    /// <summary>The members of the list at a path; none where it leads nowhere.</summary>
    public static JsonNode[] Items(this JsonNode? node, string path) => node.At(path) is JsonArray list ? [.. list.Select(item => item!)] : [];

    /// <summary>The strings of the list at a path.</summary>
    public static string[] Texts(this JsonNode? node, string path) => [.. node.Items(path).Select(item => (string)item!)];

    /// <summary>The mapping of strings at a path.</summary>
    public static Dictionary<string, string> Map(this JsonNode? node, string path) =>
        node.At(path) is JsonObject map ? map.ToDictionary(member => member.Key, member => (string)member.Value!) : [];

    /// <summary>The member of a list at a path that has a name.</summary>
    public static JsonNode? Named(this JsonNode? node, string path, string name) => node.Items(path).SingleOrDefault(item => (string?)item["name"] == name);
}
