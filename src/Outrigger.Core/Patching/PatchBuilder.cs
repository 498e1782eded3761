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
        var annotations = new List<Text>();
        var labels = new List<Text>();
        foreach (var addition in plan.Additions)
        {
            switch (addition)
            {
                case Addition.Annotation annotation:
                    annotations.Add(new(annotation.Key, annotation.Value, annotation.Json));
                    break;
                case Addition.Label label:
                    labels.Add(new(label.Key, label.Value, default));
                    break;
            }
        }

        if (pod.Metadata.ValueKind != JsonValueKind.Object && annotations.Count + labels.Count > 0)
            builder.Add("/metadata", new JsonObject());
        builder.AddTexts("annotations", annotations);
        builder.AddTexts("labels", labels);
        foreach (var list in Lists)
            builder.AddEntries(list, plan.Additions);
        if (plan.Additions.Contains(new Addition.SharedProcessNamespace()))
            builder.Add("/spec/shareProcessNamespace", JsonValue.Create(true));
        return builder._operations.ToImmutable();
    }

    private void Add(string path, JsonNode? value, ReadOnlyMemory<byte> json = default) => _operations.Add(new PatchOperation.Add(path, value) { Json = json });

    private void AddTexts(string member, List<Text> texts)
    {
        if (texts.Count == 0)
            return;
        var there = PodView.Member(_pod.Metadata, member);
        if (there.ValueKind != JsonValueKind.Object)
        {
            Add($"/metadata/{member}", new JsonObject(texts.Select(text => KeyValuePair.Create<string, JsonNode?>(text.Key, text.Value))));
            return;
        }

        foreach (var (key, value, json) in texts)
        {
            var path = $"/metadata/{member}/{JsonPointer.Escape(key)}";
            if (there.TryGetProperty(key, out _))
                _operations.Add(new PatchOperation.Replace(path, value) { Json = json });
            else
                Add(path, value, json);
        }
    }

    private void AddEntries(PodList list, ImmutableArray<Addition> additions)
    {
        var (first, last) = (0, 0);
        foreach (var addition in additions)
        {
            if (addition is Addition.Entry entry && entry.List == list)
                (first, last) = entry.First ? (first + 1, last) : (first, last + 1);
        }

        if (first + last == 0)
            return;
        var path = PathOf(list);
        var isThere = CreatedParents.In(_pod, _application, list).ValueKind == JsonValueKind.Array;
        if (!isThere)
            Add(path, new JsonArray([.. EntriesOf(first: true).Concat(EntriesOf(first: false)).Select(entry => entry.Value.DeepClone())]));
        var index = 0;
        foreach (var entry in isThere && first > 0 ? EntriesOf(first: true) : [])
            Add(string.Create(CultureInfo.InvariantCulture, $"{path}/{index++}"), entry.Value, entry.Json);
        foreach (var entry in isThere && last > 0 ? EntriesOf(first: false) : [])
            Add($"{path}/-", entry.Value, entry.Json);

        IEnumerable<Addition.Entry> EntriesOf(bool first)
        {
            foreach (var addition in additions)
            {
                if (addition is Addition.Entry entry && entry.List == list && entry.First == first)
                    yield return entry;
            }
        }
    }

    private string PathOf(PodList list)
    {
        var member = CreatedParents.MemberOf(list);
        return list is PodList.Volumes or PodList.InitContainers or PodList.Containers
            ? $"/spec/{member}"
            : string.Create(CultureInfo.InvariantCulture, $"/spec/containers/{_application.Index}/{member}");
    }

    private readonly record struct Text(string Key, string Value, ReadOnlyMemory<byte> Json);
}
