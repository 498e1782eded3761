using System.Runtime.InteropServices;

namespace Outrigger.Bench.Servers;

/// <summary>The CPU time of other processes in nanoseconds; <c>/proc/PID/stat</c> counts hundredths of a second.</summary>
internal static partial class ProcessorTime
{
    /// <summary>CPU time of all threads of a process, also of those that have ended.</summary>
    public static TimeSpan Of(int processId)
    {
        // A process' CPU clock: clock_getcpuclockid(3) and the kernel's include/linux/posix-timers.h.
        const int scheduler = 2;
        if (GetTime((~processId << 3) | scheduler, out var time) != 0)
            throw new InvalidOperationException($"the CPU time of process {processId} cannot be read");
        return new TimeSpan((time.Seconds * TimeSpan.TicksPerSecond) + (time.Nanoseconds / TimeSpan.NanosecondsPerTick));
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Time(nint Seconds, nint Nanoseconds);
}
