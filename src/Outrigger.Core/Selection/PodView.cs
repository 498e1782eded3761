using System.Collections.Immutable;
using System.Text.Json;
using Outrigger.Core.Results;

namespace Outrigger.Core.Selection;

/// <summary>
/// Looks at a Pod, which stays raw JSON: no typed model, whose round trip would drop the fields of newer Kubernetes versions. Nothing is read
/// that nobody asks for: a Pod may hold thousands of variables.
/// </summary>
public sealed class PodView
{
    private readonly JsonElement _metadata;
    private readonly ImmutableArray<LongVariableList> _longLists;
    private ImmutableArray<ContainerView> _containers;
    private ImmutableArray<ContainerView> _initContainers;

    private PodView(JsonElement pod, string @namespace, ImmutableArray<LongVariableList> longLists, List<Problem> problems)
    {
        Element = pod;
        _metadata = Member(pod, "metadata");
        Spec = Member(pod, "spec");
        Namespace = @namespace.Length > 0 ? @namespace : Text(_metadata, "namespace") ?? "";
        Annotations = Texts(_metadata, "annotations", problems);
        Labels = Texts(_metadata, "labels", problems);
        _longLists = longLists;
    }

    /// <summary>The Pod.</summary>
    public JsonElement Element { get; }

    /// <summary>Its spec; undefined where there is none.</summary>
    public JsonElement Spec { get; }

    /// <summary>Where it is going: the review's namespace, else its own.</summary>
    public string Namespace { get; }

    /// <summary>Its name, or null where the API server will make one from <c>generateName</c>.</summary>
    public string? Name => Text(_metadata, "name");

    /// <summary>
    /// Its name where somebody chose it, else null: also one that the API server made from <c>generateName</c>, which nobody knew when the Pod was
    /// created (https://kubernetes.io/docs/reference/using-api/api-concepts/#generated-values).
    /// </summary>
    public string? ChosenName => Name is { } name && Text(_metadata, "generateName") is { Length: > 0 } prefix && name.StartsWith(prefix, StringComparison.Ordinal) ? null : Name;

    /// <summary>Whether somebody has asked for its deletion.</summary>
    public bool IsBeingDeleted => Member(_metadata, "deletionTimestamp").ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    /// <summary>Its annotations.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; }

    /// <summary>Its labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; }

    /// <summary><c>spec.containers</c>.</summary>
    public ImmutableArray<ContainerView> Containers => _containers.IsDefault ? _containers = ContainerView.ReadAll(Spec, "containers", _longLists) : _containers;

    /// <summary><c>spec.initContainers</c>.</summary>
    public ImmutableArray<ContainerView> InitContainers => _initContainers.IsDefault ? _initContainers = ContainerView.ReadAll(Spec, "initContainers", _longLists) : _initContainers;

    /// <summary>Whether it shows what a kubelet runs from a file.</summary>
    public bool IsMirror => Annotations.ContainsKey(AnnotationKeys.MirrorPod);

    /// <summary>Whether it is in the node's network.</summary>
    public bool HasHostNetwork => Flag("hostNetwork") == true;

    /// <summary>Whether it sees the node's processes, and its containers so each other's.</summary>
    public bool HasHostPid => Flag("hostPID") == true;

    /// <summary>What it says of <c>shareProcessNamespace</c>, or null.</summary>
    public bool? SharesProcessNamespace => Flag("shareProcessNamespace");

    /// <summary>The metadata; undefined where there is none.</summary>
    public JsonElement Metadata => _metadata;

    /// <summary>A view of a Pod; annotations and labels that are no strings are problems.</summary>
    /// <param name="pod">The Pod.</param>
    /// <param name="namespace">Where it is going; its own namespace counts where this is empty.</param>
    /// <param name="problems">What is malformed.</param>
    /// <param name="longLists">Lists of variables that were left out of <paramref name="pod"/>.</param>
    public static PodView Of(
        JsonElement pod, string @namespace, out ImmutableArray<Problem> problems, ImmutableArray<LongVariableList> longLists = default)
    {
        var found = new List<Problem>();
        var view = new PodView(pod, @namespace, longLists.IsDefault ? [] : longLists, found);
        problems = [.. found];
        return view;
    }

    /// <summary>
    /// Where the Pod has not the shape of one, so that adding to it would overwrite something: the API server refuses such a Pod, but a manifest
    /// may come here first.
    /// </summary>
    public IReadOnlyCollection<Problem> Misshapen()
    {
        List<Problem> problems = [];
        Mapping(_metadata, "metadata");
        Mapping(Spec, "spec");
        List(Spec, "volumes");
        List(Spec, "initContainers");
        List(Spec, "containers");
        foreach (var container in Containers)
        {
            List(container.Element, "env", container);
            List(container.Element, "envFrom", container);
            List(container.Element, "volumeMounts", container);
        }

        return problems;

        void Mapping(JsonElement part, string name)
        {
            if (part.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.Object))
                problems.Add(Problem.Of(name, "must be a mapping"));
        }

        void List(JsonElement parent, string name, ContainerView? container = null)
        {
            var list = Member(parent, name);
            if (list.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
                return;
            if (list.ValueKind != JsonValueKind.Array)
                problems.Add(Problem.Of(container is null ? $"spec.{name}" : $"spec.containers[{container.Index}].{name}", "must be a list"));
            else if (name is "containers" or "initContainers" && Items(parent, name).Any(item => item.ValueKind != JsonValueKind.Object))
                problems.Add(Problem.Of($"spec.{name}", "must be a list of mappings"));
        }
    }

    /// <summary>A member of an object; undefined where there is none, or no object.</summary>
    internal static JsonElement Member(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var member) ? member : default;

    /// <summary>A member that is a string, or null.</summary>
    internal static string? Text(JsonElement parent, string name) =>
        Member(parent, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>A member that is a whole number, or null.</summary>
    internal static long? Integer(JsonElement parent, string name) =>
        Member(parent, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var value) ? value : null;

    /// <summary>The elements of a member that is a list; none else.</summary>
    internal static JsonElement.ArrayEnumerator Items(JsonElement parent, string name) =>
        Member(parent, name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : default;

    private bool? Flag(string name) => Member(Spec, name).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static Dictionary<string, string> Texts(JsonElement metadata, string name, List<Problem> problems)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var members = Member(metadata, name);
        if (members.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
            return texts;
        if (members.ValueKind != JsonValueKind.Object)
        {
            problems.Add(Problem.Of($"metadata.{name}", "must be a mapping of strings"));
            return texts;
        }

        foreach (var member in members.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.String)
                texts[member.Name] = member.Value.GetString()!;
            else
                problems.Add(Problem.Of($"metadata.{name}[{member.Name}]", $"must be a string; write {Shown.Quoted(member.Value.GetRawText())}, in quotes"));
        }

        return texts;
    }
}
