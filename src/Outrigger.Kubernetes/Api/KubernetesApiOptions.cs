namespace Outrigger.Kubernetes.Api;

/// <summary>How patient a client is. The defaults suit a server process; a command line lowers <see cref="MaxRetries"/>.</summary>
public sealed record KubernetesApiOptions
{
    /// <summary>Further attempts after the first; 0 to 10.</summary>
    public int MaxRetries { get; init; } = 4;

    /// <summary>The wait before the first retry; it doubles each time, with jitter. A server's Retry-After goes before it.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest wait between two attempts. Where Retry-After asks for more, the request fails at once instead.</summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For one attempt, with the whole answer; for a watch, until it is open.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How many attempts within 30 seconds may fail (9 of 10 of them at least) before the circuit opens.</summary>
    public int BreakAfter { get; init; } = 20;

    /// <summary>How long an open circuit fails every request without sending it; 0.5 seconds at least.</summary>
    public TimeSpan BreakDuration { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Objects in one page of a list; 500 is what kubectl asks for.</summary>
    public int PageSize { get; init; } = 500;

    /// <summary>When the server is asked to end a watch, so that watches spread over its replicas anew. Servers cut at about the same age by themselves.</summary>
    public TimeSpan WatchDuration { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The longest event of a watch, in bytes. Kubernetes stores no object above about 1.5 MiB.</summary>
    public int MaxEventBytes { get; init; } = 16 * 1024 * 1024;

    public string UserAgent { get; init; } = $"outrigger/{typeof(KubernetesApiOptions).Assembly.GetName().Version?.ToString(3)}";
}
