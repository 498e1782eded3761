using Microsoft.Extensions.Logging;
using Outrigger.Webhook.Logging;
using Outrigger.Webhook.Tests.Hosting;
using Outrigger.Webhook.Watching;

namespace Outrigger.Webhook.Tests.Watching;

public sealed class FolderChangesTests : IDisposable
{
    private static readonly WatchTiming NoPoll = new() { Quiet = TimeSpan.FromMilliseconds(20), Poll = TimeSpan.FromHours(1) };
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TemporaryFolder _folder = new();
    private readonly LogLines _log = new();
    private readonly JsonLinesProvider _provider;
    private readonly ILogger _logger;

    public FolderChangesTests()
    {
        _provider = new JsonLinesProvider(new LineWriter(_log), TimeProvider.System);
        _logger = _provider.CreateLogger("test");
    }

    public void Dispose()
    {
        _provider.Dispose();
        _log.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Wait_FileReplaced_IsNotified()
    {
        _folder.Write("a", "1");
        using var changes = new FolderChanges([_folder.Path], deep: false, NoPoll, TimeProvider.System, _logger);

        var wait = changes.WaitAsync(default);
        _folder.Write("a", "2");

        await wait.WaitAsync(Patience);
    }

    [Fact]
    public async Task Wait_FileInASubfolder_IsNotifiedWhereWatchedDeep()
    {
        Directory.CreateDirectory(_folder["in"]);
        using var changes = new FolderChanges([_folder.Path], deep: true, NoPoll, TimeProvider.System, _logger);

        var wait = changes.WaitAsync(default);
        _folder.Write("in/a", "1");

        await wait.WaitAsync(Patience);
    }

    [Fact]
    public async Task Wait_FolderThatCannotBeWatched_SaysSoAndPolls()
    {
        using var changes = new FolderChanges(
            [_folder["nowhere"]], deep: false, NoPoll with { Poll = TimeSpan.FromMilliseconds(50) }, TimeProvider.System, _logger);

        await changes.WaitAsync(default).WaitAsync(Patience);

        (await _log.WaitAsync("NotNotified")).GetProperty("folder").GetString().Should().Be(_folder["nowhere"]);
    }
}
