namespace Outrigger.Webhook.Options;

/// <summary>One row of the table of settings: a flag, its environment variable, and all that help, documentation and checks say of it.</summary>
internal sealed record WebhookSetting
{
    /// <summary>With its hyphens: <c>--ops-port</c>.</summary>
    public required string Flag { get; init; }

    /// <summary>What stands for the value in the help: <c>PORT</c>.</summary>
    public required string Placeholder { get; init; }

    /// <summary>The text that counts where nobody says anything; null: nothing is set, and a required setting must be given.</summary>
    public string? Default { get; init; }

    /// <summary>One sentence.</summary>
    public required string Meaning { get; init; }

    /// <summary>What a value must be: a clause that follows "it must be".</summary>
    public required string Allowed { get; init; }

    /// <summary>Whether it may be given several times; in the variable, each value has a line of its own.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>Whether the server cannot start without it; where <see cref="With"/> says so, only then.</summary>
    public bool IsRequired { get; init; }

    /// <summary>The value of <c>--certificates</c> with which it means something; null: with any.</summary>
    public CertificateSource? With { get; init; }

    /// <summary>Whether the flag alone means <c>true</c>.</summary>
    public bool IsSwitch { get; init; }

    /// <summary>The options with this value in them, or null where the text is not allowed.</summary>
    public required Func<WebhookOptions, string, WebhookOptions?> Apply { get; init; }

    /// <summary><c>OUTRIGGER_OPS_PORT</c>.</summary>
    public string Variable => WebhookSettings.VariablePrefix + Flag[2..].Replace('-', '_').ToUpperInvariant();
}
