using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Outrigger.E2e.Processes;

namespace Outrigger.E2e.Servers;

/// <summary>The published webhook in a process of its own, which ends with this object.</summary>
internal sealed class WebhookProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<JsonElement> _log = [];
    private readonly ConcurrentQueue<string> _errors = [];
    private readonly HttpClient _ops;

    private WebhookProcess(string[] flags, (string Name, string Value)[] variables)
    {
        (Port, var opsPort) = (Ports.Free(), Ports.Free());
        _ops = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{opsPort}") };
        var start = new ProcessStartInfo(Project.Webhook,
        [
            "--port", $"{Port}", "--ops-port", $"{opsPort}", "--drain", "0s", .. flags,
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => _errors.Enqueue(line.Data ?? "");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Port { get; }

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Resident memory, in bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Open files, sockets too.</summary>
    public int OpenFiles => Directory.GetFiles($"/proc/{_process.Id}/fd").Length;

    /// <summary>The lines of an event so far.</summary>
    public int Count(string @event) => _log.Count(line => Text(line, "event") == @event);

    /// <summary>Starts it, and waits until it is ready. KUBECONFIG comes to it with the environment: it knows the cluster of the tests.</summary>
    public static Task<WebhookProcess> StartAsync(CertificateFolder certificates, string catalog) =>
        StartAsync(["--catalog", catalog, "--tls-cert", certificates.CertificateFile, "--tls-key", certificates.KeyFile]);

    /// <summary>Starts it, and waits until it is ready.</summary>
    /// <param name="flags">Beside those of its ports.</param>
    /// <param name="variables">Of its environment, beside those of this process.</param>
    public static async Task<WebhookProcess> StartAsync(string[] flags, params (string Name, string Value)[] variables)
    {
        var webhook = new WebhookProcess(flags, variables);
        try
        {
            await Eventually.BeAsync("the webhook to be ready", webhook.IsReadyAsync);
            return webhook;
        }
        catch
        {
            await webhook.DisposeAsync();
            throw;
        }
    }

    /// <summary>The lines of reviews of a Pod, oldest first, once there are so many.</summary>
    public Task<JsonElement[]> ReviewsAsync(string pod, int count) => Eventually.GetAsync($"{count} reviews of {pod}", () =>
    {
        JsonElement[] reviews = [.. _log.Where(line => Text(line, "event") == "Review" && Text(line, "pod") == pod)];
        return Task.FromResult(reviews.Length >= count ? reviews : null);
    });

    /// <summary>The first line of an event since a moment, once there is one.</summary>
    public async Task<JsonElement> LoggedAsync(string @event, DateTimeOffset since) => (await Eventually.GetAsync($"the log line {@event}", () =>
    {
        JsonElement[] lines = [.. _log.Where(line => Text(line, "event") == @event && line.GetProperty("time").GetDateTimeOffset() >= since)];
        return Task.FromResult(lines.Length > 0 ? lines : null);
    }))[0];

    /// <summary>What <c>/readyz?verbose</c> says.</summary>
    public Task<string> ReadinessAsync() => _ops.GetStringAsync(new Uri("/readyz?verbose", UriKind.Relative));

    /// <summary>Ends it at once, as a machine does that fails.</summary>
    public Task StopAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        return _process.WaitForExitAsync();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process.Dispose();
        _ops.Dispose();
    }

    public static string? Text(JsonElement line, string name) =>
        line.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private void Keep(string? line)
    {
        if (line is null)
            return;
        using var document = JsonDocument.Parse(line);
        _log.Enqueue(document.RootElement.Clone());
    }

    private async Task<bool> IsReadyAsync()
    {
        if (_process.HasExited)
            throw new InvalidOperationException($"the webhook ended with {_process.ExitCode}: {string.Join('\n', _errors)}");
        try
        {
            using var answer = await _ops.GetAsync(new Uri("/readyz", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
