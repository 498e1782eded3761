namespace Outrigger.Webhook.Watching;

/// <summary>How watched files are looked at.</summary>
internal sealed record WatchTiming
{
    /// <summary>
    /// Writers seldom do one thing: a certificate and its key, a folder of files. What they did is looked at once they have been quiet for so long.
    /// </summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromMilliseconds(150);

    /// <summary>A writer that is never quiet is looked at after so long all the same.</summary>
    public TimeSpan MostQuiet { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Notifications miss some changes (a link's target in a folder that is not watched, network file systems, too few inotify watches),
    /// so the files are looked at this often without any.
    /// </summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(5);
}
