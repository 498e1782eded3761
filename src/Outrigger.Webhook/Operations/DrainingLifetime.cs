using System.Runtime.InteropServices;
using Outrigger.Webhook.Options;
using Outrigger.Webhook.Serving;

namespace Outrigger.Webhook.Operations;

/// <summary>
/// Ends the server so that nobody notices: at SIGTERM (or SIGINT) it is unready at once and keeps serving for the drain, in which
/// endpoints and load balancers learn of it; only then it lets nobody in any more, answers who is in, and stops. A second signal ends the process as if nobody had listened.
/// </summary>
internal sealed partial class DrainingLifetime(
    WebhookOptions options, Readiness readiness, ConnectionGate connections, IHostApplicationLifetime application, TimeProvider time,
    ILogger<DrainingLifetime> logger)
    : IHostLifetime, IDisposable
{
    private readonly List<PosixSignalRegistration> _signals = [];
    private int _begun;

    /// <inheritdoc />
    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal));
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal));
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Begins the end. False where it had begun before.</summary>
    public bool Begin()
    {
        if (Interlocked.Exchange(ref _begun, 1) != 0)
            return false;
        readiness.IsDraining = true;
        LogDraining(options.Drain.TotalSeconds);
        _ = StopAfterDrainAsync();
        return true;
    }

    /// <inheritdoc />
    public void Dispose() => _signals.ForEach(signal => signal.Dispose());

    // Left alone, the second signal does what the system does with it.
    private void OnSignal(PosixSignalContext context) => context.Cancel = Begin();

    private async Task StopAfterDrainAsync()
    {
        await Task.Delay(options.Drain, time);
        await connections.CloseAsync();
        application.StopApplication();
    }

    [LoggerMessage(40, LogLevel.Information, "signalled to end: unready now, serving for {drainSeconds} s more", EventName = "Draining")]
    private partial void LogDraining(double drainSeconds);
}
