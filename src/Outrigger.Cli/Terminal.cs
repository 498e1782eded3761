using Outrigger.Kubernetes.Configuration;

namespace Outrigger.Cli;

/// <summary>All that a command touches of the process it runs in. Tests hand in their own.</summary>
internal sealed record Terminal
{
    /// <summary>How the user calls the program, for usage texts and hints: <c>outrigger</c> or <c>kubectl outrigger</c>.</summary>
    public required string ProgramName { get; init; }

    /// <summary>What <c>-f -</c> reads.</summary>
    public required Stream Input { get; init; }

    /// <summary>What the command was asked for, and nothing else: it may be piped on.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Errors, warnings and notes.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Whether <see cref="Output"/> may be coloured.</summary>
    public bool OutputHasColors { get; init; }

    /// <summary>Whether <see cref="Error"/> may be coloured.</summary>
    public bool ErrorHasColors { get; init; }

    /// <summary>From when certificates are valid.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Where the API server is looked for that <c>--native-sidecars auto</c> asks.</summary>
    public required KubernetesEnvironment Kubernetes { get; init; }
}
