namespace Outrigger.Kubernetes.Configuration;

/// <summary>What the search for an API server may look at: variables and files. Tests hand in dictionaries.</summary>
public sealed record KubernetesEnvironment
{
    /// <summary>The value of an environment variable, or null where it is not set.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>The bytes of a file, or null where there is none; any other trouble is an <see cref="IOException"/> or an
    /// <see cref="UnauthorizedAccessException"/>.</summary>
    public required Func<string, byte[]?> File { get; init; }

    /// <summary>The user's own folder, in which <c>.kube/config</c> is looked for; null where there is none.</summary>
    public string? HomeFolder { get; init; }

    /// <summary>Decides when a token's file is read again.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The environment of this process.</summary>
    public static KubernetesEnvironment OfProcess() => new()
    {
        Variable = Environment.GetEnvironmentVariable,
        File = path => System.IO.File.Exists(path) ? System.IO.File.ReadAllBytes(path) : null,
        HomeFolder = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } folder ? folder : null,
    };

    /// <summary>A file that must be there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="who">Who names it, for the message: <c>/home/me/.kube/config: user "me": client-key</c>.</param>
    internal byte[] Required(string path, string who)
    {
        try
        {
            return File(path) ?? throw new KubernetesConfigurationException($"{who} names {path}, which does not exist");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KubernetesConfigurationException($"{who} names {path}, which cannot be read: {e.Message}", e);
        }
    }
}
