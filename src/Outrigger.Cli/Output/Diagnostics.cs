using Outrigger.Core.Results;

namespace Outrigger.Cli.Output;

/// <summary>Errors, warnings and notes, one a line; and what the command's exit code is after them.</summary>
internal sealed class Diagnostics(Terminal terminal)
{
    /// <summary>0 as long as nothing was wrong; else the gravest of what was: a file that cannot be read goes before a finding.</summary>
    public int ExitCode { get; private set; }

    /// <summary>Something that was found wrong in what could be read.</summary>
    public void Finding(string message) => Error(message, ExitCodes.Findings);

    /// <summary>A file that could not be read, or not be understood at all.</summary>
    public void Unreadable(Problem problem) => Error(problem.ToString(), ExitCodes.Unreadable);

    /// <summary>Something that was asked for, and that there is none of.</summary>
    public void WrongUsage(string message) => Error(message, ExitCodes.WrongUsage);

    /// <summary>Something that the user should know, and that stops nothing.</summary>
    public void Warning(string message) => Write("warning: ", Style.Warning, message);

    /// <summary>What was done, for a person who watches.</summary>
    public void Note(string message) => terminal.Error.Write(message + "\n");

    private void Error(string message, int exitCode)
    {
        Write("error: ", Style.Error, message);
        ExitCode = Math.Max(ExitCode, exitCode);
    }

    private void Write(string prefix, Style style, string message) =>
        terminal.Error.Write(style.Apply(prefix, terminal.ErrorHasColors) + Shown.Line(message) + "\n");
}
