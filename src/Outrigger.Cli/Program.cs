using System.Text;
using Outrigger.Cli;
using Outrigger.Kubernetes.Configuration;

// Manifests are UTF-8 whatever the locale says, and a byte order mark would end up in front of the first document.
var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
// Invoke flushes it; whoever disposed of it after a failed flush would hear of that failure once more.
var output = new StreamWriter(Console.OpenStandardOutput(), utf8, bufferSize: 16 * 1024);
using var error = new StreamWriter(StandardStreams.Error(), utf8) { AutoFlush = true };
using var input = StandardStreams.Input();

// https://no-color.org: any value but the empty one.
var mayColor = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") != "dumb";
var terminal = new Terminal
{
    ProgramName = ProgramNames.OfProcess(),
    Input = input,
    Output = output,
    Error = error,
    OutputHasColors = mayColor && !Console.IsOutputRedirected,
    ErrorHasColors = mayColor && !Console.IsErrorRedirected,
    Kubernetes = KubernetesEnvironment.OfProcess(),
};
try
{
    return OutriggerCommand.Invoke(args, terminal);
}
catch (Exception e) when (StandardStreams.IsFault(e))
{
    error.Write($"error: the output cannot be written: {(e.InnerException ?? e).Message}\n");
    return ExitCodes.Unreadable;
}
