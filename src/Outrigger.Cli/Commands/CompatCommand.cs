using System.CommandLine;
using Outrigger.Cli.Comparisons;
using Outrigger.Cli.Inputs;
using Outrigger.Cli.Options;
using Outrigger.Cli.Output;
using Outrigger.Core.Compatibility;

namespace Outrigger.Cli.Commands;

/// <summary><c>outrigger compat OLD NEW</c></summary>
internal static class CompatCommand
{
    public static Command Create(Terminal terminal)
    {
        var old = new Argument<string>("OLD") { Description = "The patterns that are in use: a file or a folder, or - for standard input." };
        var now = new Argument<string>("NEW") { Description = "The patterns that shall take their place." };
        var format = new FormatOption();
        var command = new Command("compat", "Tells what new versions of patterns break, and which version numbers they must have.") { old, now };
        format.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(old) == InputFiles.StandardInput && result.GetValue(now) == InputFiles.StandardInput)
                result.AddError("OLD and NEW cannot both be standard input");
        });
        command.SetAction(arguments => Run(arguments.GetRequiredValue(old), arguments.GetRequiredValue(now), format.IsJson(arguments), terminal));
        return command;
    }

    private static int Run(string old, string now, bool isJson, Terminal terminal)
    {
        var diagnostics = new Diagnostics(terminal);
        var (before, after) = (AuthoredCatalog.Read([old], terminal, diagnostics), AuthoredCatalog.Read([now], terminal, diagnostics));
        if (before is null || after is null)
            return diagnostics.ExitCode;
        var comparison = CatalogComparison.Compare(before.Patterns, after.Patterns);
        if (isJson)
            ComparisonJson.Write(terminal.Output, comparison);
        else
            ComparisonText.Write(terminal.Output, comparison, terminal.OutputHasColors);
        return comparison.Patterns.All(pattern => pattern.IsEnough) ? ExitCodes.Done : ExitCodes.Findings;
    }
}
