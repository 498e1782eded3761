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
internal readonly record struct Owner(string? Instance, string Title);

/// <summary>
/// Which names of a Pod are taken, and by whom: first what the Pod holds, then what each use adds. Variables are looked up one by one and not
/// listed, because there may be thousands, unless many are asked for.
/// </summary>
internal sealed class Occupancy
{
    /// <summary>Each is one pass over the variables; patterns add a few.</summary>
    private const int MostLookups = 16;

    private readonly Dictionary<(Slot, string), Owner> _owners = [];
    private readonly ContainerView _application;
    private HashSet<string>? _variables;
    private int _lookups;

    private Occupancy(ContainerView application) => _application = application;

    /// <summary>What a Pod holds already, of its own or from an earlier review.</summary>
    public static Occupancy Of(PodView pod, ContainerView application, InjectionStatus? earlier)
    {
        var taken = new Occupancy(application);
        // The one kind of name for which it matters whose it is: the Pod's own variable stays, another use's is a clash, also the second time.
        foreach (var use in earlier?.Uses ?? [])
        {
            foreach (var name in use.Owns.Env.Where(taken.HasVariable))
                taken.Take(Slot.Env, name, new(use.Instance, $"use {use.Instance} ({use.Pattern}@{use.Version})"));
        }

        foreach (var container in pod.Containers)
            taken.TakeContainer(container, "container", holdsPorts: true);
        // A plain init container is gone before anything else listens.
        foreach (var container in pod.InitContainers)
            taken.TakeContainer(container, "init container", holdsPorts: container.IsNativeSidecar);
        foreach (var container in PodView.Items(pod.Spec, "ephemeralContainers"))
            taken.Take(Slot.Container, PodView.Text(container, "name") ?? "", new(null, "an ephemeral container of the Pod"));
        foreach (var volume in PodView.Items(pod.Spec, "volumes"))
            taken.Take(Slot.Volume, PodView.Text(volume, "name") ?? "", new(null, "a volume of the Pod's own"));
        foreach (var path in application.Entries("volumeMounts", "mountPath"))
            taken.Take(Slot.Mount, MountKey(path), new(null, "a mount of the Pod's own"));
        foreach (var source in PodView.Items(application.Element, "envFrom"))
            taken.Take(Slot.EnvFrom, EnvFromKey.Of(source), new(null, "the Pod itself"));
        foreach (var key in pod.Labels.Keys)
            taken.Take(Slot.Label, key, new(null, "the Pod itself"));
        foreach (var key in pod.Annotations.Keys)
            taken.Take(Slot.Annotation, key, new(null, "the Pod itself"));
        return taken;
    }

    /// <summary>Who has a name, or null.</summary>
    public Owner? OwnerOf(Slot slot, string name)
    {
        if (_owners.TryGetValue((slot, name), out var owner))
            return owner;
        return slot == Slot.Env && HasVariable(name) ? new Owner(null, "the Pod itself") : null;
    }

    /// <summary>Gives a name to an owner; the first one keeps it.</summary>
    public void Take(Slot slot, string name, Owner owner) => _owners.TryAdd((slot, name), owner);

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
        if (_variables is null && ++_lookups > MostLookups)
            _variables = _application.VariableNames();
        return _variables?.Contains(name) ?? _application.HasVariable(name);
    }

    private void TakeContainer(ContainerView container, string kind, bool holdsPorts)
    {
        var owner = new Owner(null, $"{kind} {container.Name} of the Pod");
        Take(Slot.Container, container.Name, owner);
        if (!holdsPorts)
            return;
        foreach (var (port, protocol) in container.Ports)
            Take(Slot.Port, PortKey(port, protocol), owner);
    }
}
