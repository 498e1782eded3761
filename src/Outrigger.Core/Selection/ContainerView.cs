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

    /// <summary>Its environment variables, also where they were left out of <see cref="Element"/>; undefined where it has none.</summary>
    public JsonElement Env => LongEnv.IsEmpty ? PodView.Member(Element, "env") : JsonElement.Parse(LongEnv.Span);

    /// <summary>Whether a variable of that name is set. One pass over the list, and nothing kept of it.</summary>
    public bool HasVariable(string name)
    {
        if (LongEnv.IsEmpty)
        {
            foreach (var variable in PodView.Items(Element, "env"))
            {
                if (PodView.Member(variable, "name") is { ValueKind: JsonValueKind.String } own && own.ValueEquals(name))
                    return true;
            }

            return false;
        }

        var reader = new Utf8JsonReader(LongEnv.Span);
        while (reader.Read())
        {
            if (reader is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 2 } && reader.ValueTextEquals("name"u8)
                && reader.Read() && reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(name))
                return true;
        }

        return false;
    }

    /// <summary>The names of all variables.</summary>
    public HashSet<string> VariableNames()
    {
        var env = Env;
        return env.ValueKind == JsonValueKind.Array
            ? env.EnumerateArray().Select(variable => PodView.Text(variable, "name")).OfType<string>().ToHashSet(StringComparer.Ordinal)
            : [];
    }

    /// <summary>The list of variables that was left out of <see cref="Element"/>; empty where none was.</summary>
    internal ReadOnlyMemory<byte> LongEnv { get; init; }

    /// <summary>A field of its security context, else of the Pod's.</summary>
    public long? SecurityContext(string field, JsonElement podSpec) =>
        PodView.Integer(PodView.Member(Element, "securityContext"), field)
        ?? PodView.Integer(PodView.Member(podSpec, "securityContext"), field);

    internal static ImmutableArray<ContainerView> ReadAll(JsonElement spec, string list, ImmutableArray<LongVariableList> longLists)
    {
        var views = ImmutableArray.CreateBuilder<ContainerView>();
        foreach (var element in PodView.Items(spec, list))
        {
            var index = views.Count;
            var longEnv = longLists.FirstOrDefault(left => left.List == list && left.Index == index)?.Json ?? default;
            views.Add(new(PodView.Text(element, "name") ?? "", index, element) { LongEnv = longEnv });
        }

        return views.ToImmutable();
    }
}
