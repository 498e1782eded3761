using System.CommandLine;
using System.CommandLine.Invocation;
using Outrigger.Cli.Commands;
using Outrigger.Cli.Output;
using Outrigger.Core.Results;

namespace Outrigger.Cli;

/// <summary>The whole command line.</summary>
internal static class OutriggerCommand
{
    /// <summary>Runs one command line; the exit code is one of <see cref="ExitCodes"/>.</summary>
    public static int Invoke(IReadOnlyList<string> args, Terminal terminal)
    {
        var arguments = Create(terminal).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        try
        {
            return arguments.Action is ParseErrorAction
                ? Refuse(arguments, terminal)
                : arguments.Invoke(new InvocationConfiguration
                {
                    Output = terminal.Output,
                    Error = terminal.Error,
                    EnableDefaultExceptionHandler = false,
                });
        }
        finally
        {
            terminal.Output.Flush();
        }
    }

    /// <summary>The commands and their options, ready to parse.</summary>
    public static RootCommand Create(Terminal terminal)
    {
        var root = new RootCommand(
            "Injects sidecars, ambassadors and adapters into annotated Pods, as the webhook would.\n"
            + "Exit codes: 0 done, 1 findings, 2 wrong usage, 3 an input could not be read.")
        {
            HelpName = terminal.ProgramName,
        };
        root.Add(InjectCommand.Create(terminal));
        root.Add(UninjectCommand.Create(terminal));
        root.Add(ExplainCommand.Create(terminal));
        root.Add(PatternsCommand.Create(terminal));
        root.Add(LintCommand.Create(terminal));
        root.Add(CompatCommand.Create(terminal));
        root.Add(DocsCommand.Create(terminal));
        root.Add(CertsCommand.Create(terminal));
        foreach (var version in root.Options.OfType<VersionOption>())
            version.Action = new VersionAction(terminal);
        return root;
    }

    private static int Refuse(ParseResult arguments, Terminal terminal)
    {
        foreach (var message in UsageMistakes.Of(arguments))
            terminal.Error.Write($"{Style.Error.Apply("error: ", terminal.ErrorHasColors)}{Shown.Line(message)}\n");
        var command = arguments.CommandResult.Command is RootCommand ? "" : $" {arguments.CommandResult.Command.Name}";
        terminal.Error.Write($"See \"{terminal.ProgramName}{command} --help\".\n");
        return ExitCodes.WrongUsage;
    }

    // The library's own action shows the version of whatever program this code runs in.
    private sealed class VersionAction(Terminal terminal) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            terminal.Output.Write($"{typeof(OutriggerCommand).Assembly.GetName().Version?.ToString(3)}\n");
            return ExitCodes.Done;
        }
    }
}
