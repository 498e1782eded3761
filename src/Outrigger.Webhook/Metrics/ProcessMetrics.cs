using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;

namespace Outrigger.Webhook.Metrics;

/// <summary>What every program shows of itself, under the names that dashboards look for. The files of <c>/proc</c> are there on Linux alone.</summary>
internal static class ProcessMetrics
{
    /// <summary>The name of the meter. It is not exported by OTLP, where processes are named otherwise.</summary>
    public const string MeterName = "Outrigger.Webhook.Process";

    /// <summary>Makes the instruments. Nothing is read before somebody looks.</summary>
    public static void Create(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        var start = new Lazy<double>(StartTime);
        meter.CreateObservableCounter("process.cpu", () => Environment.CpuUsage.TotalTime.TotalSeconds, "s", "CPU time, in the program and in the system for it.");
        meter.CreateObservableGauge("process.resident_memory", () => Environment.WorkingSet, "By", "Resident memory.");
        meter.CreateObservableGauge("process.start_time", () => start.Value, "s", "When the process began, in Unix time.");
        if (!OperatingSystem.IsLinux())
            return;
        meter.CreateObservableGauge("process.open_fds", OpenFiles, null, "Open file descriptors.");
        meter.CreateObservableGauge("process.max_fds", MostFiles, null, "How many file descriptors may be open.");
    }

    private static double StartTime()
    {
        using var process = Process.GetCurrentProcess();
        return new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds() / 1000.0;
    }

    // Without the one that lists them.
    private static long OpenFiles() => Directory.EnumerateFileSystemEntries("/proc/self/fd").Count() - 1;

    private static IEnumerable<Measurement<long>> MostFiles()
    {
        const string name = "Max open files";
        var line = File.ReadLines("/proc/self/limits").FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
        var soft = line?[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        // Where there is no limit, there is no number.
        if (long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var most))
            yield return new(most);
    }
}
