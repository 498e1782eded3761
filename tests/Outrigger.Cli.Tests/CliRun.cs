using System.Text;
using Outrigger.Kubernetes.Configuration;

namespace Outrigger.Cli.Tests;

/// <summary>What one call of the command line did.</summary>
internal sealed record CliRun(int ExitCode, string Output, string Error)
{
    /// <summary>The lines of <see cref="Error"/>.</summary>
    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether a line begins and ends so: between the two stands the place.</summary>
    public bool Tells(string prefix, string message) => ErrorLines.Any(line => line.StartsWith(prefix) && line.EndsWith(message));

    /// <summary>Runs a command line that finds no cluster.</summary>
    public static CliRun Of(params string[] args) => With("", args);

    /// <summary>Runs a command line with a standard input.</summary>
    public static CliRun With(string input, params string[] args) =>
        In(terminal => terminal with { Input = new MemoryStream(Encoding.UTF8.GetBytes(input)) }, args);

    /// <summary>Runs a command line in other surroundings.</summary>
    public static CliRun In(Func<Terminal, Terminal> change, params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var exitCode = OutriggerCommand.Invoke(args, change(new Terminal
        {
            ProgramName = "outrigger",
            Input = Stream.Null,
            Output = output,
            Error = error,
            Kubernetes = new KubernetesEnvironment { Variable = _ => null, File = _ => null },
        }));
        return new CliRun(exitCode, output.ToString(), error.ToString());
    }
}
