using Outrigger.Bench;
using Outrigger.Bench.Measuring;
using Outrigger.Bench.Servers;

// The same program is the measuring client and, in a process of its own, the server that the webhook is measured against.
if (args is ["null", var port, var folder])
{
    await NullServer.RunAsync(int.Parse(port, System.Globalization.CultureInfo.InvariantCulture), folder);
    return 0;
}

if (BenchOptions.Read(args) is not { } options)
{
    Console.Error.WriteLine(BenchOptions.Usage);
    return 2;
}

Console.WriteLine($"Measuring {options.Webhook} against a server that only reads the review's uid; {Environment.ProcessorCount} processors.");
var figures = await Bench.RunAsync(options);
Console.Write(Report.Of(figures));
return options.IsStrict && figures.Any(figure => !figure.Holds) ? 1 : 0;
