using Outrigger.E2e.Nodes;
using Outrigger.E2e.Processes;

namespace Outrigger.E2e.Patterns;

/// <summary>Requests that the application sends, from inside of its Pod, one after another without a pause.</summary>
internal sealed class Load
{
    private const string Failed = "failed";

    private readonly RunningPod _pod;
    private readonly Task<Command> _sending;

    private Load(RunningPod pod, Task<Command> sending) => (_pod, _sending) = (pod, sending);

    /// <summary>Begins.</summary>
    /// <param name="pod">The Pod of <see cref="Clusters.Manifests"/>; its image has curl.</param>
    /// <param name="url">What is asked.</param>
    public static async Task<Load> StartAsync(RunningPod pod, string url)
    {
        var script = $"touch /tmp/begun; until [ -e /tmp/stop ]; do curl -sS --fail --max-time 10 '{url}?[1-50]' || echo {Failed}; done";
        var load = new Load(pod, pod.TryAsync("shop", "sh", "-c", script));
        await Eventually.BeAsync("the first request", async () => (await pod.TryAsync("shop", "test", "-e", "/tmp/begun")).ExitCode == 0);
        return load;
    }

    /// <summary>Ends, and gives the number of answers. Each request must have been answered.</summary>
    public async Task<int> StopAsync()
    {
        await _pod.RunAsync("shop", "touch", "/tmp/stop");
        var sent = await _sending;
        sent.Error.Should().BeEmpty();
        var answers = sent.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        answers.Should().NotBeEmpty().And.NotContain(Failed);
        return answers.Length;
    }
}
