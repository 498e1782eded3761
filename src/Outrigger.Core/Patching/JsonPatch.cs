using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Outrigger.Core.Manifests;
using Outrigger.Core.Results;

namespace Outrigger.Core.Patching;

/// <summary>Reads, writes and applies JSON Patches (RFC 6902).</summary>
public static class JsonPatch
{
    private static readonly string[] Operations = ["add", "remove", "replace", "move", "copy", "test"];

    /// <summary>
    /// The document after all operations, or the first operation that failed: nothing is ever half applied, and the input is left as
    /// it was. The values of the operations are copied too.
    /// </summary>
    public static Result<PatchedDocument> Apply(JsonNode? document, IEnumerable<PatchOperation> operations)
    {
        var target = new PatchTarget(document?.DeepClone());
        var index = 0;
        foreach (var operation in operations)
        {
            if (target.Apply(operation) is { } message)
                return Result.Fail<PatchedDocument>(Problem.Of($"operation {index} ({Name(operation)} {operation.Path})", message));
            index++;
        }

        return Result.Ok(new PatchedDocument(target.Root));
    }

    /// <summary>
    /// The operations of a parsed patch, or all that is wrong with it. A <c>value</c> of null is a value; members that the RFC does
    /// not name are ignored, as it demands.
    /// </summary>
    public static Result<IReadOnlyList<PatchOperation>> Read(JsonNode? patch)
    {
        if (patch is not JsonArray items)
            return Result.Fail<IReadOnlyList<PatchOperation>>(Problem.Of("", "a JSON Patch is an array of operations"));
        var problems = new List<Problem>();
        var operations = ImmutableArray.CreateBuilder<PatchOperation>(items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            if (ReadOperation(items[i], $"operation {i}", problems) is { } operation)
                operations.Add(operation);
        }

        return Result.Of<IReadOnlyList<PatchOperation>>(() => operations.ToImmutable(), problems);
    }

    /// <summary>Writes a patch as an array, an operation's members as <c>op</c>, <c>from</c>, <c>path</c>, <c>value</c>.</summary>
    public static void Write(Utf8JsonWriter writer, IEnumerable<PatchOperation> operations) => Write(writer, operations, isCompact: false);

    /// <summary>The same, with values as they were written before: for a writer without indentation that escapes no more than it must.</summary>
    internal static void WriteCompact(Utf8JsonWriter writer, IEnumerable<PatchOperation> operations) => Write(writer, operations, isCompact: true);

    private static void Write(Utf8JsonWriter writer, IEnumerable<PatchOperation> operations, bool isCompact)
    {
        writer.WriteStartArray();
        foreach (var operation in operations)
        {
            writer.WriteStartObject();
            writer.WriteString("op"u8, Name(operation));
            if (Origin(operation) is { } from)
                writer.WriteString("from"u8, from);
            writer.WriteString("path"u8, operation.Path);
            if (operation is PatchOperation.Add or PatchOperation.Replace or PatchOperation.Test)
            {
                writer.WritePropertyName("value"u8);
                if (isCompact && !operation.Json.IsEmpty)
                    writer.WriteRawValue(operation.Json.Span, skipInputValidation: true);
                else
                    WriteValue(writer, operation);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static PatchOperation? ReadOperation(JsonNode? node, string subject, List<Problem> problems)
    {
        if (node is not JsonObject members)
        {
            problems.Add(Problem.Of(subject, "an operation is an object"));
            return null;
        }

        var before = problems.Count;
        var name = ReadString(members, "op", subject, problems);
        if (name is not null && !Operations.Contains(name))
        {
            var hint = Nearest.Hint(name, Operations);
            problems.Add(Problem.Of(subject, $"op \"{name}\" is not one of {string.Join(", ", Operations)}{hint}"));
        }

        var path = ReadPointer(members, "path", subject, problems);
        var from = name is "move" or "copy" ? ReadPointer(members, "from", subject, problems) : null;
        if (!members.TryGetPropertyValue("value", out var value) && name is "add" or "replace" or "test")
            problems.Add(Problem.Of(subject, $"{name} needs a value"));
        if (problems.Count > before)
            return null;
        return name switch
        {
            "add" => new PatchOperation.Add(path!, value),
            "remove" => new PatchOperation.Remove(path!),
            "replace" => new PatchOperation.Replace(path!, value),
            "move" => new PatchOperation.Move(from!, path!),
            "copy" => new PatchOperation.Copy(from!, path!),
            _ => new PatchOperation.Test(path!, value),
        };
    }

    private static string? ReadPointer(JsonObject members, string name, string subject, List<Problem> problems)
    {
        var text = ReadString(members, name, subject, problems);
        if (text is not null && JsonPointer.Segments(text) is null)
            problems.Add(Problem.Of(subject, $"{name} \"{text}\" is no JSON Pointer: each part starts with / and writes ~ as ~0, / as ~1"));
        return text;
    }

    private static string? ReadString(JsonObject members, string name, string subject, List<Problem> problems)
    {
        if (members[name] is JsonValue value && value.TryGetValue(out string? text))
            return text;
        problems.Add(Problem.Of(subject, $"needs {name}, a string"));
        return null;
    }

    private static void WriteValue(Utf8JsonWriter writer, PatchOperation operation)
    {
        if (PatchTarget.ValueOf(operation) is { } value)
            value.WriteTo(writer);
        else
            writer.WriteNullValue();
    }

    private static string? Origin(PatchOperation operation) => operation switch
    {
        PatchOperation.Move move => move.From,
        PatchOperation.Copy copy => copy.From,
        _ => null,
    };

    private static string Name(PatchOperation operation) => operation switch
    {
        PatchOperation.Add => "add",
        PatchOperation.Remove => "remove",
        PatchOperation.Replace => "replace",
        PatchOperation.Move => "move",
        PatchOperation.Copy => "copy",
        PatchOperation.Test => "test",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
