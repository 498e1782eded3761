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

    private PodFacts(PodView pod, string? name, ContainerView application, IEnumerable<string>? injected)
    {
        var path = $"spec.containers[{application.Index}]";
        Pod = new()
        {
            ["namespace"] = Text("pod.namespace", "metadata.namespace", pod.Namespace, "dns-label"),
            ["name"] = Text("pod.name", "metadata.name", name, "dns-subdomain"),
            ["serviceAccountName"] = Text("pod.serviceAccountName", "spec.serviceAccountName", PodView.Text(pod.Spec, "serviceAccountName"), "dns-subdomain"),
            ["labels"] = Labels(pod, injected?.ToHashSet(StringComparer.Ordinal)),
        };
        long[] ports = [.. application.Ports.Select(port => port.Port)];
        App = new()
        {
            ["name"] = Text("app.name", $"{path}.name", application.Name, "dns-label"),
            ["image"] = Text("app.image", $"{path}.image", application.Image, "image"),
            ["port"] = ports.Length > 0 ? JsonValue.Create(ports[0]) : null,
            ["ports"] = new JsonArray([.. ports.Select(port => JsonValue.Create(port))]),
            ["runAsUser"] = Number(application.SecurityContext("runAsUser", pod.Spec)),
            ["runAsGroup"] = Number(application.SecurityContext("runAsGroup", pod.Spec)),
        };
    }

    /// <summary>The members of <c>pod</c>.</summary>
    public JsonObject Pod { get; }

    /// <summary>The members of <c>app</c>.</summary>
    public JsonObject App { get; }

    /// <summary>The facts of a Pod and its application container.</summary>
    /// <param name="pod">The Pod.</param>
    /// <param name="application">Its application container.</param>
    /// <param name="injected">Labels that an earlier review noted as its own: they are no facts, or a second rendering would differ from the first.</param>
    public static PodFacts Of(PodView pod, ContainerView application, IEnumerable<string>? injected = null) => new(pod, pod.Name, application, injected);

    /// <summary>The same of a Pod that runs, as they were when it was created.</summary>
    public static PodFacts OfRunning(PodView pod, ContainerView application, IEnumerable<string> injected) => new(pod, pod.ChosenName, application, injected);

    /// <summary>The malformed facts among the names that a pattern uses.</summary>
    public IEnumerable<Problem> MalformedOf(Catalog.Pattern pattern) =>
        _malformed.Where(fact => pattern.UsedNames.Contains(fact.Name)).Select(fact => fact.Problem);

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

    private JsonObject Labels(PodView pod, HashSet<string>? injected)
    {
        var labels = new JsonObject();
        foreach (var (key, value) in pod.Labels)
        {
            if (injected?.Contains(key) == true)
                continue;
            if (KubernetesFormats.IsLabelValue(value))
                labels.Add(key, JsonValue.Create(value));
            // A few tell what is wrong; each is told again for each use.
            else if (_malformed.Count < 20)
                _malformed.Add(("pod.labels", Problem.Of($"metadata.labels[{key}]", $"is {Shown.Quoted(value)}, which is no label value, and a pattern of this Pod uses labels")));
        }

        return labels;
    }
}
