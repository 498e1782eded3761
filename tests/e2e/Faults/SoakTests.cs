using System.Globalization;
using System.Net;
using Outrigger.E2e.Processes;
using Outrigger.E2e.Servers;

namespace Outrigger.E2e.Faults;

/// <summary>
/// Ten minutes of load while certificates are replaced every ten seconds: what is held at the half is held at the end.
/// <c>OUTRIGGER_SOAK_MINUTES</c> says another length.
/// </summary>
public sealed class SoakTests : IAsyncLifetime
{
    private const double MostGrowth = 0.02;

    private static readonly TimeSpan Length = TimeSpan.FromMinutes(
        double.TryParse(Environment.GetEnvironmentVariable("OUTRIGGER_SOAK_MINUTES"), CultureInfo.InvariantCulture, out var minutes) ? minutes : 10);

    private SelfManagedProcess? _self;

    /// <inheritdoc />
    public async Task InitializeAsync() => _self = await SelfManagedProcess.StartAsync(
        ["--certificate-lifetime", "15s", "--ca-lifetime", "90s", "--log-level", "warning"]);

    [Fact]
    public async Task LongLoad_TakesNoMoreMemoryAndFilesInItsSecondHalf()
    {
        using var stop = new CancellationTokenSource();
        // Half of the callers keep their connections, as API servers do, half shake hands for each review.
        var callers = Enumerable.Range(0, 4).Select(n => Task.Run(() => CallAsync(keepsConnections: n % 2 == 0, stop.Token))).ToArray();
        var samples = new List<(long Memory, int Files)>();
        for (var taken = TimeSpan.Zero; taken < Length; taken += TimeSpan.FromSeconds(1))
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
            samples.Add((_self!.Webhook.ResidentBytes, _self.Webhook.OpenFiles));
        }

        await stop.CancelAsync();
        var answers = (await Task.WhenAll(callers)).Sum();
        // A single sample is chance: a tenth of all at the half, and at the end.
        var (tenth, half) = (samples.Count / 10, samples.Count / 2);
        var (atHalf, atEnd) = (samples.Skip(half).Take(tenth).ToList(), samples.TakeLast(tenth).ToList());
        var (memory, files) = (Growth(atHalf.Average(one => one.Memory), atEnd.Average(one => one.Memory)), Growth(atHalf.Average(one => one.Files), atEnd.Average(one => one.Files)));
        Show.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"fault: {Length.TotalMinutes:0.#} minutes of load, {answers} reviews, certificates replaced every 10 s: resident memory {atHalf.Average(one => one.Memory) / 1048576:0.0} MiB at the half, {atEnd.Average(one => one.Memory) / 1048576:0.0} MiB at the end ({memory:+0.0%;-0.0%}); open files {atHalf.Average(one => one.Files):0.0} and {atEnd.Average(one => one.Files):0.0} ({files:+0.0%;-0.0%})"));
        memory.Should().BeLessThan(MostGrowth);
        files.Should().BeLessThan(MostGrowth);
    }

    /// <inheritdoc />
    public async Task DisposeAsync()
    {
        if (_self is not null)
            await _self.DisposeAsync();
    }

    private async Task<int> CallAsync(bool keepsConnections, CancellationToken cancellationToken)
    {
        using var caller = new DirectCaller($"127.0.0.1:{_self!.Webhook.Port}", keepsConnections: keepsConnections);
        var (review, answers) = (DirectCaller.Review(variables: 40), 0);
        for (; !cancellationToken.IsCancellationRequested; answers++)
        {
            (await caller.PostAsync(review)).Should().Be(HttpStatusCode.OK);
            await Task.Delay(20, CancellationToken.None);
        }

        return answers;
    }

    private static double Growth(double before, double after) => (after / before) - 1;
}
