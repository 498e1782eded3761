using System.CommandLine;
using Outrigger.Cli.Output;

namespace Outrigger.Cli.Edits;

/// <summary>The options that say in which form edited manifests are printed.</summary>
internal sealed class EditOptions
{
    private readonly Option<string> _output = new("--output", "-o")
    {
        HelpName = "yaml|json|patch",
        Description = "yaml (default): the manifests as they are written, comments and order kept; json; patch: the JSON Patch alone.",
        DefaultValueFactory = _ => "yaml",
    };

    private readonly Option<bool> _diff = new("--diff") { Description = "Prints what changes, as a unified diff of the YAML." };

    public EditOptions() => _output.AcceptOnlyFromAmong("yaml", "json", "patch");

    public void AddTo(Command command)
    {
        command.Add(_output);
        command.Add(_diff);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_diff) && result.GetResult(_output) is { Implicit: false })
                result.AddError("--diff and --output cannot be combined: the diff has a form of its own");
        });
    }

    /// <summary>Prints the manifests as the user wants them.</summary>
    public void Write(ParseResult arguments, IReadOnlyList<EditedFile> files, Terminal terminal, Diagnostics diagnostics)
    {
        if (arguments.GetValue(_diff) || arguments.GetValue(_output) == "yaml")
        {
            foreach (var document in files.SelectMany(file => file.Documents).Where(document => document.IsRewritten))
                diagnostics.Warning($"{document.Manifest.Source.Root!.Location}: written anew, without comments and layout: where something changes, it uses YAML's aliases, merge keys or \"? \" keys");
        }

        if (arguments.GetValue(_diff))
        {
            EditWriter.WriteDiff(terminal.Output, files, terminal.OutputHasColors);
            return;
        }

        switch (arguments.GetValue(_output))
        {
            case "json":
                EditWriter.WriteJson(terminal.Output, files);
                break;
            case "patch":
                EditWriter.WritePatch(terminal.Output, files);
                break;
            default:
                EditWriter.WriteYaml(terminal.Output, files);
                break;
        }
    }
}
