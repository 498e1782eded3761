using System.Text;
using Outrigger.Cli;
using Outrigger.Kubernetes.Configuration;

// Manifests are UTF-8 whatever the locale says, and a byte order mark would end up in front of the first document.
var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
using var output = new StreamWriter(Console.OpenStandardOutput(), utf8, bufferSize: 16 * 1024);
using var error = new StreamWriter(Console.OpenStandardError(), utf8) { AutoFlush = true };
using var input = Console.OpenStandardInput();

// https://no-color.org: any value but the empty one.
var mayColor = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") != "dumb";
return OutriggerCommand.Invoke(args, new Terminal
{
    ProgramName = ProgramNames.OfProcess(),
    Input = input,
    Output = output,
    Error = error,
    OutputHasColors = mayColor && !Console.IsOutputRedirected,
    ErrorHasColors = mayColor && !Console.IsErrorRedirected,
    Kubernetes = KubernetesEnvironment.OfProcess(),
});
