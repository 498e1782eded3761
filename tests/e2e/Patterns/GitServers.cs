using Outrigger.E2e.Clusters;
using Outrigger.E2e.Nodes;
using Outrigger.E2e.Processes;

namespace Outrigger.E2e.Patterns;

/// <summary>Git servers in Pods, each with the repository <c>/srv/site.git</c> and one user, who commits and pushes.</summary>
internal static class GitServers
{
    public const string Image = "alpine/git:2.49.1";

    private const string SshImage = "localhost/git-over-ssh:1";

    /// <summary>The password of <see cref="Guarded"/>, whose user is <c>git</c>.</summary>
    public const string Password = "e2e-password-0815";

    private const string Repository = "git init --quiet --bare --initial-branch main /srv/site.git && git clone --quiet /srv/site.git /tmp/site";

    /// <summary>Speaks git's own protocol, and lets everybody push.</summary>
    public static string Open(string name) => ScriptPod.Of(name, $"{Repository} && exec git daemon --enable=receive-pack --export-all --reuseaddr --base-path=/srv", image: Image);

    /// <summary>Speaks HTTP with those who know the password.</summary>
    public static string Guarded(string name) => ScriptPod.Of(name,
        $$"""
        {{Repository}} && mkdir -p /tmp/www/cgi-bin && cd /tmp/www
        printf '#!/bin/sh\nGIT_PROJECT_ROOT=/srv GIT_HTTP_EXPORT_ALL=1 exec git http-backend\n' >cgi-bin/git && chmod 755 cgi-bin/git
        printf '/cgi-bin:git:{{Password}}\n' >/tmp/httpd.conf
        exec busybox httpd -f -p 8080 -h /tmp/www -c /tmp/httpd.conf
        """, image: Image);

    /// <summary>Speaks SSH on port 2222 with the owner of a key.</summary>
    /// <param name="name">The Pod's name.</param>
    /// <param name="hostKey">The server's private key.</param>
    /// <param name="clientKey">The user's public key.</param>
    public static string Ssh(string name, string hostKey, string clientKey) => ScriptPod.Of(name,
        $"""
        {Repository} && mkdir -p /run/sshd && chmod 755 /run/sshd && echo 'sshd:x:100:65534::/run/sshd:/bin/false' >>/etc/passwd
        umask 077; cat >/run/host <<'END'
        {hostKey}
        END
        echo '{clientKey.Trim()}' >/run/authorized
        exec {SshFactAttribute.Server} -D -e -f /dev/null -h /run/host -p 2222 -o UsePAM=no -o StrictModes=no -o PermitRootLogin=prohibit-password -o AuthorizedKeysFile=/run/authorized
        """, image: SshImage);

    /// <summary>Puts the image of <see cref="Ssh"/> on the node.</summary>
    public static async Task AddSshImageAsync()
    {
        var libraries = (await Command.RunAsync("ldd", [SshFactAttribute.Server])).Output.Split((char[])[' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries)
            .Where(word => word.StartsWith("/lib/", StringComparison.Ordinal) && Path.GetFileName(word) != "libc.so.6");
        await StandInImages.AddAsync(SshImage, files: [$"{SshFactAttribute.Server}:{SshFactAttribute.Server}", .. libraries.Select(library => $"{library}:/usr{library}")]);
    }

    /// <summary>Puts the image on the node: git from Debian, which has its servers too, and ssh where this machine has it.</summary>
    public static Task AddImageAsync() => StandInImages.AddAsync(Image, ["git"],
    [
        .. Busybox.As("sh", "cat", "cut", "date", "env", "find", "ln", "mkdir", "mv", "readlink", "rm", "sleep", "stat", "test", "timeout", "touch", "tr"),
        .. File.Exists(SshFactAttribute.Client) ? [$"{SshFactAttribute.Client}:{SshFactAttribute.Client}"] : Array.Empty<string>(),
    ]);

    /// <summary>Starts a server, and pushes the first commit.</summary>
    public static async Task<RunningPod> StartAsync(TestNamespace space, string manifest, string text)
    {
        var name = (string)(await space.CreateObjectAsync(manifest))["metadata"]!["name"]!;
        var server = await RunningPod.WaitAsync(space, name);
        await Eventually.BeAsync("the clone to be there", async () => (await server.TryAsync(name, "test", "-e", "/tmp/site/.git/HEAD")).ExitCode == 0);
        await PushAsync(server, text);
        return server;
    }

    /// <summary>Pushes a commit in which <c>index.html</c> and 40 other files all hold one line.</summary>
    public static Task<string> PushAsync(RunningPod server, string text, string branch = "main", string remote = "/srv/site.git") => server.RunAsync(server.Name, "sh", "-c",
        $"""
        set -e; cd /tmp/site; git checkout --quiet -B {branch}; mkdir -p files
        for i in $(seq 40); do echo '{text}' >files/$i; done
        echo '{text}' >index.html; git add --all
        git -c user.name=e2e -c user.email=e2e@example.com commit --quiet --message '{text}'
        git push --quiet {remote} {branch}
        """);
}
