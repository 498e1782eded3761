using System.Collections.Immutable;
using Outrigger.Core.Catalog;
using Outrigger.Core.Results;

namespace Outrigger.Cli.Inputs;

/// <summary>The catalog files that an author works on, read beside the built-in catalog.</summary>
/// <param name="Files">The author's files.</param>
/// <param name="Snapshot">All patterns, and the author's bindings.</param>
internal sealed record AuthoredCatalog(ImmutableArray<CatalogFile> Files, CatalogSnapshot Snapshot)
{
    /// <summary>The author's own patterns, by name and then version.</summary>
    public IEnumerable<Pattern> Patterns => Snapshot.Patterns.Where(pattern => Holds(pattern.Location.File));

    /// <summary>Whether a file is one of the author's.</summary>
    public bool Holds(string file) => Files.Any(mine => mine.Path == file);

    /// <summary>
    /// Reads the files, or tells every mistake in them. Bindings and patterns may refer to built-in patterns; files that are to take the
    /// place of those would clash with them, and are read alone.
    /// </summary>
    public static Result<AuthoredCatalog> Of(ImmutableArray<CatalogFile> files)
    {
        var read = CatalogReader.Read([.. BuiltInPatterns.Files, .. files], Installation.Plain);
        if (!read.IsOk)
        {
            var alone = CatalogReader.Read(files, Installation.Plain);
            read = alone.Problems.Length < read.Problems.Length ? alone : read;
        }

        return read.TryGet(out var snapshot)
            ? Result.Ok(new AuthoredCatalog(files, snapshot))
            : Result.Fail<AuthoredCatalog>(read.Problems);
    }

    /// <summary>Reads files and folders; null where there is something that cannot be read, of which the user is told.</summary>
    public static AuthoredCatalog? Read(string[] paths, Terminal terminal, Output.Diagnostics diagnostics)
    {
        var problems = new List<Problem>();
        var files = CatalogFiles.ReadAuthored(paths, terminal.Input, problems);
        var catalog = problems.Count == 0 ? Of(files) : Result.Fail<AuthoredCatalog>(problems);
        foreach (var problem in catalog.Problems)
            diagnostics.Unreadable(problem);
        return catalog.TryGet(out var authored) ? authored : null;
    }
}
