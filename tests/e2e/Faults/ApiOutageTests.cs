using System.Diagnostics;
using System.Net;
using Outrigger.E2e.Clusters;
using Outrigger.E2e.Processes;
using Outrigger.E2e.Servers;

namespace Outrigger.E2e.Faults;

/// <summary>A webhook whose way to the API server is cut for half a minute.</summary>
public sealed class ApiOutageTests : IAsyncLifetime
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("outrigger-outage-").FullName;
    private ApiGate? _gate;
    private SelfManagedProcess? _self;

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        _gate = await ApiGate.OpenAsync(_folder);
        _self = await SelfManagedProcess.StartAsync([], ("KUBECONFIG", _gate.Kubeconfig));
    }

    [Fact]
    public async Task WithoutTheApiServer_ReviewsAreAnswered_AndWatchingResumes()
    {
        using var api = await ClusterApi.OpenAsync();
        var secret = new KeptSecret(api, _self!.Space.Name, SelfManagedProcess.Secret);
        using var stop = new CancellationTokenSource();
        var reviews = PostAsync(stop.Token);
        await Task.Delay(TimeSpan.FromSeconds(2));

        _gate!.Close();
        await Task.Delay(Length);
        (await _self.Webhook.ReadinessAsync()).Should().EndWith("ready\n").And.NotContain("not ready");
        var opened = DateTimeOffset.UtcNow;
        _gate.Open();

        // What is written while nobody watches is found by the next look; once watches are back, it is found at once.
        var first = await HealAsync(secret);
        await Task.Delay(TimeSpan.FromSeconds(30));
        var then = await HealAsync(secret);
        await stop.CancelAsync();
        var (answered, failed) = await reviews;
        Show.Line(
            $"fault: no API server for {Length.TotalSeconds:0} s: {answered} reviews posted directly and answered, {failed} failed; a Secret deleted as it came back is made again after {first.TotalSeconds:0.0} s, "
            + $"one deleted half a minute later after {then.TotalSeconds:0.0} s");
        failed.Should().Be(0);
        answered.Should().BeGreaterThan(200);
        first.Should().BeLessThan(TimeSpan.FromSeconds(10));
        then.Should().BeLessThan(TimeSpan.FromSeconds(2), "watches tell of it");
        _self.Webhook.HasExited.Should().BeFalse();
        (await _self.Webhook.LoggedAsync("CertificateSecretWritten", opened)).GetProperty("why").GetString().Should().Be("there is no Secret");
    }

    /// <inheritdoc />
    public async Task DisposeAsync()
    {
        if (_self is not null)
            await _self.DisposeAsync();
        if (_gate is not null)
            await _gate.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<TimeSpan> HealAsync(KeptSecret secret)
    {
        await secret.DeleteAsync();
        var began = Stopwatch.GetTimestamp();
        await Eventually.BeAsync("the Secret to be made again", secret.IsWellAsync, TimeSpan.FromMinutes(1));
        return Stopwatch.GetElapsedTime(began);
    }

    private async Task<(int Answered, int Failed)> PostAsync(CancellationToken cancellationToken)
    {
        using var caller = new DirectCaller($"127.0.0.1:{_self!.Webhook.Port}");
        var (review, answered, failed) = (DirectCaller.Review(), 0, 0);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                _ = await caller.PostAsync(review) == HttpStatusCode.OK ? answered++ : failed++;
            }
            catch (HttpRequestException)
            {
                failed++;
            }

            await Task.Delay(100, CancellationToken.None);
        }

        return (answered, failed);
    }
}
