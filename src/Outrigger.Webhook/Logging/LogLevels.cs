namespace Outrigger.Webhook.Logging;

/// <summary>How log levels are written in <c>--log-level</c> and in log lines.</summary>
internal static class LogLevels
{
    /// <summary>All names, the most talkative first.</summary>
    public static IReadOnlyList<string> Names { get; } = ["trace", "debug", "info", "warning", "error"];

    /// <summary>The level of that name, or null.</summary>
    public static LogLevel? Parse(string name) => name switch
    {
        "trace" => LogLevel.Trace,
        "debug" => LogLevel.Debug,
        "info" => LogLevel.Information,
        "warning" => LogLevel.Warning,
        "error" => LogLevel.Error,
        _ => null,
    };

    /// <summary>The level's name. Critical is written as an error: nobody filters for more.</summary>
    public static string Name(this LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warning",
        _ => "error",
    };
}
