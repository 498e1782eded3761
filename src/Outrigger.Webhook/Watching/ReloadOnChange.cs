namespace Outrigger.Webhook.Watching;

/// <summary>Calls for a reload whenever the files of some folders may have changed, for as long as the server lives.</summary>
internal sealed partial class ReloadOnChange(
    IReadOnlyCollection<string> folders, bool deep, Action reload, WatchTiming timing, TimeProvider time, ILogger<ReloadOnChange> logger)
    : BackgroundService
{
    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (folders.Count == 0)
            return;
        using var changes = new FolderChanges(folders, deep, timing, time, logger);
        // What changed between the first reading and the start of the watch was notified to nobody.
        changes.Signal();
        while (!stoppingToken.IsCancellationRequested)
        {
            await changes.WaitAsync(stoppingToken);
            try
            {
                reload();
            }
            catch (Exception e)
            {
                // One reload that goes wrong must not be the last.
                LogFault(e);
            }
        }
    }

    [LoggerMessage(21, LogLevel.Error, "a reload failed for a fault of the server; what was in force stays", EventName = "ReloadFault")]
    private partial void LogFault(Exception exception);
}
