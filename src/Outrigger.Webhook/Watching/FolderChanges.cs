using System.Threading.Channels;

namespace Outrigger.Webhook.Watching;

/// <summary>Says when the files of some folders may have changed. Whoever waits looks for himself whether they did.</summary>
internal sealed partial class FolderChanges : IDisposable
{
    // One waiting signal says all that ten would.
    private readonly Channel<bool> _signals = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly List<FileSystemWatcher> _watchers = [];
    private readonly ITimer _poll;
    private readonly WatchTiming _timing;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <param name="folders">Not files: one that is replaced by renaming leaves a watch on it behind.</param>
    /// <param name="deep">Whether their subfolders are watched too.</param>
    /// <param name="timing">How often and how patiently.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Hears of folders that cannot be watched.</param>
    public FolderChanges(IEnumerable<string> folders, bool deep, WatchTiming timing, TimeProvider time, ILogger logger)
    {
        (_timing, _time, _logger) = (timing, time, logger);
        foreach (var folder in folders.Distinct())
            Watch(folder, deep);
        _poll = time.CreateTimer(_ => Signal(), null, timing.Poll, timing.Poll);
    }

    /// <summary>Asks for a look although no file changed.</summary>
    public void Signal() => _signals.Writer.TryWrite(true);

    /// <summary>Ends when the files may have changed since the last call, and their writer has been quiet for a moment.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        await _signals.Reader.ReadAsync(cancellationToken);
        var since = _time.GetTimestamp();
        do
        {
            await Task.Delay(_timing.Quiet, _time, cancellationToken);
        }
        while (_signals.Reader.TryRead(out _) && _time.GetElapsedTime(since) < _timing.MostQuiet);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _poll.Dispose();
        _watchers.ForEach(watcher => watcher.Dispose());
    }

    private void Watch(string folder, bool deep)
    {
        try
        {
            var watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = deep };
            _watchers.Add(watcher);
            watcher.Changed += (_, _) => Signal();
            watcher.Created += (_, _) => Signal();
            watcher.Deleted += (_, _) => Signal();
            watcher.Renamed += (_, _) => Signal();
            watcher.Error += (_, _) => Signal();
            watcher.EnableRaisingEvents = true;
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            NotNotified(folder, e.Message);
        }
    }

    [LoggerMessage(20, LogLevel.Warning, "changes in {folder} are not notified; it is looked at every few seconds instead: {reason}", EventName = "NotNotified")]
    private partial void NotNotified(string folder, string reason);
}
