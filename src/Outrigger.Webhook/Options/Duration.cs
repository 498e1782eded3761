using System.Globalization;

namespace Outrigger.Webhook.Options;

/// <summary>Durations as Kubernetes writes them: <c>15s</c>, <c>500ms</c>, <c>1m30s</c>.</summary>
internal static class Duration
{
    /// <summary>The duration, or null where the text is none. Each unit (h, m, s, ms) at most once, the longest first; 0 needs no unit.</summary>
    public static TimeSpan? Parse(string text)
    {
        if (text == "0")
            return TimeSpan.Zero;
        if (text.Length == 0)
            return null;
        var rest = text.AsSpan();
        var (total, last) = (TimeSpan.Zero, TimeSpan.MaxValue);
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExceptInRange('0', '9');
            if (digits is < 1 or > 9)
                return null;
            var number = int.Parse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture);
            rest = rest[digits..];
            var letters = rest.IndexOfAnyInRange('0', '9');
            if (letters < 0)
                letters = rest.Length;
            if (Unit(rest[..letters]) is not { } unit || unit >= last)
                return null;
            (total, last) = (total + (number * unit), unit);
            rest = rest[letters..];
        }

        return total;
    }

    private static TimeSpan? Unit(ReadOnlySpan<char> name) => name switch
    {
        "h" => TimeSpan.FromHours(1),
        "m" => TimeSpan.FromMinutes(1),
        "s" => TimeSpan.FromSeconds(1),
        "ms" => TimeSpan.FromMilliseconds(1),
        _ => null,
    };
}
