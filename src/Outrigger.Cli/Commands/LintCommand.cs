using System.Collections.Immutable;
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
        var files = CatalogFiles.Read(paths, terminal.Input, problems);
        foreach (var problem in problems)
            diagnostics.Unreadable(problem);
        if (problems.Count > 0)
            return diagnostics.ExitCode;

        var catalog = ReadCatalog(files);
        var isMine = files.Select(file => file.Path).ToHashSet();
        var findings = catalog.TryGet(out var snapshot) ? PatternLint.Check(snapshot, isMine.Contains) : catalog.Problems;
        foreach (var finding in findings)
            terminal.Output.Write($"{finding}\n");
        if (snapshot is null || findings.Length > 0)
            return ExitCodes.Findings;
        var (patterns, bindings) = (snapshot.Patterns.Count(pattern => isMine.Contains(pattern.Location.File)), snapshot.Bindings.Length);
        terminal.Output.Write($"{Count(patterns, "pattern")}, {Count(bindings, "binding")}: no findings\n");
        return ExitCodes.Done;
    }

    // Bindings and patterns may refer to built-in patterns. Files that are to take the place of those would clash with them, and are read
    // alone.
    private static Result<CatalogSnapshot> ReadCatalog(ImmutableArray<CatalogFile> files)
    {
        var together = CatalogReader.Read([.. BuiltInPatterns.Files, .. files], Installation.Plain);
        if (together.IsOk)
            return together;
        var alone = CatalogReader.Read(files, Installation.Plain);
        return alone.Problems.Length < together.Problems.Length ? alone : together;
    }

    private static string Count(int number, string noun) => $"{number} {noun}{(number == 1 ? "" : "s")}";
}
