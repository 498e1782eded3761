using System.CommandLine;
using Outrigger.Cli.Options;
using Outrigger.Cli.Output;
using Outrigger.Cli.Reviews;
using Outrigger.Core.Admission;

namespace Outrigger.Cli.Commands;

/// <summary><c>outrigger explain -f FILE</c></summary>
internal static class ExplainCommand
{
    public static Command Create(Terminal terminal)
    {
        var (manifests, format, reviews) = (new ManifestOptions(), new FormatOption(), new ReviewOptions());
        var command = new Command(
            "explain", "Explains every decision about the Pods of manifests: uses, parameters with their origins, skips, mistakes.");
        manifests.AddTo(command);
        format.AddTo(command);
        reviews.AddTo(command);
        command.SetAction(arguments =>
        {
            var diagnostics = new Diagnostics(terminal);
            if (manifests.Read(arguments, terminal, diagnostics) is not { } files)
                return diagnostics.ExitCode;
            if (reviews.Review(arguments, files, terminal, diagnostics) is not { } explained)
                return diagnostics.ExitCode;
            foreach (var warning in files.SelectMany(file => file.Documents).SelectMany(AnnotationAdvice.Of))
                diagnostics.Warning(warning);
            if (format.IsJson(arguments))
                ReviewJson.Write(terminal.Output, explained);
            else
                new ReviewText(terminal.Output, terminal.OutputHasColors).Write(explained);
            return explained.Any(review => review.Decision is Decision.Reject) ? ExitCodes.Findings : ExitCodes.Done;
        });
        return command;
    }
}
