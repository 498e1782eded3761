using Outrigger.Bench.Servers;

namespace Outrigger.Bench.Measuring;

/// <summary>All measurements, in their order.</summary>
internal static class Bench
{
    private const int Starts = 9;
    private const int ManyVariables = 1_500;

    /// <summary>Measures everything; takes about a minute on an idle machine.</summary>
    public static async Task<IReadOnlyList<Figure>> RunAsync(BenchOptions options)
    {
        var certificates = Directory.CreateTempSubdirectory("outrigger-bench-").FullName;
        try
        {
            Certificates.Write(certificates);
            using var webhook = ServerProcess.StartWebhook(options.Webhook, certificates);
            using var @null = ServerProcess.StartNull(options.Webhook, certificates);
            var ordinary = Reviews.Ordinary();

            // Until the just-in-time compiler has nothing left to improve.
            await TurnsAsync(webhook, @null, ordinary, 4, options.Reviews * 2);
            var small = await TurnsAsync(webhook, @null, ordinary, options.Rounds, options.Reviews);
            var (resident, peak) = (webhook.MemoryMiB("VmRSS"), webhook.MemoryMiB("VmHWM"));

            var big = Reviews.WithVariables(ManyVariables);
            var bigger = Reviews.WithVariables(2 * ManyVariables);
            var reviews = Math.Max(1, options.Reviews / 50);
            await TurnsAsync(webhook, @null, big, 4, reviews * 2);
            var once = await TurnsAsync(webhook, @null, big, options.Rounds, reviews);
            await TurnsAsync(webhook, @null, bigger, 1, reviews);
            var twice = await TurnsAsync(webhook, @null, bigger, options.Rounds, reviews);
            var peakBig = webhook.MemoryMiB("VmHWM");

            var starts = new List<(double Elapsed, double Cpu)>();
            while (starts.Count < Starts)
                starts.Add(await FirstAnswer.MeasureAsync(options.Webhook, certificates, ordinary));

            return
            [
                new("size of the review", ordinary.Length, "bytes"),
                new("CPU of /mutate for one review", small.Mutate, "µs"),
                new("CPU of /null for one review", small.Null, "µs"),
                new("ratio", small.Ratio, Aim: 2.0),
                new("start to first answer", Turns.Median(starts.Select(start => start.Elapsed)), "ms", Aim: 600),
                new("CPU from start to first answer", Turns.Median(starts.Select(start => start.Cpu)), "ms"),
                new("resident memory after the load", resident, "MiB"),
                new("resident memory at its peak", peak, "MiB", Aim: 100),
                new("size of the review with 3 x 1,500 variables", big.Length, "bytes"),
                new("CPU of /mutate for it", once.Mutate, "µs"),
                new("CPU of /null for it", once.Null, "µs"),
                new("ratio", once.Ratio, Aim: 1.5),
                new("CPU of /mutate for 3 x 3,000 variables", twice.Mutate, "µs"),
                new("growth for twice the size", twice.Mutate / once.Mutate, Aim: 2.2),
                new("resident memory at its peak, after these too", peakBig, "MiB"),
            ];
        }
        finally
        {
            Directory.Delete(certificates, recursive: true);
        }
    }

    private static async Task<Turns> TurnsAsync(ServerProcess webhook, ServerProcess @null, byte[] review, int rounds, int reviews)
    {
        await using var mutate = await Load.OpenAsync(webhook, review, patched: "https-files");
        await using var nothing = await Load.OpenAsync(@null, review, patched: null);
        return await Turns.MeasureAsync(mutate, nothing, rounds, reviews);
    }
}
