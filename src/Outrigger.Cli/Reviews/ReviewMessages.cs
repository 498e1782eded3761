using System.Text.Json.Nodes;
using Outrigger.Cli.Inputs;
using Outrigger.Cli.Output;
using Outrigger.Core.Admission;
using Outrigger.Core.Catalog;
using Outrigger.Core.Composition;
using Outrigger.Core.Manifests;
using Outrigger.Core.Results;
using Outrigger.Core.Selection;

namespace Outrigger.Cli.Reviews;

/// <summary>What the user is told about reviewed manifests, each thing with its place.</summary>
internal static class ReviewMessages
{
    private const string AnnotationField = "metadata.annotations[";

    /// <summary>Tells all mistakes and all warnings.</summary>
    public static void Tell(IReadOnlyList<ManifestFile> files, IEnumerable<PodReview> reviews, Diagnostics diagnostics)
    {
        foreach (var warning in files.SelectMany(file => file.Documents).SelectMany(AnnotationAdvice.Of))
            diagnostics.Warning(warning);
        foreach (var review in reviews)
        {
            foreach (var warning in Warnings(review))
                diagnostics.Warning($"{review.Pod.Location}: {review.Pod.Title}: {warning}");
            foreach (var problem in Mistakes(review))
                diagnostics.Finding($"{problem.Location}: {review.Pod.Title}: {problem with { Location = null }}");
        }
    }

    /// <summary>The webhook's warnings, and what only somebody sees who knows the workload around the Pod.</summary>
    public static IEnumerable<string> Warnings(PodReview review)
    {
        if (review.Pod.Template.Kind is "Job" or "CronJob" && review.Decision is Decision.Inject { Plan: var plan })
        {
            string[] running =
            [
                .. from entry in plan.Additions.OfType<Addition.Entry>()
                   where entry.List == PodList.Containers
                   select $"\"{entry.Value["name"]}\"",
            ];
            if (running.Length > 0)
            {
                yield return $"the {review.Pod.Template.Kind} never ends, as {string.Join(" and ", running)} will go on running; "
                    + "native sidecars end with it: --native-sidecars always, on Kubernetes 1.29 or later";
            }
        }

        foreach (var instance in Orphans(review))
            yield return $"use {instance} was injected before, and nothing asks for it any more; it stays until \"outrigger uninject\" takes it away";
        foreach (var warning in review.Decision.Warnings)
            yield return warning;
    }

    /// <summary>The uses that an earlier injection brought, and that the Pod does not get now.</summary>
    private static IEnumerable<string> Orphans(PodReview review)
    {
        var status = review.Pod.Pod["metadata"] is JsonObject { } metadata && metadata["annotations"] is JsonObject annotations
            && annotations[AnnotationKeys.Status] is JsonValue value && value.TryGetValue(out string? text) && InjectionStatus.Read(text).TryGet(out var read)
            ? read
            : null;
        var kept = review.Decision switch
        {
            Decision.Inject { Plan: var plan } => plan.Uses.Select(use => use.Bound.Use.Instance),
            Decision.Skip { Reason: SkipReason.NothingAsked or SkipReason.OptedOut } => [],
            _ => status?.Uses.Select(use => use.Instance) ?? [],
        };
        return status?.Uses.Select(use => use.Instance).Except(kept) ?? [];
    }

    /// <summary>The Pod author's mistakes, each with the line of the manifest that it is about.</summary>
    public static IEnumerable<Problem> Mistakes(PodReview review) =>
        review.Decision is Decision.Reject { Problems: var problems }
            ? problems.Select(problem => problem with { Location = Locate(review.Pod, problem) })
            : [];

    /// <summary>
    /// The place of a mistake: its own, or the annotation that it is about; for an annotation that is missing, the one that asks for the
    /// use; else the workload.
    /// </summary>
    public static SourceLocation Locate(TemplatedPod pod, Problem problem)
    {
        var annotations = pod.Source.Find("/metadata/annotations");
        return problem.Location ?? annotations.KeyLocation(Key(problem.Subject)) ?? LocateUse(annotations, problem.Subject) ?? pod.Location;
    }

    /// <summary>A subject that is an annotation's key, or <c>metadata.annotations[KEY]</c> where its value is of the wrong type.</summary>
    private static string Key(string subject) =>
        subject.StartsWith(AnnotationField, StringComparison.Ordinal) && subject.EndsWith(']') ? subject[AnnotationField.Length..^1] : subject;

    private static SourceLocation? LocateUse(SourceNode? annotations, string subject)
    {
        var instance = subject.Split($".{AnnotationKeys.Domain}/")[0];
        foreach (var entry in (annotations as SourceMapping)?.Entries ?? [])
        {
            if (Roles.All.Any(role => entry.Key == AnnotationKeys.OfRole(role)) && entry.Value is SourceScalar { Text: var uses }
                && uses.Split(',', '=', '@').Any(part => part.Trim() == instance))
                return entry.KeyLocation;
        }

        return null;
    }
}
