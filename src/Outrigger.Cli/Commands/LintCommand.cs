using System.CommandLine;
using Outrigger.Cli.Inputs;
using Outrigger.Cli.Output;
using Outrigger.Core.Catalog;
using Outrigger.Core.Results;

namespace Outrigger.Cli.Commands;

/// <summary><c>outrigger lint PATH...</c></summary>
internal static class LintCommand
{
    public static Command Create(Terminal terminal)
    {
        var paths = new Argument<string[]>("PATH")
        {
            Arity = ArgumentArity.OneOrMore,
            Description = "Pattern files, folders of them, or - for standard input.",
        };
        var command = new Command("lint", "Checks pattern files as a careful author would.") { paths };
        command.SetAction(arguments => Run(arguments.GetRequiredValue(paths), terminal));
        return command;
    }

    private static int Run(string[] paths, Terminal terminal)
    {
        var diagnostics = new Diagnostics(terminal);
        var problems = new List<Problem>();
        var files = CatalogFiles.ReadAuthored(paths, terminal.Input, problems);
        foreach (var problem in problems)
            diagnostics.Unreadable(problem);
        if (problems.Count > 0)
            return diagnostics.ExitCode;

        var read = AuthoredCatalog.Of(files);
        var findings = read.TryGet(out var catalog) ? PatternLint.Check(catalog.Snapshot, catalog.Holds) : read.Problems;
        foreach (var finding in findings)
            terminal.Output.Write($"{finding}\n");
        foreach (var taken in TakenByBuiltIn(catalog))
            diagnostics.Warning($"{taken.Location}: {taken.Title} is built in too, and a catalog holds each version once: give this one another version, or run without the built-in patterns (--builtin-patterns false)");
        if (catalog is null || findings.Length > 0)
            return ExitCodes.Findings;
        terminal.Output.Write($"{Count(catalog.Patterns.Count(), "pattern")}, {Count(catalog.Snapshot.Bindings.Length, "binding")}: no findings\n");
        return ExitCodes.Done;
    }

    /// <summary>Patterns of the title of a built-in one that are not that one itself.</summary>
    private static IEnumerable<Pattern> TakenByBuiltIn(AuthoredCatalog? catalog)
    {
        var builtIn = CatalogReader.Read(BuiltInPatterns.Files, Installation.Plain).Value.Patterns;
        return (catalog?.Patterns ?? []).Where(own => own.Namespace is null
            && builtIn.Any(other => other.Title == own.Title && other.Revision != own.Revision));
    }

    private static string Count(int number, string noun) => $"{number} {noun}{(number == 1 ? "" : "s")}";
}
