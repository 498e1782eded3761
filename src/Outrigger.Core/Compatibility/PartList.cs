using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Outrigger.Core.Templating;

namespace Outrigger.Core.Compatibility;

/// <summary>The entries of a list in a pattern, as they are written, each under the key by which others know it.</summary>
internal sealed record PartList(IReadOnlyList<(string Key, JsonObject Entry)> Entries)
{
    /// <summary>Reads a list; none where there is none.</summary>
    public static PartList Of(Template? list, Func<JsonObject, string> key) => Of(list is null ? null : TemplateSource.Of(list), key);

    /// <summary>Reads a list that is written already.</summary>
    public static PartList Of(JsonNode? list, Func<JsonObject, string> key)
    {
        var seen = new Dictionary<string, int>();
        var entries = new List<(string, JsonObject)>();
        foreach (var entry in (list as JsonArray ?? []).OfType<JsonObject>().Select(Whole))
        {
            // Entries of one name exclude each other by their conditions.
            var name = key(entry);
            seen[name] = seen.GetValueOrDefault(name) + 1;
            entries.Add((seen[name] == 1 ? name : $"{name}#{seen[name]}", entry));
        }

        return new(entries);
    }

    /// <summary>A mapping as such a list: each member under its own key.</summary>
    public static PartList OfMembers(Template? mapping) => new(
    [
        .. from member in (mapping is null ? null : TemplateSource.Of(mapping)) as JsonObject ?? []
           select (member.Key, new JsonObject { ["value"] = member.Value?.DeepClone() }),
    ]);

    /// <summary>
    /// Compares two lists by their keys. Where one entry is gone and one is new, it is told as a rename.
    /// </summary>
    /// <param name="now">The other list.</param>
    /// <param name="subject">What the list is called.</param>
    /// <param name="changes">Where changes are added.</param>
    /// <param name="added">What a new entry asks for.</param>
    /// <param name="compare">Compares two entries of one key; the last argument is their subject.</param>
    public void Compare(
        PartList now,
        string subject,
        ICollection<Change> changes,
        Func<JsonObject, Change?> added,
        Action<JsonObject, JsonObject, string> compare)
    {
        var gone = Entries.Where(entry => now.Entries.All(other => other.Key != entry.Key)).ToList();
        var fresh = now.Entries.Where(entry => Entries.All(other => other.Key != entry.Key)).ToList();
        if (gone.Count == 1 && fresh.Count == 1)
        {
            changes.Add(new(ChangeClass.Major, subject, gone[0].Key, fresh[0].Key));
            compare(gone[0].Entry, fresh[0].Entry, $"{subject}.{fresh[0].Key}");
        }
        else
        {
            foreach (var (key, entry) in gone)
                changes.Add(new(ChangeClass.Major, $"{subject}.{key}", Text(entry), null));
            foreach (var (key, entry) in fresh)
                changes.Add((added(entry) ?? new(ChangeClass.Minor, "", null, Text(entry))) with { Subject = $"{subject}.{key}" });
        }

        foreach (var (key, entry) in Entries)
        {
            if (now.Entries.FirstOrDefault(other => other.Key == key).Entry is not { } other)
                continue;
            CompareDirectives(entry, other, $"{subject}.{key}", changes);
            compare(entry, other, $"{subject}.{key}");
        }
    }

    /// <summary>An entry as text, as JSON.</summary>
    public static string Text(JsonNode? node) => node switch
    {
        null => "nothing",
        // A member of a mapping.
        JsonObject { Count: 1 } entry when entry["value"] is { } value => Text(value),
        JsonValue value when value.TryGetValue(out string? text) => text,
        _ => node.ToJsonString(Relaxed),
    };

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static void CompareDirectives(JsonObject old, JsonObject now, string subject, ICollection<Change> changes)
    {
        foreach (var directive in (string[])["$when", "$each"])
        {
            var (before, after) = (old[directive]?.ToString(), now[directive]?.ToString());
            // What was always there and now is only for some was relied upon by the others.
            var change = after is null ? ChangeClass.Minor : ChangeClass.Major;
            if (before != after)
                changes.Add(new(change, $"{subject}.{directive}", before ?? "always", after ?? "always"));
        }
    }

    // An entry may be written behind its directives, or beside them.
    private static JsonObject Whole(JsonObject entry)
    {
        if (entry["$value"] is not JsonObject value)
            return entry;
        var whole = (JsonObject)value.DeepClone();
        foreach (var (key, directive) in entry.Where(member => member.Key is "$when" or "$each"))
            whole[key] = directive?.DeepClone();
        return whole;
    }
}
