using System.Text.Json.Nodes;
using Outrigger.Core.Selection;

namespace Outrigger.Core.Composition;

/// <summary>The kinds of names that only one owner in a Pod can have.</summary>
internal enum Slot
{
    Container,
    Volume,
    Port,
    Mount,
    Env,
    EnvFrom,
    Label,
    Annotation,
}

/// <summary>Who has a name: a part of the Pod itself (<paramref name="Instance"/> is null), or a use.</summary>
internal readonly record struct Owner(string? Instance, string Title)
{
    /// <summary>The Pod, where it does not matter which part of it.</summary>
    public static Owner PodItself { get; } = new(null, "the Pod itself");
}

/// <summary>
/// Which names of a Pod are taken, and by whom: first what the Pod holds, then what each use adds. A kind of names is listed when somebody asks
/// for it; variables are looked up one by one and not listed, because there may be thousands, unless many are asked for.
/// </summary>
internal sealed class Occupancy
{
    /// <summary>Each is one pass over the variables; patterns add a few.</summary>
    private const int MostLookups = 16;

    private readonly Dictionary<string, Owner>?[] _slots = new Dictionary<string, Owner>?[Enum.GetValues<Slot>().Length];
    private readonly PodView? _pod;
    private readonly ContainerView? _application;
    private HashSet<string>? _variables;
    private int _lookups;

    private Occupancy(PodView? pod, ContainerView? application) => (_pod, _application) = (pod, application);

    /// <summary>A Pod that holds nothing. Nobody may take anything in it.</summary>
    public static Occupancy Nothing => new(null, null);

    /// <summary>What a Pod holds already, of its own or from an earlier review.</summary>
    public static Occupancy Of(PodView pod, ContainerView application, InjectionStatus? earlier)
    {
        var taken = new Occupancy(pod, application);
        // The one kind of name for which it matters whose it is: the Pod's own variable stays, another use's is a clash, also the second time.
        foreach (var use in earlier?.Uses ?? [])
        {
            foreach (var name in use.Owns.Env.Where(taken.HasVariable))
                taken.Take(Slot.Env, name, new(use.Instance, $"use {use.Instance} ({use.Pattern}@{use.Version})"));
        }

        return taken;
    }

    /// <summary>Who has a name, or null.</summary>
    public Owner? OwnerOf(Slot slot, string name)
    {
        if (Names(slot).TryGetValue(name, out var owner))
            return owner;
        // These are at hand by name.
        var isInPod = slot switch
        {
            Slot.Env => HasVariable(name),
            Slot.Label => _pod?.Labels.ContainsKey(name) == true,
            Slot.Annotation => _pod?.Annotations.ContainsKey(name) == true,
            _ => false,
        };
        return isInPod ? Owner.PodItself : null;
    }

    /// <summary>Gives a name to an owner; the first one keeps it.</summary>
    public void Take(Slot slot, string name, Owner owner) => Names(slot).TryAdd(name, owner);

    /// <summary>A mount path as it is compared: a slash at its end makes no difference to the kernel.</summary>
    public static string MountKey(string path) => path.Length > 1 ? path.TrimEnd('/') : path;

    /// <summary>A port as it is compared and shown: <c>8443/TCP</c>.</summary>
    public static string PortKey(long port, string protocol) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{port}/{protocol}");

    /// <summary>The ports of a rendered container.</summary>
    public static IEnumerable<string> PortsOf(JsonObject container)
    {
        foreach (var port in container["ports"] as JsonArray ?? [])
        {
            if (port is JsonObject entry && entry["containerPort"] is { } number && Parameters.ValueCheck.Integer(number) is { } value)
                yield return PortKey(value, entry["protocol"]?.ToString() ?? "TCP");
        }
    }

    private bool HasVariable(string name)
    {
        if (_application is null)
            return false;
        if (_variables is null && ++_lookups > MostLookups)
            _variables = _application.VariableNames();
        return _variables?.Contains(name) ?? _application.HasVariable(name);
    }

    private Dictionary<string, Owner> Names(Slot slot) => _slots[(int)slot] ??= NamesInPod(slot);

    private Dictionary<string, Owner> NamesInPod(Slot slot)
    {
        var names = new Dictionary<string, Owner>(StringComparer.Ordinal);
        if (_pod is null || _application is null)
            return names;
        switch (slot)
        {
            case Slot.Container:
                foreach (var container in _pod.Containers)
                    names.TryAdd(container.Name, TitleOf(container, "container"));
                foreach (var container in _pod.InitContainers)
                    names.TryAdd(container.Name, TitleOf(container, "init container"));
                foreach (var container in PodView.Items(_pod.Spec, "ephemeralContainers"))
                    names.TryAdd(PodView.Text(container, "name") ?? "", new(null, "an ephemeral container of the Pod"));
                break;
            case Slot.Port:
                foreach (var container in _pod.Containers)
                    AddPorts(container, "container");
                // A plain init container is gone before anything else listens.
                foreach (var container in _pod.InitContainers)
                {
                    if (container.IsNativeSidecar)
                        AddPorts(container, "init container");
                }

                break;
            case Slot.Volume:
                foreach (var volume in PodView.Items(_pod.Spec, "volumes"))
                    names.TryAdd(PodView.Text(volume, "name") ?? "", new(null, "a volume of the Pod's own"));
                break;
            case Slot.Mount:
                foreach (var path in _application.Entries("volumeMounts", "mountPath"))
                    names.TryAdd(MountKey(path), new(null, "a mount of the Pod's own"));
                break;
            case Slot.EnvFrom:
                foreach (var source in PodView.Items(_application.Element, "envFrom"))
                    names.TryAdd(EnvFromKey.Of(source), Owner.PodItself);
                break;
        }

        return names;

        void AddPorts(ContainerView container, string kind)
        {
            foreach (var (port, protocol) in container.Ports)
                names.TryAdd(PortKey(port, protocol), TitleOf(container, kind));
        }
    }

    private static Owner TitleOf(ContainerView container, string kind) => new(null, $"{kind} {container.Name} of the Pod");
}
