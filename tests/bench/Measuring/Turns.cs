namespace Outrigger.Bench.Measuring;

/// <summary>CPU time of the servers for one review, each a median over turns, in microseconds.</summary>
/// <param name="Mutate">The webhook's.</param>
/// <param name="Null">The null server's, on the same body.</param>
/// <param name="Ratio">The median of the turns' ratios, which forgives a machine that is slower for a while.</param>
internal sealed record Turns(double Mutate, double Null, double Ratio)
{
    /// <summary>Lets both servers work in turns, so that whatever else the machine does hits both.</summary>
    public static async Task<Turns> MeasureAsync(Load mutate, Load @null, int rounds, int reviews)
    {
        var turns = new List<(double Mutate, double Null)>();
        for (var i = 0; i < rounds; i++)
            turns.Add((await mutate.RunAsync(reviews), await @null.RunAsync(reviews)));
        return new Turns(
            Median(turns.Select(turn => turn.Mutate)),
            Median(turns.Select(turn => turn.Null)),
            Median(turns.Select(turn => turn.Mutate / turn.Null)));
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
