using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Outrigger.Core.Composition;
using Outrigger.Core.Manifests;
using Outrigger.Core.Selection;

namespace Outrigger.Core.Patching;

/// <summary>
/// Writes a plan as JSON Patch: one operation for each addition, none for anything else. Documents are never compared: that costs quadratic
/// time, and finds changes that nobody made.
/// </summary>
public sealed class PatchBuilder
{
    private static readonly PodList[] Lists = Enum.GetValues<PodList>();

    private readonly PodView _pod;
    private readonly ContainerView _application;
    private readonly ImmutableArray<PatchOperation>.Builder _operations = ImmutableArray.CreateBuilder<PatchOperation>();

    private PatchBuilder(PodView pod, ContainerView application) => (_pod, _application) = (pod, application);

    /// <summary>The operations that make a Pod what its plan says, for the Pod as it is.</summary>
    public static ImmutableArray<PatchOperation> Build(Plan plan, PodView pod, ContainerView application)
    {
        var builder = new PatchBuilder(pod, application);
        var annotations = new List<KeyValuePair<string, string>>();
        var labels = new List<KeyValuePair<string, string>>();
        foreach (var addition in plan.Additions)
        {
            switch (addition)
            {
                case Addition.Annotation annotation:
                    annotations.Add(new(annotation.Key, annotation.Value));
                    break;
                case Addition.Label label:
                    labels.Add(new(label.Key, label.Value));
                    break;
            }
        }

        if (pod.Metadata.ValueKind != JsonValueKind.Object && annotations.Count + labels.Count > 0)
            builder.Add("/metadata", new JsonObject());
        builder.AddTexts("annotations", annotations);
        builder.AddTexts("labels", labels);
        foreach (var list in Lists)
            builder.AddEntries(list, [.. plan.Additions.OfType<Addition.Entry>().Where(entry => entry.List == list)]);
        if (plan.Additions.Any(addition => addition is Addition.SharedProcessNamespace))
            builder.Add("/spec/shareProcessNamespace", JsonValue.Create(true));
        return builder._operations.ToImmutable();
    }

    private void Add(string path, JsonNode? value) => _operations.Add(new PatchOperation.Add(path, value));

    private void AddTexts(string member, List<KeyValuePair<string, string>> texts)
    {
        if (texts.Count == 0)
            return;
        var there = PodView.Member(_pod.Metadata, member);
        if (there.ValueKind != JsonValueKind.Object)
        {
            Add($"/metadata/{member}", new JsonObject(texts.Select(text => KeyValuePair.Create<string, JsonNode?>(text.Key, text.Value))));
            return;
        }

        foreach (var (key, value) in texts)
        {
            var path = $"/metadata/{member}/{JsonPointer.Escape(key)}";
            _operations.Add(there.TryGetProperty(key, out _) ? new PatchOperation.Replace(path, value) : new PatchOperation.Add(path, value));
        }
    }

    private void AddEntries(PodList list, List<Addition.Entry> entries)
    {
        if (entries.Count == 0)
            return;
        var path = PathOf(list);
        var first = entries.Where(entry => entry.First);
        var last = entries.Where(entry => !entry.First);
        if (CreatedParents.In(_pod, _application, list).ValueKind != JsonValueKind.Array)
        {
            Add(path, new JsonArray([.. first.Concat(last).Select(entry => entry.Value.DeepClone())]));
            return;
        }

        var index = 0;
        foreach (var entry in first)
            Add(string.Create(CultureInfo.InvariantCulture, $"{path}/{index++}"), entry.Value);
        foreach (var entry in last)
            Add($"{path}/-", entry.Value);
    }

    private string PathOf(PodList list)
    {
        var name = CreatedParents.NameOf(list);
        var member = name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..];
        return name.StartsWith("spec.", StringComparison.Ordinal)
            ? $"/spec/{member}"
            : string.Create(CultureInfo.InvariantCulture, $"/spec/containers/{_application.Index}/{member}");
    }
}
