using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Outrigger.Core.Results;
using Outrigger.Core.Selection;

namespace Outrigger.Core.Composition;

/// <summary>What the annotation <c>outrigger.dev/status</c> says: the injector's own note of what it brought.</summary>
/// <remarks>
/// Anybody who may create Pods may write it too. So it is believed only as far as it does no harm: it makes things recognised that the Pod
/// holds, it never makes anything of the Pod's be changed or removed, and a required use is compared with what it should be.
/// </remarks>
public sealed record InjectionStatus
{
    /// <summary>The application container's name.</summary>
    public required string Application { get; init; }

    /// <summary>Each use.</summary>
    public required ImmutableArray<StatusUse> Uses { get; init; }

    /// <summary>
    /// The parents that the injection made, as <c>spec.volumes</c> or <c>application.env</c> (<c>=null</c> behind it where there was a null): without them the way back would leave an empty list where
    /// there was none.
    /// </summary>
    public ImmutableArray<string> Created { get; init; } = [];

    /// <summary>The use of an instance, or null.</summary>
    public StatusUse? this[string instance] => Uses.FirstOrDefault(use => use.Instance == instance);

    /// <summary>Whether the injector could have written it: each use once, and the application is none that was injected.</summary>
    private bool IsConsistent => Uses.Select(use => use.Instance).ToHashSet(StringComparer.Ordinal).Count == Uses.Length
        && !Uses.Any(use => use.Owns.Containers.Contains(Application) || use.Owns.InitContainers.Contains(Application));

    /// <summary>Reads the annotation's text.</summary>
    public static Result<InjectionStatus> Read(string text)
    {
        // No API server takes a longer one.
        if (text.Length > AnnotationSize.Limit)
            return Foreign(text);
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            var status = new InjectionStatus
            {
                Application = Text(root, "application"),
                Uses = [.. root.GetProperty("uses").EnumerateArray().Select(ReadUse)],
                Created = Texts(root, "created"),
            };
            return status.IsConsistent ? Result.Ok(status) : Foreign(text);
        }
        // The last one: half of a character, which is no text in UTF-8.
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            return Foreign(text);
        }
    }

    private static Result<InjectionStatus> Foreign(string text) => Result.Fail<InjectionStatus>(Problem.Of(
        AnnotationKeys.Status, $"is {Shown.Quoted(text)}, which the injector did not write; remove this annotation"));

    /// <summary>The annotation's text: JSON, without what is empty.</summary>
    public string Write()
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteString("application", Application);
            writer.WriteStartArray("uses");
            foreach (var use in Uses)
                WriteUse(writer, use);
            writer.WriteEndArray();
            WriteTexts(writer, "created", Created);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static StatusUse ReadUse(JsonElement use) => new()
    {
        Instance = Text(use, "instance"),
        Pattern = Text(use, "pattern"),
        Version = Text(use, "version"),
        Revision = Text(use, "revision"),
        Asked = Text(use, "asked"),
        Owns = new()
        {
            Containers = Texts(use, "containers"),
            InitContainers = Texts(use, "initContainers"),
            Volumes = Texts(use, "volumes"),
            Mounts = Texts(use, "mounts"),
            Env = Texts(use, "env"),
            EnvFrom = Texts(use, "envFrom"),
            Files = Texts(use, "files"),
            Labels = Texts(use, "labels"),
            Annotations = Texts(use, "annotations"),
            ShareProcessNamespace = use.TryGetProperty("shareProcessNamespace", out var shared) && shared.GetBoolean(),
        },
    };

    private static void WriteUse(Utf8JsonWriter writer, StatusUse use)
    {
        writer.WriteStartObject();
        writer.WriteString("instance", use.Instance);
        writer.WriteString("pattern", use.Pattern);
        writer.WriteString("version", use.Version);
        writer.WriteString("revision", use.Revision);
        writer.WriteString("asked", use.Asked);
        WriteTexts(writer, "containers", use.Owns.Containers);
        WriteTexts(writer, "initContainers", use.Owns.InitContainers);
        WriteTexts(writer, "volumes", use.Owns.Volumes);
        WriteTexts(writer, "mounts", use.Owns.Mounts);
        WriteTexts(writer, "env", use.Owns.Env);
        WriteTexts(writer, "envFrom", use.Owns.EnvFrom);
        WriteTexts(writer, "files", use.Owns.Files);
        WriteTexts(writer, "labels", use.Owns.Labels);
        WriteTexts(writer, "annotations", use.Owns.Annotations);
        if (use.Owns.ShareProcessNamespace)
            writer.WriteBoolean("shareProcessNamespace", true);
        writer.WriteEndObject();
    }

    private static string Text(JsonElement parent, string name) => parent.GetProperty(name).GetString() ?? throw new JsonException($"{name} is null");

    private static ImmutableArray<string> Texts(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var list) ? [.. list.EnumerateArray().Select(item => item.GetString() ?? throw new JsonException("a string is missing"))] : [];

    private static void WriteTexts(Utf8JsonWriter writer, string name, ImmutableArray<string> texts)
    {
        if (texts.IsEmpty)
            return;
        writer.WriteStartArray(name);
        foreach (var text in texts)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }
}

/// <summary>One use in the status.</summary>
public sealed record StatusUse
{
    /// <summary>The name of the use.</summary>
    public required string Instance { get; init; }

    /// <summary>Its pattern.</summary>
    public required string Pattern { get; init; }

    /// <summary>The pattern's version.</summary>
    public required string Version { get; init; }

    /// <summary>The pattern's revision hash.</summary>
    public required string Revision { get; init; }

    /// <summary>A hash of what the Pod's annotations asked for: the pattern and the parameters of this use.</summary>
    public required string Asked { get; init; }

    /// <summary>What it owns.</summary>
    public required Ownership Owns { get; init; }
}
