using System.Globalization;

namespace Outrigger.Bench;

/// <summary>What is measured, and how long.</summary>
internal sealed record BenchOptions
{
    public const string Usage = "usage: Outrigger.Bench WEBHOOK [--strict] [--rounds N] [--reviews N]";

    /// <summary>The published executable of the webhook.</summary>
    public required string Webhook { get; init; }

    /// <summary>Whether a missed aim makes the exit code 1.</summary>
    public bool IsStrict { get; init; }

    /// <summary>Turns that each server gets; the figures are medians over them.</summary>
    public int Rounds { get; init; } = 10;

    /// <summary>Reviews of the 5 KB Pod in one turn.</summary>
    public int Reviews { get; init; } = 5_000;

    /// <summary>The options, or null where they are wrong.</summary>
    public static BenchOptions? Read(string[] args)
    {
        var options = new BenchOptions { Webhook = "" };
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--strict":
                    options = options with { IsStrict = true };
                    break;
                case "--rounds" when Number(++i) is { } rounds:
                    options = options with { Rounds = rounds };
                    break;
                case "--reviews" when Number(++i) is { } reviews:
                    options = options with { Reviews = reviews };
                    break;
                case var webhook when options.Webhook.Length == 0 && File.Exists(webhook):
                    options = options with { Webhook = webhook };
                    break;
                default:
                    return null;
            }
        }

        return options.Webhook.Length > 0 ? options : null;

        int? Number(int at) =>
            at < args.Length && int.TryParse(args[at], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
    }
}
