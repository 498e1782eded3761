using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Outrigger.Cli.Output;
using Outrigger.Core.Admission;
using Outrigger.Core.Catalog;
using Outrigger.Core.Composition;
using Outrigger.Core.Parameters;
using Outrigger.Core.Selection;

namespace Outrigger.Cli.Reviews;

/// <summary>Explains reviews to a person.</summary>
internal sealed class ReviewText(TextWriter output, bool colors)
{
    private const int LongestValue = 60;

    public void Write(ImmutableArray<PodReview> reviews)
    {
        if (reviews.IsEmpty)
            output.Write("There is no Pod in these manifests, and nothing that makes one.\n");
        foreach (var (index, review) in reviews.Index())
        {
            if (index > 0)
                output.Write("\n");
            Write(review);
        }
    }

    private void Write(PodReview review)
    {
        var explanation = review.Decision.Explanation;
        Line(0, $"{Style.Title.Apply($"{review.Pod.Location}: {review.Pod.Title}", colors)}: {Headline(review.Decision)}");
        foreach (var use in explanation.Uses)
            Write(use, (review.Decision as Decision.Inject)?.Plan);
        foreach (var skipped in explanation.Skipped)
            Line(2, $"left out: {skipped.Instance}, asked for by {skipped.AskedBy}: {skipped.Reason}");
        // What was left out by a mistake is among the webhook's warnings too, cut to their length.
        var told = explanation.Skipped.Select(skipped => $"{skipped.AskedBy}: {skipped.Instance} was left out").ToList();
        foreach (var warning in ReviewMessages.Warnings(review).Where(warning => !told.Exists(text => warning.StartsWith(text, StringComparison.Ordinal))))
            Line(2, Style.Warning.Apply("warning: ", colors) + warning);
        foreach (var mistake in ReviewMessages.Mistakes(review))
            Line(2, Style.Error.Apply("error: ", colors) + mistake);
    }

    private static string Headline(Decision decision) => decision switch
    {
        Decision.Inject { Plan: var plan } => $"gets {Instances(plan)}; the application is the container \"{plan.Application}\"",
        Decision.Skip { Reason: var reason } => $"stays as it is: {Clause(reason)}",
        Decision.Reject { Problems.Length: 1 } => "is refused for a mistake",
        Decision.Reject { Problems.Length: var count } => $"is refused for {count} mistakes",
        _ => throw new UnreachableException(),
    };

    private static string Instances(Plan plan) => string.Join(", ", plan.Uses.Select(use => use.Bound.Use.Instance));

    private static string Clause(SkipReason reason) => reason switch
    {
        SkipReason.NotAPodCreation => "this is no creation of a Pod",
        SkipReason.NothingAsked => "no annotation and no binding asks for a pattern",
        SkipReason.OptedOut => $"it says {AnnotationKeys.Inject}: \"false\"",
        SkipReason.MirrorPod => "it is the mirror of a static Pod",
        SkipReason.HostNetwork => "it is in the node's network, and no pattern that it would get allows that",
        SkipReason.AlreadyInjected => "all that it should get is there already",
        SkipReason.BindingsFailed => "bindings select it, but none of their uses could be applied",
        SkipReason.NothingChanged or SkipReason.NotInjected or SkipReason.BeingDeleted => "this updates it, and changes nothing that was injected",
        _ => throw new UnreachableException(),
    };

    private void Write(BoundUse bound, Plan? plan)
    {
        var use = bound.Use;
        Line(2, $"{Style.Title.Apply(use.Instance, colors)}: {use.Pattern.Role.Name()} {use.Pattern.Title}, asked for by {AskedBy(bound)}");
        if (!bound.Parameters.IsEmpty)
        {
            Line(4, Style.Faint.Apply("parameters", colors));
            TextTable.Write(output, [.. bound.Parameters.Select(Row)], indent: 6);
        }

        if (plan?.Uses.FirstOrDefault(planned => planned.Bound.Use.Instance == use.Instance) is not { } planned)
            return;
        Line(4, Style.Faint.Apply("adds", colors));
        TextTable.Write(output, [.. Adds(planned.Owns, plan)], indent: 6);
    }

    private static string[] Row(ParameterValue parameter) =>
        [parameter.Name, Shown(parameter.Value), parameter.Origin?.ToString() ?? "not given"];

    private static string AskedBy(BoundUse bound)
    {
        var bindings = bound.Use.Bindings.Select(binding => binding.Title);
        return string.Join(", ", bound.Use.AskedBy is { } annotation ? bindings.Prepend($"annotation {annotation}") : bindings);
    }

    private static IEnumerable<string[]> Adds(Ownership owns, Plan plan)
    {
        string[][] rows =
        [
            .. owns.Containers.Select(name => new[] { "container", Container(plan, PodList.Containers, name) }),
            .. owns.InitContainers.Select(name => new[] { "init container", Container(plan, PodList.InitContainers, name) }),
            ["volumes", string.Join(", ", owns.Volumes)],
            ["files", string.Join(", ", owns.Files)],
            ["env", string.Join(", ", owns.Env)],
            ["env from", string.Join(", ", owns.EnvFrom)],
            ["mounts", string.Join(", ", owns.Mounts)],
            ["labels", string.Join(", ", owns.Labels)],
            ["annotations", string.Join(", ", owns.Annotations)],
            ["processes", owns.ShareProcessNamespace ? "shared by all containers" : ""],
        ];
        return rows.Where(row => row[1].Length > 0);
    }

    private static string Container(Plan plan, PodList list, string name)
    {
        var container = plan.Additions.OfType<Addition.Entry>()
            .FirstOrDefault(entry => entry.List == list && entry.Value["name"]?.ToString() == name)?.Value;
        string[] ports = [.. (container?["ports"] as JsonArray ?? []).Select(port => port?["containerPort"]?.ToString()).OfType<string>()];
        return name
            + (container?["image"] is { } image ? $", image {image}" : "")
            + (ports.Length > 0 ? $", port {string.Join(", ", ports)}" : "")
            + (container?["restartPolicy"] is not null ? ", as a native sidecar" : "");
    }

    private static string Shown(JsonNode? value)
    {
        var text = value is null ? "-" : Json.Line(writer => value.WriteTo(writer));
        return text.Length <= LongestValue ? text : string.Concat(text.AsSpan(0, LongestValue - 3), "...");
    }

    private void Line(int indent, string text) => output.Write($"{new string(' ', indent)}{text}\n");
}
