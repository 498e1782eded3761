using System.CommandLine;
using Outrigger.Core.Results;

namespace Outrigger.Cli;

/// <summary>What is wrong with a command line, with the nearest right word where the library only says that it does not know one.</summary>
internal static class UsageMistakes
{
    /// <summary>One sentence for each mistake.</summary>
    public static IReadOnlyList<string> Of(ParseResult arguments)
    {
        var (command, unknown) = (arguments.CommandResult.Command, arguments.UnmatchedTokens);
        if (unknown.Count == 0)
            return [.. arguments.Errors.Select(error => error.Message)];
        if (command is RootCommand && !unknown[0].StartsWith('-'))
        {
            var commands = command.Subcommands.Select(inner => inner.Name);
            return [$"there is no command \"{unknown[0]}\"{Nearest.Hint(unknown[0], commands)}; there are {Shown.List(commands)}"];
        }

        var told = unknown.Where((token, i) => i == 0 || !unknown[i - 1].StartsWith('-')).Select(token => Mistake(token, command)).ToList();
        var hasFiles = command.Options.Any(option => option.Aliases.Contains("-f")) && unknown.Any(token => !token.StartsWith('-'));
        var others = arguments.Errors.Select(error => error.Message)
            .Where(message => !unknown.Any(token => message.Contains($"'{token}'", StringComparison.Ordinal)))
            .Where(message => !(hasFiles && message.Contains("'--filename'", StringComparison.Ordinal)));
        return [.. told, .. others];
    }

    private static string Mistake(string token, Command command)
    {
        if (token.StartsWith('-'))
            return $"there is no option '{token}'{Nearest.Hint(token, command.Options.Where(option => !option.Hidden).Select(option => option.Name))}";
        return command.Options.Any(option => option.Aliases.Contains("-f"))
            ? $"\"{token}\" stands alone; files are named by -f: {command.Name} -f {token}"
            : $"\"{token}\" is one argument too many";
    }
}
