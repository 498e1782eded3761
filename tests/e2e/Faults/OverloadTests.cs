using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Outrigger.E2e.Processes;
using Outrigger.E2e.Servers;

namespace Outrigger.E2e.Faults;

/// <summary>Ten times as many reviews at once as the webhook takes, for half a minute.</summary>
public sealed class OverloadTests : IAsyncLifetime
{
    private const int Taken = 20;
    private const int Callers = Taken * 10;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("outrigger-overload-").FullName;
    private WebhookProcess? _webhook;

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        var certificates = new CertificateFolder(_folder);
        await certificates.MakeAsync();
        _webhook = await WebhookProcess.StartAsync(
        [
            "--tls-cert", certificates.CertificateFile, "--tls-key", certificates.KeyFile, "--native-sidecars", "never", "--log-level", "warning",
            "--max-concurrency", $"{Taken}",
        ],
        // What the server takes in a container of 256 MiB: half for its heap
        // (https://learn.microsoft.com/dotnet/core/runtime-config/garbage-collector#heap-limit).
        ("DOTNET_GCHeapHardLimit", "8000000"));
    }

    [Fact]
    public async Task TenTimesTheLoad_GoodAnswersGoOnAndTheRestIsPutOff()
    {
        // 300 KB, so that reviews overlap.
        var review = DirectCaller.Review(variables: 3000);
        using var caller = new DirectCaller($"127.0.0.1:{_webhook!.Port}");
        var alone = await PostAsync(caller, review, Taken, TimeSpan.FromSeconds(10));
        var (before, most) = (_webhook.ResidentBytes, 0L);
        var load = PostAsync(caller, review, Callers, Length);
        while (!load.IsCompleted)
        {
            most = Math.Max(most, _webhook.ResidentBytes);
            await Task.Delay(200);
        }

        var answers = await load;
        var times = answers.Where(one => one.Status == HttpStatusCode.OK).Select(one => one.At).Order().ToArray();
        var gap = times.Prepend(TimeSpan.Zero).Zip(times.Append(Length), (before, after) => after - before).Max();
        var (good, putOff) = (Number(answers, HttpStatusCode.OK), Number(answers, HttpStatusCode.TooManyRequests));
        Show.Line(
            $"fault: {Callers} callers where {Taken} reviews at once are taken, {Length.TotalSeconds:0} s: {good} answered, {putOff} put off with 429, {answers.Count - good - putOff} else; "
            + $"good answers a second {good / Length.TotalSeconds:0} (with {Taken} callers {Number(alone, HttpStatusCode.OK) / 10.0:0}), at most {gap.TotalMilliseconds:0} ms between two of them; resident memory {Mebibytes(before)} MiB before, {Mebibytes(most)} MiB at most");
        _webhook.HasExited.Should().BeFalse();
        (good + putOff).Should().Be(answers.Count);
        putOff.Should().BePositive();
        // How many depends on the callers, who share this machine; that they never stop does not.
        gap.Should().BeLessThan(TimeSpan.FromSeconds(2), "good answers go on");
        most.Should().BeLessThan(256 * 1024 * 1024, "that is the chart's limit");
        (await caller.PostAsync(review)).Should().Be(HttpStatusCode.OK);
    }

    /// <inheritdoc />
    public async Task DisposeAsync()
    {
        if (_webhook is not null)
            await _webhook.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<ConcurrentBag<(HttpStatusCode Status, TimeSpan At)>> PostAsync(DirectCaller caller, byte[] review, int callers, TimeSpan length)
    {
        var (answers, began) = (new ConcurrentBag<(HttpStatusCode, TimeSpan)>(), Stopwatch.GetTimestamp());
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(began) < length)
            {
                var status = await caller.PostAsync(review);
                answers.Add((status, Stopwatch.GetElapsedTime(began)));
                // As the API server does, which waits before it asks again.
                if (status == HttpStatusCode.TooManyRequests)
                    await Task.Delay(50);
            }
        })));
        return answers;
    }

    private static int Number(IEnumerable<(HttpStatusCode Status, TimeSpan At)> answers, HttpStatusCode status) => answers.Count(one => one.Status == status);

    private static long Mebibytes(long bytes) => bytes / 1024 / 1024;
}
