using System.Text.Json.Nodes;
using Outrigger.E2e.Clusters;
using Outrigger.E2e.Processes;

namespace Outrigger.E2e.Nodes;

/// <summary>A Pod that runs on the node.</summary>
internal sealed class RunningPod
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TestNamespace _space;

    private RunningPod(TestNamespace space, string name) => (_space, Name) = (space, name);

    public string Name { get; }

    /// <summary>The Pod's address in the cluster; the node reaches it.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Waits until a Pod is ready; where it does not become so, the exception says how it stands.</summary>
    public static async Task<RunningPod> WaitAsync(TestNamespace space, string name)
    {
        var ready = await Kubectl.TryAsync(["--namespace", space.Name, "wait", $"pod/{name}", "--for=condition=Ready", $"--timeout={Patience.TotalSeconds:0}s"], limit: Patience * 1.5);
        var pod = new RunningPod(space, name);
        if (ready.ExitCode != 0)
            throw new TimeoutException($"{name} is not ready: {ready.Error}\n{await pod.DescribeAsync()}");
        pod.Address = (string)(await pod.ReadAsync())["status"]!["podIP"]!;
        return pod;
    }

    /// <summary>The Pod as the API server has it.</summary>
    public async Task<JsonObject> ReadAsync() => await _space.FindAsync("pod", Name) ?? throw new InvalidOperationException($"there is no Pod {Name}");

    /// <summary>Runs a command in a container, whatever its exit code will be.</summary>
    public Task<Command> TryAsync(string container, params string[] command) =>
        Kubectl.TryAsync(["--namespace", _space.Name, "exec", Name, "--container", container, "--", .. command]);

    /// <summary>Runs a command in a container, which must succeed, and gives what it printed.</summary>
    public async Task<string> RunAsync(string container, params string[] command)
    {
        var done = await TryAsync(container, command);
        return done.ExitCode == 0 ? done.Output : throw new InvalidOperationException($"{done.Line} ended with {done.ExitCode}: {done.Error}{done.Output}");
    }

    /// <summary>What a container has printed.</summary>
    public async Task<string> LogAsync(string container) =>
        (await Kubectl.RunAsync(["--namespace", _space.Name, "logs", Name, "--container", container])).Output;

    /// <summary>How often the containers were started again, all together.</summary>
    public async Task<int> RestartsAsync() =>
        (await ReadAsync())["status"]!["containerStatuses"]!.AsArray().Sum(container => (int)container!["restartCount"]!);

    /// <summary>Sets an annotation of the running Pod, as a user would; the command may be refused.</summary>
    public Task<Command> AnnotateAsync(string key, string value) =>
        Kubectl.TryAsync(["--namespace", _space.Name, "annotate", "pod", Name, "--overwrite", $"{key}={value}"]);

    private async Task<string> DescribeAsync()
    {
        var description = (await Kubectl.TryAsync(["--namespace", _space.Name, "describe", "pod", Name])).Output;
        var logs = (await Kubectl.TryAsync(["--namespace", _space.Name, "logs", Name, "--all-containers", "--prefix", "--tail", "40"])).Output;
        return $"{description}\n{logs}";
    }
}
