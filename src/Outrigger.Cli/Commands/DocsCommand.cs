using System.CommandLine;
using Outrigger.Cli.Docs;
using Outrigger.Cli.Inputs;
using Outrigger.Cli.Output;
using Outrigger.Core.Results;

namespace Outrigger.Cli.Commands;

/// <summary><c>outrigger docs PATH... -o DIR</c></summary>
internal static class DocsCommand
{
    public static Command Create(Terminal terminal)
    {
        var paths = new Argument<string[]>("PATH")
        {
            Arity = ArgumentArity.OneOrMore,
            Description = "Pattern files, folders of them, or - for standard input.",
        };
        var folder = new Option<string>("--output", "-o")
        {
            HelpName = "DIR",
            Required = true,
            Description = "The folder for the pages; those of earlier that are not needed any more are removed, other files are not.",
        };
        var command = new Command("docs", "Writes Markdown pages of a catalog: one a pattern, and an index.") { paths, folder };
        command.SetAction(arguments => Run(arguments.GetRequiredValue(paths), new PageFolder(arguments.GetRequiredValue(folder)), terminal));
        return command;
    }

    private static int Run(string[] paths, PageFolder folder, Terminal terminal)
    {
        var diagnostics = new Diagnostics(terminal);
        if (AuthoredCatalog.Read(paths, terminal, diagnostics) is not { } catalog)
            return diagnostics.ExitCode;
        if (!catalog.Patterns.Any())
            diagnostics.Unreadable(Problem.Of(string.Join(", ", paths), "holds no pattern"));
        var examples = new ExampleFiles(diagnostics);
        var pages = CatalogPages.Of(catalog, examples.Beside);
        foreach (var problem in pages.Problems)
            diagnostics.Finding(problem.ToString());
        if (diagnostics.ExitCode == ExitCodes.Done)
            Write(pages.Value, folder, terminal, diagnostics);
        return diagnostics.ExitCode;
    }

    private static void Write(IReadOnlyList<Page> pages, PageFolder folder, Terminal terminal, Diagnostics diagnostics)
    {
        try
        {
            var result = folder.Write(pages);
            foreach (var problem in result.Problems)
                diagnostics.Unreadable(problem);
            if (result.TryGet(out var written))
                terminal.Output.Write($"{folder.Path}: {written.Pages} pages, {written.Changed} written, {written.Removed} removed\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            diagnostics.Unreadable(Problem.Of(folder.Path, $"cannot be written: {e.Message}"));
        }
    }
}
