using System.CommandLine;

namespace Outrigger.Cli.Options;

/// <summary><c>-o text|json</c>, for commands that report.</summary>
internal sealed class FormatOption
{
    private readonly Option<string> _output = new("--output", "-o")
    {
        HelpName = "text|json",
        Description = "For people or for programs.",
        DefaultValueFactory = _ => "text",
    };

    public FormatOption() => _output.AcceptOnlyFromAmong("text", "json");

    public void AddTo(Command command) => command.Add(_output);

    /// <summary>Whether a program reads the report.</summary>
    public bool IsJson(ParseResult arguments) => arguments.GetValue(_output) == "json";
}
