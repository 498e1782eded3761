using System.CommandLine;
using Outrigger.Cli.Inputs;
using Outrigger.Cli.Output;
using Outrigger.Core.Results;

namespace Outrigger.Cli.Options;

/// <summary>The options by which a command is told its manifests; named as kubectl's own.</summary>
internal sealed class ManifestOptions
{
    private readonly Option<string[]> _files = new("--filename", "-f")
    {
        HelpName = "FILE|DIR|-",
        Required = true,
        Description = "A manifest, a folder of them, or - for standard input; may be repeated.",
    };

    private readonly Option<bool> _recursive = new("--recursive", "-R") { Description = "Looks into the subfolders of a folder too." };

    public void AddTo(Command command)
    {
        command.Add(_files);
        command.Add(_recursive);
    }

    /// <summary>All manifests; null where any of them cannot be read, of which the user is told.</summary>
    public IReadOnlyList<ManifestFile>? Read(ParseResult arguments, Terminal terminal, Diagnostics diagnostics)
    {
        var problems = new List<Problem>();
        var files = InputFiles.Read(arguments.GetRequiredValue(_files), arguments.GetValue(_recursive), terminal.Input, problems);
        var manifests = new List<ManifestFile>();
        foreach (var file in files)
        {
            var read = ManifestFile.Of(file);
            problems.AddRange(read.Problems);
            if (read.TryGet(out var manifest))
                manifests.Add(manifest);
        }

        foreach (var problem in problems)
            diagnostics.Unreadable(problem);
        return problems.Count == 0 ? manifests : null;
    }
}
