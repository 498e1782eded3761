using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace Outrigger.Demo;

/// <summary>The real webhook, as a process of its own.</summary>
internal sealed class WebhookProcess : IAsyncDisposable
{
    private const int SigTerm = 15;
    private readonly Process _process;
    private readonly StringBuilder _log = new();

    private WebhookProcess(Process process, Uri address)
    {
        (_process, Address) = (process, address);
        process.OutputDataReceived += (_, line) => Remember(line.Data);
        process.ErrorDataReceived += (_, line) => Remember(line.Data);
    }

    /// <summary>Where it serves HTTPS.</summary>
    public Uri Address { get; }

    /// <summary>All that it has printed.</summary>
    public string Log
    {
        get
        {
            lock (_log)
                return _log.ToString();
        }
    }

    /// <summary>The program that the command line names, else the one that was built together with the demo.</summary>
    public static string FindProgram(string[] args)
    {
        const string name = "Outrigger.Webhook.dll";
        // examples/demo/bin/CONFIGURATION/FRAMEWORK/, and the webhook has the same configuration and framework.
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var program = args.Length > 0
            ? args[0]
            : Path.Combine(own.FullName, "../../../../../src/Outrigger.Webhook/bin", own.Parent!.Name, own.Name, name);
        return File.Exists(program)
            ? Path.GetFullPath(program)
            : throw new DemoException($"there is no {program}; build the solution first, or name {name}");
    }

    /// <summary>Starts it on free ports and waits until it is ready.</summary>
    public static async Task<WebhookProcess> StartAsync(string program, DemoCertificates certificates, CancellationToken cancellationToken)
    {
        var (port, opsPort) = FreePorts();
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            ArgumentList =
            {
                "exec", program, "--port", port, "--ops-port", opsPort, "--tls-cert", certificates.CertificateFile, "--tls-key",
                certificates.KeyFile, "--native-sidecars", "never", "--drain", "0",
            },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Settings of another webhook on this machine are none of the demo's.
        foreach (var variable in start.Environment.Keys.Where(key => key.StartsWith("OUTRIGGER_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(variable);

        var webhook = new WebhookProcess(new Process { StartInfo = start }, new Uri($"https://127.0.0.1:{port}"));
        webhook._process.Start();
        webhook._process.BeginOutputReadLine();
        webhook._process.BeginErrorReadLine();
        try
        {
            await webhook.WaitUntilReadyAsync(new Uri($"http://127.0.0.1:{opsPort}/readyz"), cancellationToken);
            return webhook;
        }
        catch
        {
            await webhook.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops it as Kubernetes would, and expects it to go in peace.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
        {
            _process.Kill();
            return;
        }

        _ = kill(_process.Id, SigTerm);
        await _process.WaitForExitAsync(cancellationToken);
        if (_process.ExitCode != 0)
            throw new DemoException($"the webhook ended with exit code {_process.ExitCode}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private async Task WaitUntilReadyAsync(Uri readiness, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        while (!await IsReadyAsync(client, readiness, cancellationToken))
        {
            if (_process.HasExited)
                throw WithLog($"the webhook ended with exit code {_process.ExitCode} before it was ready");
            try
            {
                await Task.Delay(50, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                throw WithLog("the webhook is not ready after a minute");
            }
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient client, Uri readiness, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await client.GetAsync(readiness, cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    // Both are held open until both are known, so that they differ. Somebody else may still take one in the moment after.
    private static (string Port, string OpsPort) FreePorts()
    {
        using var first = new TcpListener(IPAddress.Loopback, 0);
        using var second = new TcpListener(IPAddress.Loopback, 0);
        first.Start();
        second.Start();
        return (PortOf(first), PortOf(second));
    }

    private static string PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

    private DemoException WithLog(string message) => new($"{message}\n\nThe webhook's log:\n{Log}");

    private void Remember(string? line)
    {
        if (line is null)
            return;
        lock (_log)
            _log.Append(line).Append('\n');
    }

    // The base library can end a process, but not ask it to.
    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int processId, int signal);
}
