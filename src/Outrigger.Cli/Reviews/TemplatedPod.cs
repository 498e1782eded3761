using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Outrigger.Cli.Inputs;
using Outrigger.Core.Manifests;
using Outrigger.Core.Patching;
using Outrigger.Core.Results;

namespace Outrigger.Cli.Reviews;

/// <summary>A Pod that a manifest makes: itself, or through the template of a workload.</summary>
internal sealed record TemplatedPod
{
    /// <summary>The document that it is in.</summary>
    public required Manifest Manifest { get; init; }

    /// <summary>Where in the document.</summary>
    public required PodTemplate Template { get; init; }

    /// <summary>
    /// The Pod as a controller would create it. Its <c>metadata</c> and <c>spec</c> are the template's own, with nothing added, so that a
    /// patch of the Pod is one of the template.
    /// </summary>
    public required JsonObject Pod { get; init; }

    /// <summary><c>Deployment/web</c>, as kubectl names things.</summary>
    public string Title => Shown.Line(Template.Name is null ? Template.Kind : $"{Template.Kind}/{Template.Name}");

    /// <summary>The mapping that its <c>metadata</c> and <c>spec</c> are written in.</summary>
    public SourceNode? Source => Manifest.Source.Root.Find(Template.Pointer);

    /// <summary>Where the workload is written.</summary>
    public SourceLocation Location => Manifest.Source.Root.Find(Template.OwnerPointer)?.Location ?? Manifest.Source.Start;

    /// <summary>All Pods of a document, in the order in which they are written.</summary>
    public static IEnumerable<TemplatedPod> Of(Manifest manifest) =>
        from template in PodTemplates.Find(manifest.Json)
        select new TemplatedPod { Manifest = manifest, Template = template, Pod = PodOf(manifest.Json, template.Pointer) };

    /// <summary>The Pod as an element, which is what a review is about.</summary>
    public JsonElement ToElement()
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json, new JsonWriterOptions { MaxDepth = int.MaxValue }))
            Pod.WriteTo(writer);
        return JsonElement.Parse(json.WrittenSpan, new JsonDocumentOptions { MaxDepth = int.MaxValue });
    }

    /// <summary>Operations on the Pod, as operations on its document.</summary>
    public ImmutableArray<PatchOperation> InDocument(IEnumerable<PatchOperation> operations) => [.. operations.Select(InDocument)];

    private PatchOperation InDocument(PatchOperation operation) => operation switch
    {
        PatchOperation.Add add => new PatchOperation.Add(Template.Pointer + add.Path, add.Value),
        PatchOperation.Remove remove => new PatchOperation.Remove(Template.Pointer + remove.Path),
        PatchOperation.Replace replace => new PatchOperation.Replace(Template.Pointer + replace.Path, replace.Value),
        PatchOperation.Move move => new PatchOperation.Move(Template.Pointer + move.From, Template.Pointer + move.Path),
        PatchOperation.Copy copy => new PatchOperation.Copy(Template.Pointer + copy.From, Template.Pointer + copy.Path),
        PatchOperation.Test test => new PatchOperation.Test(Template.Pointer + test.Path, test.Value),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static JsonObject PodOf(JsonNode? document, string pointer)
    {
        JsonPointer.Resolve(document, pointer, out var found);
        var template = (JsonObject)found!.DeepClone();
        if (pointer.Length == 0)
            return template;
        template["apiVersion"] = "v1";
        template["kind"] = "Pod";
        return template;
    }
}
