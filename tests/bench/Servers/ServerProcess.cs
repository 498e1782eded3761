using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Outrigger.Bench.Servers;

/// <summary>A server under measure, in a process of its own that ends with this object.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, int port, string path) => (_process, Port, Path) = (process, port, path);

    public int Port { get; }

    /// <summary>Where it takes reviews.</summary>
    public string Path { get; }

    public int Id => _process.Id;

    /// <summary>The published webhook, told as little as it needs.</summary>
    public static ServerProcess StartWebhook(string executable, string certificates)
    {
        var port = FreePort();
        return Start(executable, port, "/mutate",
        [
            $"--port={port}", $"--ops-port={FreePort()}", "--drain=0s",
            $"--tls-cert={System.IO.Path.Combine(certificates, "tls.crt")}", $"--tls-key={System.IO.Path.Combine(certificates, "tls.key")}",
        ]);
    }

    /// <summary>The server that only reads the review's uid, with the runtime settings of the webhook: the garbage collector's above all.</summary>
    public static ServerProcess StartNull(string webhook, string certificates)
    {
        var port = FreePort();
        return Start("dotnet", port, "/null",
        [
            "exec", "--runtimeconfig", webhook + ".runtimeconfig.json", typeof(ServerProcess).Assembly.Location,
            "null", $"{port}", certificates,
        ]);
    }

    /// <summary>CPU time that the process has used so far.</summary>
    public TimeSpan Cpu => ProcessorTime.Of(Id);

    /// <summary>A line of <c>/proc/PID/status</c> in MiB, as <c>VmRSS</c> and <c>VmHWM</c>.</summary>
    public double MemoryMiB(string name)
    {
        var line = File.ReadLines($"/proc/{Id}/status").First(line => line.StartsWith(name + ":", StringComparison.Ordinal));
        return double.Parse(line[(name.Length + 1)..^" kB".Length], System.Globalization.CultureInfo.InvariantCulture) / 1024;
    }

    /// <summary>Throws where the process has ended by itself.</summary>
    public void ThrowIfGone()
    {
        if (_process.HasExited)
            throw new InvalidOperationException($"{_process.StartInfo.FileName} ended with {_process.ExitCode}");
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static ServerProcess Start(string executable, int port, string path, string[] arguments)
    {
        var start = new ProcessStartInfo(executable, arguments) { RedirectStandardOutput = true };
        // No cluster is part of what is measured.
        start.Environment.Remove("KUBECONFIG");
        start.Environment.Remove("KUBERNETES_SERVICE_HOST");
        var process = Process.Start(start)!;
        // Log lines go through a pipe, as they do in a container, and somebody must take them out.
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return new ServerProcess(process, port, path);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
