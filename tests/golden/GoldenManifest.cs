using System.Text.Json;
using System.Text.Json.Nodes;
using Outrigger.Core.Manifests;
using Outrigger.Core.Patching;
using Xunit.Sdk;

namespace Outrigger.Golden;

/// <summary>A manifest with one Pod or Pod template in it.</summary>
internal sealed class GoldenManifest
{
    private readonly PodTemplate _template;

    private GoldenManifest(string text, JsonNode document, PodTemplate template) => (Text, Document, _template) = (text, document, template);

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>The whole document.</summary>
    public JsonNode Document { get; }

    /// <summary>The namespace that it names, or null.</summary>
    public string? Namespace => _template.Namespace;

    /// <summary>The Pod or Pod template, as it stands in the document.</summary>
    public JsonNode Pod => JsonPointer.Resolve(Document, _template.Pointer, out var pod) ? pod! : throw new InvalidOperationException(_template.Pointer);

    /// <summary>The Pod as a controller creates it: a template has neither version nor kind.</summary>
    public JsonObject CreatedPod
    {
        get
        {
            var created = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Pod" };
            foreach (var (key, value) in Pod.AsObject())
                created[key] = value?.DeepClone();
            return created;
        }
    }

    /// <summary>Reads a manifest.</summary>
    public static GoldenManifest Read(string text, string file)
    {
        var documents = ManifestReader.Read(text, file);
        var document = documents.IsOk ? documents.Value.Single(document => document.Root is not null).Root!.ToJson()! : throw new XunitException(string.Join('\n', documents.Problems));
        return PodTemplates.Find(document) is [var template] ? new(text, document, template) : throw new XunitException($"{file} must hold one Pod or Pod template");
    }

    /// <summary>The manifest after a patch of its Pod.</summary>
    public GoldenManifest With(IEnumerable<PatchOperation> patch)
    {
        var patched = JsonPatch.Apply(Pod, patch);
        if (!patched.TryGet(out var pod))
            throw new XunitException(string.Join('\n', patched.Problems));
        if (_template.Pointer.Length == 0)
            return new(Text, pod.Root!, _template);
        var document = JsonPatch.Apply(Document, [new PatchOperation.Replace(_template.Pointer, pod.Root)]);
        return new(Text, document.Value.Root!, _template);
    }

    /// <summary>A node as the element that a review reads.</summary>
    public static JsonElement Element(JsonNode node) => JsonElement.Parse(node.ToJsonString());
}
