using System.Collections.Immutable;
using System.CommandLine;
using Outrigger.Cli.Inputs;
using Outrigger.Cli.Output;
using Outrigger.Core.Catalog;
using Outrigger.Core.Results;

namespace Outrigger.Cli.Options;

/// <summary>The options by which a command is told its catalog and the installation's settings; named as the webhook's own.</summary>
internal sealed class CatalogOptions
{
    private readonly Option<string[]> _catalog = new("--catalog")
    {
        HelpName = "DIR|FILE",
        Description = "Patterns and bindings beside the built-in ones; may be repeated.",
    };

    private readonly Option<string> _builtIn = new("--builtin-patterns")
    {
        HelpName = "true|false",
        Description = "Whether the built-in catalog is used.",
        DefaultValueFactory = _ => "true",
    };

    private readonly Option<string[]> _defaults = new("--default")
    {
        HelpName = "PATTERN.PARAMETER=VALUE",
        Description = "The installation's default for a parameter; may be repeated.",
    };

    private readonly Option<string> _imageRegistry = new("--image-registry")
    {
        HelpName = "REGISTRY",
        Description = "A mirror that is put in front of the image of every pattern.",
    };

    private readonly NativeSidecarsOption _nativeSidecars = new();

    public CatalogOptions()
    {
        _builtIn.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => !bool.TryParse(token.Value, out _)))
                result.AddError($"--builtin-patterns {token.Value}: allowed is true or false");
        });
        _defaults.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => InstallationDefault.Parse(token.Value) is null))
                result.AddError($"--default {token.Value}: it has the form PATTERN.PARAMETER=VALUE, such as https.port=8443");
        });
        _imageRegistry.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => !ImageMirror.IsOne(token.Value)))
                result.AddError($"--image-registry \"{token.Value}\": allowed is {ImageMirror.Allowed}");
        });
    }

    /// <summary>All of them, for a command that reviews Pods.</summary>
    public void AddTo(Command command)
    {
        AddCatalogTo(command);
        command.Add(_defaults);
        command.Add(_imageRegistry);
        _nativeSidecars.AddTo(command);
    }

    /// <summary>Those that say which patterns there are, for a command that only shows them.</summary>
    public void AddCatalogTo(Command command)
    {
        command.Add(_catalog);
        command.Add(_builtIn);
    }

    /// <summary>
    /// The catalog for reviews; null where it cannot be read, of which the user is told. Where there is nothing to review, no cluster is
    /// asked about native sidecars.
    /// </summary>
    public CatalogSnapshot? Read(ParseResult arguments, bool hasPods, Terminal terminal, Diagnostics diagnostics)
    {
        var installation = new Installation
        {
            NativeSidecars = hasPods && _nativeSidecars.Decide(arguments, terminal, diagnostics),
            ImageRegistry = arguments.GetValue(_imageRegistry),
            Defaults = [.. (arguments.GetValue(_defaults) ?? []).Select(text => InstallationDefault.Parse(text)!)],
        };
        return Read(arguments, terminal, diagnostics, installation)?.Snapshot;
    }

    /// <summary>The catalog to look at, with its files; null where it cannot be read, of which the user is told.</summary>
    public (CatalogSnapshot Snapshot, ImmutableArray<CatalogFile> Files)? ReadCatalog(
        ParseResult arguments, Terminal terminal, Diagnostics diagnostics) =>
        Read(arguments, terminal, diagnostics, Installation.Plain);

    private (CatalogSnapshot Snapshot, ImmutableArray<CatalogFile> Files)? Read(
        ParseResult arguments, Terminal terminal, Diagnostics diagnostics, Installation installation)
    {
        var problems = new List<Problem>();
        var paths = arguments.GetValue(_catalog) ?? [];
        var given = CatalogFiles.Read(paths, terminal.Input, problems);
        foreach (var folder in paths.Where(CatalogFiles.IsFolder).Where(folder => problems.Count == 0 && !given.Any(file => file.Path.StartsWith(folder, StringComparison.Ordinal))))
            diagnostics.Warning($"--catalog {folder}: there is no .yaml or .yml or .json file in this folder");
        ImmutableArray<CatalogFile> files = [.. bool.Parse(arguments.GetRequiredValue(_builtIn)) ? BuiltInPatterns.Files : [], .. given];
        if (problems.Count == 0)
        {
            var catalog = CatalogReader.Read(files, installation);
            if (catalog.TryGet(out var snapshot))
                return (snapshot, files);
            problems.AddRange(catalog.Problems);
        }

        foreach (var problem in problems)
        {
            if (problem.Subject.StartsWith("--default ", StringComparison.Ordinal))
                diagnostics.WrongUsage(problem.ToString());
            else
                diagnostics.Unreadable(problem);
        }

        return null;
    }
}
