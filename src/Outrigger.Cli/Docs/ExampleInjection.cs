using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Outrigger.Cli.Edits;
using Outrigger.Cli.Inputs;
using Outrigger.Cli.Output;
using Outrigger.Cli.Patterns;
using Outrigger.Cli.Reviews;
using Outrigger.Core.Admission;
using Outrigger.Core.Catalog;
using Outrigger.Core.Manifests;
using Outrigger.Core.Patching;
using Outrigger.Core.Results;
using Outrigger.Core.Selection;

namespace Outrigger.Cli.Docs;

/// <summary>A manifest that uses a pattern, and what the webhook makes of it.</summary>
/// <param name="Manifest">The manifest.</param>
/// <param name="Diff">What is added, as a unified diff; empty where the manifest only shows the annotations to write.</param>
internal sealed record ExampleInjection(string Manifest, string Diff)
{
    /// <summary>The name of the file that an author puts beside a pattern.</summary>
    public const string FileName = "example.yaml";

    // The note that the injector leaves is no part of what it does for anybody.
    private static readonly string Note = $"/metadata/annotations/{AnnotationKeys.Status.Replace("/", "~1", StringComparison.Ordinal)}";

    /// <summary>The author's example for a pattern, if its Pods use it; else the shortest that the pattern allows.</summary>
    public static ExampleInjection Of(Pattern pattern, PatternSource source, ManifestFile? written, CatalogSnapshot catalog)
    {
        if (written is not null && Review(pattern, written, catalog) is { Length: > 0 } diff)
            return new(written.Text, diff);
        var shortest = Shortest(pattern, source);
        return new(shortest.Text, Review(pattern, shortest, catalog));
    }

    /// <summary>What is wrong with an author's example: its Pods that would be refused.</summary>
    public static IEnumerable<Problem> Problems(ManifestFile written, CatalogSnapshot catalog, string? @namespace) =>
        from review in PodReview.Of([written], catalog, @namespace ?? "default")
        where review.Decision is Decision.Reject
        from problem in ((Decision.Reject)review.Decision).Problems
        select problem with { Location = problem.Location ?? review.Pod.Location };

    private static string Review(Pattern pattern, ManifestFile file, CatalogSnapshot catalog)
    {
        var reviews = PodReview.Of([file], catalog, pattern.Namespace ?? "default");
        if (reviews.Any(review => review.Decision is Decision.Reject) || !reviews.Any(review => Uses(review.Decision, pattern)))
            return "";
        var byManifest = reviews.ToLookup(review => review.Pod.Manifest, ReferenceEqualityComparer.Instance);
        var edited = EditedFile.Of(file, manifest => [.. byManifest[manifest].SelectMany(review => Operations(review))]);
        using var diff = new StringWriter();
        UnifiedDiff.Write(diff, FileName, FileName, file.Text, edited.Text);
        return diff.ToString();
    }

    private static bool Uses(Decision decision, Pattern pattern) =>
        decision is Decision.Inject && decision.Explanation.Uses.Any(use => ReferenceEquals(use.Use.Pattern, pattern));

    private static ImmutableArray<PatchOperation> Operations(PodReview review) => review.Decision is Decision.Inject { Patch: var patch }
        ? review.Pod.InDocument(patch.Where(operation => operation.Path != Note))
        : [];

    private static ManifestFile Shortest(Pattern pattern, PatternSource source)
    {
        var annotations = PatternExample.Annotations(pattern, source).Select(one => KeyValuePair.Create(one.Key, (JsonNode?)one.Value));
        var pod = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Pod",
            ["metadata"] = new JsonObject { ["name"] = "app", ["annotations"] = new JsonObject(annotations) },
            ["spec"] = new JsonObject
            {
                ["containers"] = new JsonArray(new JsonObject
                {
                    ["name"] = "app",
                    ["image"] = "example.com/app:1.0.0",
                    ["ports"] = new JsonArray(new JsonObject { ["containerPort"] = 8080 }),
                }),
            },
        };
        return ManifestFile.Of(new InputFile(FileName, YamlWriter.Write(pod))).Value;
    }
}
