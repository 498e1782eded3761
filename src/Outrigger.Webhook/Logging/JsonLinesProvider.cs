namespace Outrigger.Webhook.Logging;

/// <summary>Logs as JSON, an object a line. Scopes are not written: a line says all by itself.</summary>
/// <param name="lines">Where the lines go; the provider disposes of it, which writes what is still waiting.</param>
/// <param name="time">The clock of the lines.</param>
internal sealed class JsonLinesProvider(LineWriter lines, TimeProvider time) : ILoggerProvider
{
    /// <inheritdoc />
    public ILogger CreateLogger(string categoryName) => new JsonLinesLogger(categoryName, lines, time);

    /// <inheritdoc />
    public void Dispose() => lines.Dispose();
}
