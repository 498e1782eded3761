using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Outrigger.Core.Parameters;
using Outrigger.Core.Results;
using Outrigger.Core.Selection;

namespace Outrigger.Core.Composition;

/// <summary>
/// What a Pod says of itself, as the values of <c>pod</c> and <c>app</c> in expressions. A webhook comes before the API server's validation,
/// so a text that breaks its format is withheld, and told where a pattern wanted it.
/// </summary>
public sealed class PodFacts
{
    private readonly List<(string Name, Problem Problem)> _malformed = [];
    private readonly PodView _pod;
    private readonly string? _name;
    private readonly ContainerView _application;
    private JsonObject? _podMembers;
    private JsonObject? _appMembers;

    private readonly HashSet<string>? _injected;

    private PodFacts(PodView pod, string? name, ContainerView application, IEnumerable<string>? injected) =>
        (_pod, _name, _application, _injected) = (pod, name, application, injected?.ToHashSet(StringComparer.Ordinal));

    /// <summary>The members of <c>pod</c>.</summary>
    public JsonObject Pod => _podMembers ??= new()
    {
        ["namespace"] = Text("pod.namespace", "metadata.namespace", _pod.Namespace, "dns-label"),
        ["name"] = Text("pod.name", "metadata.name", _name, "dns-subdomain"),
        ["serviceAccountName"] = Text("pod.serviceAccountName", "spec.serviceAccountName", ServiceAccountName, "dns-subdomain"),
        ["labels"] = LabelMembers(),
    };

    /// <summary>The members of <c>app</c>.</summary>
    public JsonObject App => _appMembers ??= AppMembers();

    private IEnumerable<KeyValuePair<string, string>> Labels => _injected is null ? _pod.Labels : _pod.Labels.Where(label => !_injected.Contains(label.Key));

    private string? ServiceAccountName => PodView.Text(_pod.Spec, "serviceAccountName");

    /// <summary>The facts of a Pod and its application container.</summary>
    /// <param name="pod">The Pod.</param>
    /// <param name="application">Its application container.</param>
    /// <param name="injected">Labels that an earlier review noted as its own: they are no facts, or a second rendering would differ from the first.</param>
    public static PodFacts Of(PodView pod, ContainerView application, IEnumerable<string>? injected = null) => new(pod, pod.Name, application, injected);

    /// <summary>The same of a Pod that runs, as they were when it was created.</summary>
    public static PodFacts OfRunning(PodView pod, ContainerView application, IEnumerable<string> injected) => new(pod, pod.ChosenName, application, injected);

    /// <summary>The malformed facts among the names that a pattern uses.</summary>
    public IEnumerable<Problem> MalformedOf(Catalog.Pattern pattern)
    {
        // All facts are looked at by making them.
        _ = (Pod, App);
        return _malformed.Where(fact => pattern.UsedNames.Contains(fact.Name)).Select(fact => fact.Problem);
    }

    /// <summary>
    /// The facts that a pattern uses, as the Pod writes them, in one text: two Pods with the same text are the same to it. Null where that is
    /// not to be told by names.
    /// </summary>
    internal string? TextOf(Catalog.Pattern pattern)
    {
        if (pattern.UsedFacts.IsEmpty)
            return "";
        if (pattern.UsedFacts is ["app.port"])
            return FirstPort is { } port ? port.ToString(CultureInfo.InvariantCulture) : "";
        var text = new StringBuilder();
        foreach (var fact in pattern.UsedFacts)
        {
            switch (fact)
            {
                case "pod.namespace":
                    Append(_pod.Namespace);
                    break;
                case "pod.name":
                    Append(_name);
                    break;
                case "pod.serviceAccountName":
                    Append(ServiceAccountName);
                    break;
                case "pod.labels":
                    foreach (var (key, value) in Labels)
                    {
                        Append(key);
                        Append(value);
                    }

                    text.Append(';');
                    break;
                case "app.name":
                    Append(_application.Name);
                    break;
                case "app.image":
                    Append(_application.Image);
                    break;
                case "app.port":
                    text.Append(CultureInfo.InvariantCulture, $"{FirstPort};");
                    break;
                case "app.ports":
                    foreach (var (port, _) in _application.Ports)
                        text.Append(CultureInfo.InvariantCulture, $"{port},");
                    text.Append(';');
                    break;
                case "app.runAsUser" or "app.runAsGroup":
                    text.Append(CultureInfo.InvariantCulture, $"{_application.SecurityContext(fact["app.".Length..], _pod.Spec)};");
                    break;
                default:
                    return null;
            }
        }

        return text.ToString();

        // With its length in front, no text can pass for two.
        void Append(string? fact) => text.Append(CultureInfo.InvariantCulture, $"{fact?.Length}:").Append(fact);
    }

    private long? FirstPort
    {
        get
        {
            foreach (var (port, _) in _application.Ports)
                return port;
            return null;
        }
    }

    private JsonObject AppMembers()
    {
        var path = $"spec.containers[{_application.Index}]";
        long[] ports = [.. _application.Ports.Select(port => port.Port)];
        return new()
        {
            ["name"] = Text("app.name", $"{path}.name", _application.Name, "dns-label"),
            ["image"] = Text("app.image", $"{path}.image", _application.Image, "image"),
            ["port"] = ports.Length > 0 ? JsonValue.Create(ports[0]) : null,
            ["ports"] = new JsonArray([.. ports.Select(port => JsonValue.Create(port))]),
            ["runAsUser"] = Number(_application.SecurityContext("runAsUser", _pod.Spec)),
            ["runAsGroup"] = Number(_application.SecurityContext("runAsGroup", _pod.Spec)),
        };
    }

    private static JsonValue? Number(long? number) => number is { } value ? JsonValue.Create(value) : null;

    private JsonValue? Text(string name, string field, string? text, string format)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (ValueFormat.All[format].Holds(text))
            return JsonValue.Create(text);
        _malformed.Add((name, Problem.Of(field, $"is {Shown.Quoted(text)}, and a pattern of this Pod uses it; it must be {ValueFormat.All[format].Allowed}")));
        return null;
    }

    private JsonObject LabelMembers()
    {
        var labels = new JsonObject();
        foreach (var (key, value) in Labels)
        {
            if (KubernetesFormats.IsLabelValue(value))
                labels.Add(key, JsonValue.Create(value));
            // A few tell what is wrong; each is told again for each use.
            else if (_malformed.Count < 20)
                _malformed.Add(("pod.labels", Problem.Of($"metadata.labels[{key}]", $"is {Shown.Quoted(value)}, which is no label value, and a pattern of this Pod uses labels")));
        }

        return labels;
    }
}
