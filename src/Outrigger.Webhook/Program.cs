using System.Collections;
using Outrigger.Core.Results;
using Outrigger.Webhook.Certificates;
using Outrigger.Webhook.Operations;
using Outrigger.Webhook.Options;

namespace Outrigger.Webhook;

/// <summary>The entry point: settings, then the server until a signal ends it.</summary>
internal static partial class Program
{
    private const int Unusable = 1;
    private const int WrongSettings = 2;

    private static async Task<int> Main(string[] args)
    {
        if (Answer(args) is { } text)
        {
            Console.Out.Write(text);
            return 0;
        }

        var read = OptionsReader.Read(args, Variables());
        if (!read.TryGet(out var options))
            return Fail(WrongSettings, read.Problems);
        var built = WebhookHost.Build(options, new HostTuning());
        if (!built.TryGet(out var app))
            return Fail(Unusable, built.Problems);
        await using (app)
        {
            try
            {
                await app.StartAsync();
            }
            catch (IOException e)
            {
                return Fail(Unusable, [Problem.Of("--port, --ops-port", e.Message)]);
            }

            var ports = BoundPorts.Of(app.Services);
            LogListening(app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Program)), ports.Https, ports.Ops);
            await app.WaitForShutdownAsync();
            if (app.Services.GetService<SelfManagedCertificates>()?.Fault is { } fault)
                return Fail(Unusable, [fault]);
        }

        return 0;
    }

    // Asked for help, the server says nothing of the other flags, right or wrong.
    private static string? Answer(string[] args) =>
        args.Contains("--help=markdown") ? OptionsHelp.Markdown()
            : args.Contains("--help") || args.Contains("-h") ? OptionsHelp.Text()
            : args.Contains("--version") ? $"Outrigger.Webhook {Build.Version}\n"
            : null;

    private static Dictionary<string, string> Variables() => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? "");

    private static int Fail(int code, IEnumerable<Problem> problems)
    {
        foreach (var problem in problems)
            Console.Error.WriteLine(problem);
        return code;
    }

    [LoggerMessage(41, LogLevel.Information, "listening: HTTPS on port {port}, health and metrics on port {opsPort}", EventName = "Listening")]
    private static partial void LogListening(ILogger logger, int port, int opsPort);
}
