using System.Text.Json.Nodes;

namespace Outrigger.Core.Patching;

/// <summary>One operation of a JSON Patch (RFC 6902, section 4).</summary>
public abstract record PatchOperation
{
    private PatchOperation(string path) => Path = path;

    /// <summary>The target, a JSON Pointer (RFC 6901): <c>/spec/containers/-</c>; the empty string is the whole document.</summary>
    public string Path { get; }

    /// <summary>The value as JSON without white space, where it is known already; empty else.</summary>
    internal ReadOnlyMemory<byte> Json { get; init; }

    /// <summary>Sets an object's member, or inserts into an array before the index (<c>-</c>: at its end).</summary>
    public sealed record Add(string Path, JsonNode? Value) : PatchOperation(Path);

    /// <summary>Removes a member or an element, which must exist.</summary>
    public sealed record Remove(string Path) : PatchOperation(Path);

    /// <summary>Replaces a value that must exist.</summary>
    public sealed record Replace(string Path, JsonNode? Value) : PatchOperation(Path);

    /// <summary>Removes the value at <paramref name="From"/> and adds it at the path.</summary>
    public sealed record Move(string From, string Path) : PatchOperation(Path);

    /// <summary>Adds the value at <paramref name="From"/> at the path too.</summary>
    public sealed record Copy(string From, string Path) : PatchOperation(Path);

    /// <summary>Holds the document to a value: the whole patch fails where the target differs.</summary>
    public sealed record Test(string Path, JsonNode? Value) : PatchOperation(Path);
}
