using System.Diagnostics;

namespace Outrigger.E2e.Processes;

/// <summary>Waiting for what a cluster or a server does in its own time.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Asks again and again until the answer is not null.</summary>
    /// <exception cref="TimeoutException">It still is after <paramref name="limit"/>, by default half a minute.</exception>
    public static async Task<T> GetAsync<T>(string what, Func<Task<T?>> ask, TimeSpan? limit = null)
        where T : class
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            if (await ask() is { } answer)
                return answer;
            if (Stopwatch.GetElapsedTime(began) > (limit ?? Patience))
                throw new TimeoutException($"waited in vain for {what}");
            await Task.Delay(100);
        }
    }

    /// <summary>Asks again and again until the answer is yes.</summary>
    public static Task BeAsync(string what, Func<Task<bool>> ask, TimeSpan? limit = null) =>
        GetAsync(what, async () => await ask() ? "yes" : null, limit);
}
