using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Outrigger.Core.Results;
using Outrigger.Core.Selection;

namespace Outrigger.Core.Composition;

/// <summary>
/// Holds one rendered use against a Pod: what is there already stays, what the Pod set itself stays, what clashes is a problem that names
/// both owners and the parameter that resolves it.
/// </summary>
internal sealed class UseFitter
{
    private const string ChangeThePod = "change it in the Pod";
    private const int LongestLabel = 63;

    private readonly RenderedUse _rendered;
    private readonly Use _use;
    private readonly string _application;
    private readonly Occupancy _taken;
    private readonly Ownership _earlier;
    private readonly PodView _pod;
    private readonly List<Addition> _additions = [];
    private readonly HashSet<(Slot, string)> _takes = [];
    private readonly List<Problem> _problems = [];
    private HashSet<(Slot, string)>? _clashes;
    private readonly List<Problem> _authorProblems = [];
    private readonly List<string> _warnings = [];

    /// <summary>
    /// Whether a container joins the Pod now. Then the volumes and files that it meets must be its own, whatever the status says of them.
    /// </summary>
    private bool _addsContainers;

    private UseFitter(RenderedUse rendered, PodView pod, string application, Occupancy taken, Ownership earlier)
    {
        (_rendered, _use, _pod, _application, _taken, _earlier) = (rendered, rendered.Bound.Use, pod, application, taken, earlier);
    }

    /// <summary>Fits a use.</summary>
    /// <param name="rendered">What it wants.</param>
    /// <param name="pod">The Pod.</param>
    /// <param name="application">The application container's name.</param>
    /// <param name="taken">The names of the Pod and of the uses before; not changed here.</param>
    /// <param name="earlier">What an earlier review of this Pod noted as this use's own.</param>
    public static FittedUse Fit(RenderedUse rendered, PodView pod, string application, Occupancy taken, Ownership earlier)
    {
        var fitter = new UseFitter(rendered, pod, application, taken, earlier);
        var first = fitter._use.Pattern.IsFirst;
        var owns = new Ownership
        {
            Containers = fitter.AddContainers(rendered.Containers, PodList.Containers, earlier.Containers, first: false),
            InitContainers = fitter.AddContainers(rendered.InitContainers, PodList.InitContainers, earlier.InitContainers, first),
            Volumes = fitter.AddNamed(rendered.Volumes, PodList.Volumes, Slot.Volume, earlier.Volumes),
            Mounts = fitter.AddMounts(earlier.Mounts),
            Env = fitter.AddEnv(earlier.Env),
            EnvFrom = fitter.AddEnvFrom(earlier.EnvFrom),
            Files = fitter.AddFiles(earlier.Files),
            Labels = fitter.AddTexts(rendered.Labels, Slot.Label, earlier.Labels),
            Annotations = fitter.AddTexts(rendered.Annotations, Slot.Annotation, earlier.Annotations),
            ShareProcessNamespace = fitter.ShareProcessNamespace(pod),
        };
        return new()
        {
            Rendered = rendered,
            Additions = [.. fitter._additions],
            Owns = owns,
            Takes = [.. fitter._takes],
            Problems = [.. fitter._problems],
            AuthorProblems = [.. fitter._authorProblems],
            Warnings = [.. fitter._warnings],
        };
    }

    /// <summary>Fits a use to a Pod that holds nothing; not for a pattern that shares the process namespace, which every Pod has a say in.</summary>
    public static FittedUse FitAlone(RenderedUse rendered) => Fit(rendered, PodView.Of(default, "", out _), "", Occupancy.Nothing, new());

    private ImmutableArray<string> AddContainers(ImmutableArray<JsonObject> entries, PodList list, ImmutableArray<string> earlier, bool first)
    {
        // A manifest that was injected for a cluster without native sidecars holds the same container in the other list.
        var known = Noted(_earlier.Containers.AddRange(_earlier.InitContainers));
        var (owned, noted) = (earlier.ToBuilder(), Noted(earlier));
        foreach (var entry in entries)
        {
            var name = NameOf(entry, "name", "container");
            if (name is null || IsThere(Slot.Container, name, known))
                continue;
            if (!Claim(Slot.Container, name, $"container name {Shown.Quoted(name)}", NewInstance()))
                continue;
            foreach (var port in Occupancy.PortsOf(entry))
                _ = Claim(Slot.Port, port, $"port {port} of container {name}", Parameter(port[..port.IndexOf('/', StringComparison.Ordinal)]) ?? ChangeThePod);
            _addsContainers = true;
            Add(list, entry, first, name, owned, noted);
        }

        return owned.ToImmutable();
    }

    private ImmutableArray<string> AddNamed(ImmutableArray<JsonObject> entries, PodList list, Slot slot, ImmutableArray<string> earlier)
    {
        var (owned, noted) = (earlier.ToBuilder(), Noted(earlier));
        foreach (var entry in entries)
        {
            if (NameOf(entry, "name", "volume") is { } name && !(IsThere(slot, name, noted) && (!_addsContainers || RequiredUse.HasVolume(_pod, entry)))
                && Claim(slot, name, $"volume name {Shown.Quoted(name)}", NewInstance()))
                Add(list, entry, first: false, name, owned, noted);
        }

        return owned.ToImmutable();
    }

    private ImmutableArray<string> AddMounts(ImmutableArray<string> earlier)
    {
        var (owned, noted) = (earlier.ToBuilder(), Noted(earlier));
        foreach (var entry in _rendered.Mounts)
        {
            if (NameOf(entry, "mountPath", "mount") is not { } path || IsThere(Slot.Mount, Occupancy.MountKey(path), noted))
                continue;
            if (Claim(Slot.Mount, Occupancy.MountKey(path), $"mount path {path} in container {_application}", Parameter(path) ?? ChangeThePod))
                Add(PodList.ApplicationMounts, entry, first: false, Occupancy.MountKey(path), owned, noted);
        }

        return owned.ToImmutable();
    }

    private ImmutableArray<string> AddEnv(ImmutableArray<string> earlier)
    {
        var (owned, noted) = (earlier.ToBuilder(), Noted(earlier));
        foreach (var entry in _rendered.Env)
        {
            if (NameOf(entry, "name", "variable") is not { } name || IsThere(Slot.Env, name, noted))
                continue;
            if (_taken.OwnerOf(Slot.Env, name) is { Instance: null })
                _warnings.Add($"{Title}: container {_application} sets the variable {name} itself; it stays as it is");
            else if (Claim(Slot.Env, name, $"variable {name} in container {_application}", Parameter(name) ?? NewInstance()))
                Add(PodList.ApplicationEnv, entry, first: false, name, owned, noted);
        }

        return owned.ToImmutable();
    }

    private ImmutableArray<string> AddEnvFrom(ImmutableArray<string> earlier)
    {
        var (owned, noted) = (earlier.ToBuilder(), Noted(earlier));
        foreach (var entry in _rendered.EnvFrom)
        {
            var key = EnvFromKey.Of(entry);
            if (_taken.OwnerOf(Slot.EnvFrom, key) is not null || !_takes.Add((Slot.EnvFrom, key)))
                continue;
            Add(PodList.ApplicationEnvFrom, entry, first: false, key, owned, noted);
        }

        return owned.ToImmutable();
    }

    private ImmutableArray<string> AddFiles(ImmutableArray<string> earlier)
    {
        var (owned, noted) = (earlier.ToBuilder(), Noted(earlier));
        foreach (var (file, content) in _rendered.Files)
        {
            var key = AnnotationKeys.OfFile(_use.Instance, file);
            if (noted?.Contains(file) == true && _taken.OwnerOf(Slot.Annotation, key) is not null && (!_addsContainers || _pod.Annotations.GetValueOrDefault(key) == content))
                continue;
            if (!Parameters.KubernetesFormats.IsQualifiedName(key.AsSpan(AnnotationKeys.FilePrefix.Length)))
            {
                _problems.Add(Problem.Of(_use.AskedByTitle, $"names an instance {_use.Instance} that is too long for its file {file}: together they may have 62 characters; {NewInstance()}"));
                continue;
            }

            if (!Claim(Slot.Annotation, key, $"annotation {key}", "remove it: only the injector writes it"))
                continue;
            _additions.Add(new Addition.Annotation(key, content));
            owned.Add(file);
        }

        return owned.ToImmutable();
    }

    private ImmutableArray<string> AddTexts(ImmutableArray<KeyValuePair<string, string>> texts, Slot slot, ImmutableArray<string> earlier)
    {
        var (owned, noted) = (earlier.ToBuilder(), Noted(earlier));
        foreach (var (key, value) in texts)
        {
            if (IsThere(slot, key, noted))
                continue;
            if (_taken.OwnerOf(slot, key) is { } owner)
            {
                _warnings.Add($"{Title}: {(slot == Slot.Label ? "label" : "annotation")} {key} is set by {owner.Title} already; it stays as it is");
                continue;
            }

            _takes.Add((slot, key));
            _additions.Add(slot == Slot.Label ? new Addition.Label(key, value) : new Addition.Annotation(key, value));
            owned.Add(key);
        }

        return owned.ToImmutable();
    }

    private bool ShareProcessNamespace(PodView pod)
    {
        // With hostPID the containers see each other already, and the API server refuses both at once
        // (https://kubernetes.io/docs/tasks/configure-pod-container/share-process-namespace/).
        if (!_use.Pattern.SharesProcessNamespace || pod.HasHostPid)
            return false;
        switch (pod.SharesProcessNamespace)
        {
            case true:
                return _earlier.ShareProcessNamespace;
            case false:
                _problems.Add(Problem.Of(_use.AskedByTitle, $"asks for {_use.Pattern.Title}, which needs spec.shareProcessNamespace: true, and the Pod says false"));
                return false;
            case null:
                _additions.Add(new Addition.SharedProcessNamespace());
                return true;
        }
    }

    private string Title => $"use {_use.Instance} ({_use.Pattern.Title})";

    /// <summary>The pattern left a name out: its author's mistake, that only shows with the values of this Pod.</summary>
    private string? NameOf(JsonObject entry, string key, string kind)
    {
        if (entry[key] is JsonValue value && value.TryGetValue(out string? name) && name.Length > 0)
        {
            if (key != "name" || kind == "variable" || Parameters.KubernetesFormats.IsDnsLabel(name))
                return name;
            var allowed = Parameters.ValueFormat.All["dns-label"].Allowed;
            if (name.Length > LongestLabel || IsFromPod(name))
                _problems.Add(Problem.Of(_use.AskedByTitle, $"{kind} name {Shown.Quoted(name)}, of {Title}, must be {allowed}; {NewInstance()}"));
            else
                _authorProblems.Add(Problem.Of(_use.AskedByTitle, $"pattern {_use.Pattern.Title} renders the {kind} name {Shown.Quoted(name)}, which must be {allowed}"));
            return null;
        }

        _authorProblems.Add(Problem.Of(_use.AskedByTitle, $"pattern {_use.Pattern.Title} renders a {kind} without {key}"));
        return null;
    }

    private bool IsThere(Slot slot, string name, HashSet<string>? noted) => noted?.Contains(name) == true && _taken.OwnerOf(slot, name) is not null;

    /// <summary>What an earlier review noted, to be looked up; a stranger may note tens of thousands.</summary>
    private static HashSet<string>? Noted(ImmutableArray<string> earlier) => earlier.IsEmpty ? null : earlier.ToHashSet(StringComparer.Ordinal);

    private bool Claim(Slot slot, string name, string what, string remedy)
    {
        var owner = _taken.OwnerOf(slot, name)?.Title;
        if (owner is null && _takes.Add((slot, name)))
            return true;
        // Also where it clashes anyway: at a second review other uses are there, and the first one's answer must not change.
        if ((owner is null || !(_clashes ??= []).Add((slot, name))) && !IsFromPod(slot == Slot.Port ? name[..name.IndexOf('/', StringComparison.Ordinal)] : name))
        {
            _authorProblems.Add(Problem.Of(_use.AskedByTitle, $"pattern {_use.Pattern.Title} renders {what} twice"));
            return false;
        }

        owner ??= "the same use";
        _problems.Add(Problem.Of(_use.AskedByTitle, $"{what}, of {Title}, is taken by {owner}; {remedy}"));
        return false;
    }

    /// <summary>Whether one of the Pod's annotations has a part in a rendered name or number.</summary>
    private bool IsFromPod(string text) => _rendered.Bound.Parameters.Any(parameter => parameter is { Origin: Parameters.Origin.Annotation, Value: { } value }
        && (value is JsonValue ? value.ToString() is { Length: > 0 } part && text.Contains(part, StringComparison.Ordinal) : value.ToJsonString().Contains(text, StringComparison.Ordinal)));

    private void Add(PodList list, JsonObject entry, bool first, string name, ImmutableArray<string>.Builder owned, HashSet<string>? noted)
    {
        _additions.Add(new Addition.Entry(list, entry, first));
        if (noted?.Contains(name) != true)
            owned.Add(name);
    }

    private string NewInstance() => $"give the use another name, INSTANCE={_use.Pattern.Name}";

    /// <summary>The parameter whose value stands at the place of the clash, as the remedy; null where none does.</summary>
    private string? Parameter(string value)
    {
        foreach (var parameter in _rendered.Bound.Parameters)
        {
            if (parameter.Value is JsonValue own && own.ToString() == value && !_use.Pattern.Parameters[parameter.Name]!.IsSetByOperator)
                return $"set another {AnnotationKeys.OfParameter(_use.Instance, parameter.Name)}";
        }

        return null;
    }
}
