using System.Diagnostics;
using Outrigger.E2e.Clusters;
using Outrigger.E2e.Nodes;
using Outrigger.E2e.Processes;

namespace Outrigger.E2e.Patterns;

[Collection(SharedInstallation.Name)]
public sealed class GitSyncTests(Installation installation)
{
    /// <summary>A web server, and beside it a reader that complains of each commit that it finds half.</summary>
    private const string Application =
        """
        busybox httpd -p 8080 -h /srv/site
        while :; do
          cd "$(readlink -f /srv/site/current)" && [ "$(cat files/* | sort | uniq -c | sed 's/^ *//; s/ .*//')" = 40 ] || echo "half a commit: $(ls files)"
          cd /
        done
        """;

    private static readonly (string Key, string Value)[] Annotations =
    [
        ("outrigger.dev/sidecar", "git-sync"),
        ("git-sync.outrigger.dev/path", "/srv/site"),
        ("git-sync.outrigger.dev/period", "1s"),
    ];

    [NodeFact]
    public async Task Push_IsServedWithoutARestart()
    {
        await using var space = await CreateNamespaceAsync();
        var server = await GitServers.StartAsync(space, GitServers.Open("git"), "one");
        await space.CreateObjectAsync(ScriptPod.Of("site", Application, 1000,
            [.. Annotations, ("git-sync.outrigger.dev/repository", $"git://{server.Address}/site.git"), ("git-sync.outrigger.dev/ref", "main"), ("git-sync.outrigger.dev/keepSeconds", "2")]));
        var site = await RunningPod.WaitAsync(space, "site");
        (await PageAsync(site)).Should().Be("one\n", "it is there before the application begins");

        var latencies = new List<double>();
        for (var i = 2; i < 6; i++)
        {
            await GitServers.PushAsync(server, $"push {i}", remote: "git://127.0.0.1/site.git");
            var pushed = Stopwatch.GetTimestamp();
            await UntilPageAsync(site, $"push {i}\n");
            latencies.Add(Stopwatch.GetElapsedTime(pushed).TotalSeconds);
        }

        await GitServers.PushAsync(server, "other", branch: "other");
        var moved = Stopwatch.GetTimestamp();
        (await site.AnnotateAsync("git-sync.outrigger.dev/ref", "other")).ExitCode.Should().Be(0);
        await UntilPageAsync(site, "other\n", TimeSpan.FromMinutes(3));
        var move = Stopwatch.GetElapsedTime(moved).TotalSeconds;

        await server.RunAsync("git", "mv", "/srv/site.git", "/srv/away.git");
        await Eventually.BeAsync("the fault to be told", async () => (await site.LogAsync("git-sync")).Contains("what was there stays", StringComparison.Ordinal));
        await Task.Delay(TimeSpan.FromSeconds(4));

        (await PageAsync(site)).Should().Be("other\n");
        (await site.LogAsync("git-sync")).Split('\n').Count(line => line.Contains("what was there stays", StringComparison.Ordinal)).Should().Be(1, "a fault that stays is told once");
        (await site.LogAsync("site")).Should().NotContain("half a commit");
        (await site.RunAsync("site", "sh", "-c", "ls /srv/site/.commits")).Trim().Should().NotContain("\n", "earlier commits are removed");
        (await site.RunAsync("site", "find", "/srv/site/", "-name", ".git")).Should().BeEmpty();
        (await site.RestartsAsync()).Should().Be(0);
        Show.Line($"git-sync: a push was served within {latencies.Max():0.0} s at a period of 1 s, no commit was seen half; one kubectl annotate moved the running Pod to another branch within {move:0} s; no restart");
    }

    [NodeFact]
    public async Task Credentials_AreSentAndShownNowhere()
    {
        await using var space = await CreateNamespaceAsync();
        var server = await GitServers.StartAsync(space, GitServers.Guarded("git"), "guarded");
        await Kubectl.RunAsync(["--namespace", space.Name, "create", "secret", "generic", "right", $"--from-literal=password={GitServers.Password}"]);
        await Kubectl.RunAsync(["--namespace", space.Name, "create", "secret", "generic", "wrong", "--from-literal=username=git", "--from-literal=password=guess"]);
        (string, string)[] annotations = [.. Annotations, ("git-sync.outrigger.dev/repository", $"http://{server.Address}:8080/cgi-bin/git/site.git")];
        await space.CreateObjectAsync(ScriptPod.Of("site", Application, null, [.. annotations, ("git-sync.outrigger.dev/credentialsSecret", "right")]));
        await space.CreateObjectAsync(ScriptPod.Of("stranger", Application, null, [.. annotations, ("git-sync.outrigger.dev/credentialsSecret", "wrong")]));
        var site = await RunningPod.WaitAsync(space, "site");

        (await PageAsync(site)).Should().Be("guarded\n");
        await Eventually.BeAsync("the stranger to be refused", async () =>
            (await Kubectl.TryAsync(["--namespace", space.Name, "logs", "stranger", "--container", "git-sync-init"])).Output.Contains("Authentication failed", StringComparison.Ordinal));
        var shown = await site.RunAsync("git-sync", "sh", "-c",
            """
            for i in $(seq 200); do cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null; done | tr '\0' '\n' | sort -u
            find /outrigger /tmp -type f -exec cat {} +
            """);
        shown.Should().Contain("HEAD:refs/outrigger/next", "git's processes were among them").And.NotContain(GitServers.Password);
        (await site.LogAsync("git-sync-init") + await site.LogAsync("git-sync")).Should().NotContain(GitServers.Password);
        Show.Line("git-sync: HTTP with a password from a Secret, which is in no process list, file or log; a wrong one is told and changes nothing");
    }

    [SshFact]
    public async Task Ssh_KeyAndKnownHost_AreBothNeeded()
    {
        await using var space = await CreateNamespaceAsync();
        await GitServers.AddSshImageAsync();
        var keys = Directory.CreateDirectory(installation.PathOf("ssh")).FullName;
        foreach (var key in (string[])["host", "client"])
            await Command.RunAsync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", key, "-f", Path.Combine(keys, key)]);
        var server = await GitServers.StartAsync(space, GitServers.Ssh("git", await ReadAsync("host"), await ReadAsync("client.pub")), "over ssh");
        await File.WriteAllTextAsync(Path.Combine(keys, "known_hosts"), $"[{server.Address}]:2222 {await ReadAsync("host.pub")}");
        await File.WriteAllTextAsync(Path.Combine(keys, "other_hosts"), $"[{server.Address}]:2222 {await ReadAsync("client.pub")}");
        await CreateSecretAsync("right", "known_hosts");
        await CreateSecretAsync("wrong", "other_hosts");
        (string, string)[] annotations = [.. Annotations, ("git-sync.outrigger.dev/repository", $"ssh://root@{server.Address}:2222/srv/site.git")];

        await space.CreateObjectAsync(ScriptPod.Of("site", Application, null, [.. annotations, ("git-sync.outrigger.dev/sshSecret", "right")]));
        await space.CreateObjectAsync(ScriptPod.Of("deceived", Application, null, [.. annotations, ("git-sync.outrigger.dev/sshSecret", "wrong")]));

        var site = await RunningPod.WaitAsync(space, "site");
        (await PageAsync(site)).Should().Be("over ssh\n");
        await Eventually.BeAsync("a server with another key to be refused", async () =>
            (await Kubectl.TryAsync(["--namespace", space.Name, "logs", "deceived", "--container", "git-sync-init"])).Output.Contains("Host key verification failed", StringComparison.Ordinal));
        Show.Line("git-sync: SSH with a key from a Secret, as a user that the image does not know; a server with another key is refused");

        Task<string> ReadAsync(string name) => File.ReadAllTextAsync(Path.Combine(keys, name));
        Task<Command> CreateSecretAsync(string name, string hosts) => Kubectl.RunAsync(
            ["--namespace", space.Name, "create", "secret", "generic", name, $"--from-file=ssh-privatekey={Path.Combine(keys, "client")}", $"--from-file=known_hosts={Path.Combine(keys, hosts)}"]);
    }

    private async Task<TestNamespace> CreateNamespaceAsync()
    {
        await GitServers.AddImageAsync();
        return await installation.CreateNamespaceAsync();
    }

    private static async Task<string> PageAsync(RunningPod site) =>
        (await Command.TryAsync("curl", ["--silent", "--fail", "--max-time", "5", $"http://{site.Address}:8080/current/index.html"])).Output;

    private static Task UntilPageAsync(RunningPod site, string text, TimeSpan? limit = null) =>
        Eventually.BeAsync($"the page to be {text}", async () => await PageAsync(site) == text, limit);
}
