using System.Text.Json;
using System.Text.Json.Nodes;
using Outrigger.Cli.Output;
using Outrigger.Core.Patching;

namespace Outrigger.Cli.Edits;

/// <summary>Prints edited manifests.</summary>
internal static class EditWriter
{
    /// <summary>
    /// The texts of all files, one after the other. A single file without edits comes out byte for byte; between two files, a separator is
    /// added where there is none.
    /// </summary>
    public static void WriteYaml(TextWriter output, IReadOnlyList<EditedFile> files)
    {
        var before = "";
        foreach (var text in files.Select(file => file.Text).Where(text => text.Length > 0))
        {
            output.Write(Separator(before, text));
            output.Write(text);
            before = text;
        }
    }

    /// <summary>One document as it is; several as a <c>List</c>, as kubectl prints them. Empty documents are left out.</summary>
    public static void WriteJson(TextWriter output, IReadOnlyList<EditedFile> files)
    {
        JsonNode[] documents =
        [
            .. from document in Filled(files)
               select JsonPatch.Apply(document.Manifest.Json, document.Operations).Value.Root!.DeepClone(),
        ];
        if (documents.Length == 0)
            return;
        var whole = documents.Length == 1
            ? documents[0]
            : new JsonObject { ["apiVersion"] = "v1", ["items"] = new JsonArray(documents), ["kind"] = "List" };
        output.Write(Json.Pretty(writer => whole.WriteTo(writer)) + "\n");
    }

    /// <summary>
    /// For one document, its JSON Patch on one line: for a Pod, what the webhook answers. For several, an array with one line for each
    /// document that changes: <c>{"file", "line", "kind", "namespace", "name", "patch"}</c>.
    /// </summary>
    public static void WritePatch(TextWriter output, IReadOnlyList<EditedFile> files)
    {
        EditedDocument[] documents = [.. Filled(files)];
        if (documents.Length == 1)
        {
            output.Write(Json.Line(writer => JsonPatch.Write(writer, documents[0].Operations)) + "\n");
            return;
        }

        var changed = documents.Where(document => !document.Operations.IsEmpty);
        string[] lines = [.. changed.Select(document => Json.Line(writer => WriteNamed(writer, document)))];
        output.Write(lines.Length > 0 ? $"[\n{string.Join(",\n", lines)}\n]\n" : "[]\n");
    }

    /// <summary>What changes in each file; nothing for files that stay as they are.</summary>
    public static void WriteDiff(TextWriter output, IReadOnlyList<EditedFile> files, bool colors)
    {
        foreach (var file in files)
            UnifiedDiff.Write(output, file.File.Name, file.File.Name, file.File.Text, file.Text, colors);
    }

    private static IEnumerable<EditedDocument> Filled(IEnumerable<EditedFile> files) =>
        files.SelectMany(file => file.Documents).Where(document => document.Manifest.Json is not null);

    private static void WriteNamed(Utf8JsonWriter writer, EditedDocument document)
    {
        writer.WriteStartObject();
        writer.WriteString("file"u8, document.Manifest.Source.Start.File);
        writer.WriteNumber("line"u8, document.Manifest.Source.Root!.Location.Line);
        var json = document.Manifest.Json as JsonObject;
        WriteMember(writer, "kind", json?["kind"]);
        var metadata = json?["metadata"] as JsonObject;
        WriteMember(writer, "namespace", metadata?["namespace"]);
        WriteMember(writer, "name", metadata?["name"]);
        writer.WritePropertyName("patch"u8);
        JsonPatch.Write(writer, document.Operations);
        writer.WriteEndObject();
    }

    private static void WriteMember(Utf8JsonWriter writer, string name, JsonNode? value)
    {
        if (value is null)
            return;
        writer.WritePropertyName(name);
        value.WriteTo(writer);
    }

    // A document that starts with a directive must follow the end of the last one, not just its separator.
    private static string Separator(string before, string next)
    {
        if (before.Length == 0)
            return "";
        var lineBreak = before.EndsWith('\n') ? "" : "\n";
        var first = next.AsSpan().TrimStart();
        return first.StartsWith("---") ? lineBreak : lineBreak + (first.StartsWith("%") ? "...\n" : "---\n");
    }
}
