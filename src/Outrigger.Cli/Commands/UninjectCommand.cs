using System.Collections.Immutable;
using System.CommandLine;
using Outrigger.Cli.Edits;
using Outrigger.Cli.Inputs;
using Outrigger.Cli.Options;
using Outrigger.Cli.Output;
using Outrigger.Cli.Reviews;
using Outrigger.Core.Patching;

namespace Outrigger.Cli.Commands;

/// <summary><c>outrigger uninject -f FILE</c></summary>
internal static class UninjectCommand
{
    public static Command Create(Terminal terminal)
    {
        var (manifests, edits) = (new ManifestOptions(), new EditOptions());
        var command = new Command("uninject", "Prints manifests without anything that inject or the webhook added.");
        manifests.AddTo(command);
        edits.AddTo(command);
        command.SetAction(arguments => Run(arguments, manifests, edits, terminal));
        return command;
    }

    private static int Run(ParseResult arguments, ManifestOptions manifests, EditOptions edits, Terminal terminal)
    {
        var diagnostics = new Diagnostics(terminal);
        if (manifests.Read(arguments, terminal, diagnostics) is not { } files)
            return diagnostics.ExitCode;
        EditedFile[] edited = [.. files.Select(file => EditedFile.Of(file, manifest => Operations(manifest, diagnostics)))];
        if (diagnostics.ExitCode == ExitCodes.Done)
            edits.Write(arguments, edited, terminal, diagnostics);
        return diagnostics.ExitCode;
    }

    private static ImmutableArray<PatchOperation> Operations(Manifest manifest, Diagnostics diagnostics) =>
        [.. TemplatedPod.Of(manifest).SelectMany(pod => Operations(pod, diagnostics))];

    private static ImmutableArray<PatchOperation> Operations(TemplatedPod pod, Diagnostics diagnostics)
    {
        var back = Uninjection.Of(pod.ToElement());
        foreach (var problem in back.Problems)
            diagnostics.Finding($"{ReviewMessages.Locate(pod, problem)}: {pod.Title}: {problem with { Location = null }}");
        return back.IsOk ? pod.InDocument(back.Value.Operations) : [];
    }
}
