using System.Collections.Immutable;
using System.Text.Json;

namespace Outrigger.Core.Selection;

/// <summary>Looks at one container of a Pod.</summary>
/// <param name="Name">Its name; empty where it has none, which the API server will refuse.</param>
/// <param name="Index">Its place in its list, for paths of patches.</param>
/// <param name="Element">The container.</param>
public sealed record ContainerView(string Name, int Index, JsonElement Element)
{
    /// <summary>Its image, or null.</summary>
    public string? Image => PodView.Text(Element, "image");

    /// <summary>Whether it is an init container that keeps running: a native sidecar.</summary>
    public bool IsNativeSidecar => PodView.Text(Element, "restartPolicy") == "Always";

    /// <summary>What it listens on: port and protocol.</summary>
    public IEnumerable<(long Port, string Protocol)> Ports
    {
        get
        {
            foreach (var port in PodView.Items(Element, "ports"))
            {
                if (PodView.Integer(port, "containerPort") is { } number)
                    yield return (number, PodView.Text(port, "protocol") ?? "TCP");
            }
        }
    }

    /// <summary>The strings under a key of the entries of one of its lists: names of variables, paths of mounts.</summary>
    public IEnumerable<string> Entries(string list, string key)
    {
        foreach (var entry in PodView.Items(Element, list))
        {
            if (PodView.Text(entry, key) is { } text)
                yield return text;
        }
    }

    /// <summary>A field of its security context, else of the Pod's.</summary>
    public long? SecurityContext(string field, JsonElement podSpec) =>
        PodView.Integer(PodView.Member(Element, "securityContext"), field)
        ?? PodView.Integer(PodView.Member(podSpec, "securityContext"), field);

    internal static ImmutableArray<ContainerView> ReadAll(JsonElement spec, string list)
    {
        var views = ImmutableArray.CreateBuilder<ContainerView>();
        var index = 0;
        foreach (var element in PodView.Items(spec, list))
            views.Add(new(PodView.Text(element, "name") ?? "", index++, element));
        return views.ToImmutable();
    }
}
