using System.Collections.Immutable;
using System.CommandLine;
using Outrigger.Cli.Options;
using Outrigger.Cli.Output;
using Outrigger.Cli.Patterns;
using Outrigger.Core.Catalog;
using Outrigger.Core.Results;

namespace Outrigger.Cli.Commands;

/// <summary><c>outrigger patterns [NAME[@VERSION]]</c></summary>
internal static class PatternsCommand
{
    public static Command Create(Terminal terminal)
    {
        var catalog = new CatalogOptions();
        var format = new FormatOption();
        var name = new Argument<string?>("NAME[@VERSION]")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "One pattern, with its parameters, ports and an example; left out: a table of all.",
        };
        name.CompletionSources.Add(_ => BuiltInNames());
        var command = new Command("patterns", "Shows the catalog.") { name };
        format.AddTo(command);
        catalog.AddCatalogTo(command);
        command.SetAction(arguments =>
        {
            var diagnostics = new Diagnostics(terminal);
            if (catalog.ReadCatalog(arguments, terminal, diagnostics) is not var (snapshot, files))
                return diagnostics.ExitCode;
            var isJson = format.IsJson(arguments);
            return arguments.GetValue(name) is { } wanted
                ? ShowOne(wanted, snapshot, files, isJson, terminal, diagnostics)
                : ShowAll(snapshot, files, isJson, terminal);
        });
        return command;
    }

    private static IEnumerable<string> BuiltInNames() =>
        CatalogReader.Read(BuiltInPatterns.Files, Installation.Plain).Value.Patterns.Select(pattern => pattern.Name).Distinct();

    private static int ShowAll(CatalogSnapshot catalog, ImmutableArray<CatalogFile> files, bool isJson, Terminal terminal)
    {
        if (isJson)
            PatternJson.WriteAll(terminal.Output, catalog.Patterns, files);
        else
            new PatternTable(terminal.Output, terminal.OutputHasColors).WriteAll(catalog.Patterns);
        return ExitCodes.Done;
    }

    private static int ShowOne(
        string wanted, CatalogSnapshot catalog, ImmutableArray<CatalogFile> files, bool isJson, Terminal terminal, Diagnostics diagnostics)
    {
        var reference = PatternReference.Parse(wanted);
        Pattern[] versions = [.. catalog.Patterns.Where(pattern => pattern.Name == reference.Name)];
        if (versions.Length == 0 || reference.Choose(versions) is not { } pattern)
        {
            var known = string.Join(", ", versions.Select(version => version.Version));
            diagnostics.WrongUsage(versions.Length == 0
                ? $"there is no pattern \"{reference.Name}\"{Nearest.Hint(reference.Name, catalog.Patterns.Select(other => other.Name))}"
                : $"the pattern \"{reference.Name}\" has no version \"{reference.Version}\"; it has {known}");
            return diagnostics.ExitCode;
        }

        var source = PatternSource.Of(pattern, files);
        if (isJson)
            PatternJson.Write(terminal.Output, pattern, source);
        else
            new PatternTable(terminal.Output, terminal.OutputHasColors).Write(pattern, source);
        return ExitCodes.Done;
    }
}
