using System.Collections.Immutable;
using System.CommandLine;
using Outrigger.Cli.Edits;
using Outrigger.Cli.Options;
using Outrigger.Cli.Output;
using Outrigger.Cli.Reviews;
using Outrigger.Core.Admission;
using Outrigger.Core.Patching;

namespace Outrigger.Cli.Commands;

/// <summary><c>outrigger inject -f FILE</c></summary>
internal static class InjectCommand
{
    public static Command Create(Terminal terminal)
    {
        var (manifests, edits, reviews) = (new ManifestOptions(), new EditOptions(), new ReviewOptions());
        var command = new Command("inject", "Prints manifests with all that the webhook would add to their Pods.");
        manifests.AddTo(command);
        edits.AddTo(command);
        reviews.AddTo(command);
        command.SetAction(arguments => Run(arguments, manifests, edits, reviews, terminal));
        return command;
    }

    private static int Run(ParseResult arguments, ManifestOptions manifests, EditOptions edits, ReviewOptions options, Terminal terminal)
    {
        var diagnostics = new Diagnostics(terminal);
        if (manifests.Read(arguments, terminal, diagnostics) is not { } files)
            return diagnostics.ExitCode;
        if (options.Review(arguments, files, terminal, diagnostics) is not { } reviews)
            return diagnostics.ExitCode;
        ReviewMessages.Tell(files, reviews, diagnostics);
        var byManifest = reviews.ToLookup(review => review.Pod.Manifest, ReferenceEqualityComparer.Instance);

        // Where one manifest is refused, no other is printed either: whoever pipes the output on gets all or nothing.
        if (diagnostics.ExitCode != ExitCodes.Done)
            return diagnostics.ExitCode;
        edits.Write(arguments, [.. files.Select(file => EditedFile.Of(file, manifest => Operations(byManifest[manifest])))], terminal, diagnostics);
        return ExitCodes.Done;
    }

    private static ImmutableArray<PatchOperation> Operations(IEnumerable<PodReview> reviews) => [.. reviews.SelectMany(review => Operations(review))];

    private static ImmutableArray<PatchOperation> Operations(PodReview review) =>
        review.Decision is Decision.Inject { Patch: var patch } ? review.Pod.InDocument(patch) : [];
}
