namespace Outrigger.Cli;

/// <summary>What a script may rely on.</summary>
internal static class ExitCodes
{
    /// <summary>All was done, and nothing was found wrong.</summary>
    public const int Done = 0;

    /// <summary>Something was found: a manifest that would be refused, a finding of <c>lint</c> or <c>compat</c>.</summary>
    public const int Findings = 1;

    /// <summary>The command line itself is wrong.</summary>
    public const int WrongUsage = 2;

    /// <summary>A file could not be read, be it a manifest, a catalog or a certificate; or the output could not be written.</summary>
    public const int Unreadable = 3;
}
