namespace Outrigger.E2e.Nodes;

/// <summary>A test on the node that needs OpenSSH's programs on this machine, to put them into images; skipped where they are not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SshFactAttribute : FactAttribute
{
    /// <summary>The client, which git starts.</summary>
    public const string Client = "/usr/bin/ssh";

    /// <summary>The server.</summary>
    public const string Server = "/usr/sbin/sshd";

    public SshFactAttribute() => Skip = File.Exists(Client) && File.Exists(Server) ? new NodeFactAttribute().Skip! : $"there is no {Client} or no {Server} on this machine";
}
