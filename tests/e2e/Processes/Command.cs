using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Outrigger.E2e.Processes;

/// <summary>A program that was run to its end.</summary>
internal sealed record Command(string Line, int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>The output as JSON.</summary>
    public JsonObject Json => JsonNode.Parse(Output)!.AsObject();

    /// <summary>Runs a program, whatever its exit code will be.</summary>
    /// <param name="program">A path, or a name on PATH.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="input">What it reads from standard input.</param>
    /// <param name="path">A folder in front of PATH.</param>
    /// <param name="limit">How long it may take, by default a minute.</param>
    public static async Task<Command> TryAsync(string program, IEnumerable<string> arguments, string input = "", string? path = null, TimeSpan? limit = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (path is not null)
            start.Environment["PATH"] = path + ":" + start.Environment["PATH"];
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(limit ?? Patience);
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
            await WriteAsync(process, input);
            await process.WaitForExitAsync(patience.Token);
            return new Command($"{Path.GetFileName(program)} {string.Join(' ', start.ArgumentList)}", process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw new TimeoutException($"{program} {string.Join(' ', start.ArgumentList)} did not end within {limit ?? Patience}");
        }
    }

    /// <summary>Runs a program that must succeed.</summary>
    public static async Task<Command> RunAsync(string program, IEnumerable<string> arguments, string input = "", string? path = null, TimeSpan? limit = null)
    {
        var command = await TryAsync(program, arguments, input, path, limit);
        command.ExitCode.Should().Be(0, "{0} said: {1}", command.Line, command.Error);
        return command;
    }

    private static async Task WriteAsync(Process process, string input)
    {
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading; its exit code says more than we could.
        }
    }
}
