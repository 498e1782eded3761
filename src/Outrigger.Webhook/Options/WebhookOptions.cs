using System.Collections.Immutable;
using Outrigger.Core.Catalog;

namespace Outrigger.Webhook.Options;

/// <summary>What one installation of the server is told at its start. Nothing past <c>Program</c> looks at flags or variables.</summary>
internal sealed record WebhookOptions
{
    /// <summary>The HTTPS port; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The port of health and metrics; 0 takes a free one.</summary>
    public int OpsPort { get; init; }

    /// <summary>Who makes the serving certificate.</summary>
    public CertificateSource Certificates { get; init; }

    /// <summary>What counts with <see cref="CertificateSource.SelfManaged"/>.</summary>
    public SelfManagedOptions SelfManaged { get; init; } = new();

    /// <summary>A PEM file: the serving certificate, then the authorities between it and the root.</summary>
    public string TlsCertificate { get; init; } = "";

    /// <summary>A PEM file: the key of the serving certificate.</summary>
    public string TlsKey { get; init; } = "";

    /// <summary>A PEM file: the authorities that callers have to be certified by; null where anybody may call.</summary>
    public string? ClientCa { get; init; }

    /// <summary>The common names of callers; empty for all that the authorities certify.</summary>
    public ImmutableArray<string> ClientNames { get; init; } = [];

    /// <summary>Folders with patterns and bindings beside the built-in ones.</summary>
    public ImmutableArray<string> Catalogs { get; init; } = [];

    /// <summary>Whether the built-in patterns are in the catalog.</summary>
    public bool BuiltInPatterns { get; init; }

    /// <summary>The installation's defaults for parameters.</summary>
    public ImmutableArray<InstallationDefault> Defaults { get; init; } = [];

    /// <summary>The mirror in front of every pattern's image; null for none.</summary>
    public string? ImageRegistry { get; init; }

    /// <summary>Whether injected containers become native sidecars.</summary>
    public NativeSidecars NativeSidecars { get; init; }

    /// <summary>Reviews under way at once; at least 1.</summary>
    public int MaxConcurrency { get; init; }

    /// <summary>Open connections of the HTTPS port; at least 1.</summary>
    public int MaxConnections { get; init; }

    /// <summary>How long the server keeps serving after the signal to end.</summary>
    public TimeSpan Drain { get; init; }

    /// <summary>The least important messages that are logged.</summary>
    public LogLevel LogLevel { get; init; }

    /// <summary>Where traces and metrics are sent by OTLP; null for nowhere.</summary>
    public OtlpOptions? Otlp { get; init; }
}

/// <summary>The values of <c>--native-sidecars</c>.</summary>
internal enum NativeSidecars
{
    /// <summary>As the API server's version says; without an API server, never.</summary>
    Auto,

    /// <summary>Whatever the cluster is.</summary>
    Always,

    /// <summary>Injected containers stay containers.</summary>
    Never,
}
