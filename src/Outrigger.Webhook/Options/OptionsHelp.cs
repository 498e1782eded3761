using System.Text;

namespace Outrigger.Webhook.Options;

/// <summary>The table of settings for people: at a terminal, and as the page <c>docs/webhook-options.md</c>.</summary>
internal static class OptionsHelp
{
    private const string Rules = """
        A flag goes before its variable, a variable before the default. An empty variable counts as not set. What may be given
        several times stands in its variable one value a line. A variable that Kubernetes set for a Service of the same name
        (OUTRIGGER_PORT=tcp://...) is passed over.
        """;

    private const string ExitCodes = """
        Exit codes: 0 ended by a signal, 1 the catalog, the certificate, the API server's settings or a port cannot be used, 2 wrong settings. Every mistake is
        told at once, a line each.
        """;

    /// <summary>What <c>--help</c> prints.</summary>
    public static string Text()
    {
        var text = new StringBuilder("Outrigger.Webhook: the admission webhook. Usage: Outrigger.Webhook --tls-cert FILE --tls-key FILE [FLAG...],\nor Outrigger.Webhook --certificates self-managed --namespace NAME --tls-secret NAME --service NAME --webhook-configuration NAME [FLAG...]\n\n");
        foreach (var setting in WebhookSettings.All)
        {
            text.Append($"  {setting.Flag} {setting.Placeholder}  ({setting.Variable}; {Standing(setting, "\"")})\n");
            text.Append($"      {setting.Meaning} {Allowed(setting)}\n");
        }

        text.Append("  --help[=markdown]\n      Prints this, or the page docs/webhook-options.md.\n  --version\n      Prints the version.\n\n");
        return text.Append($"{Rules}\n\n{ExitCodes}\n").ToString();
    }

    /// <summary>What <c>--help=markdown</c> prints.</summary>
    public static string Markdown()
    {
        var page = new StringBuilder("# Options of the webhook\n\n");
        page.Append("<!-- Made by: dotnet run --project src/Outrigger.Webhook -- --help=markdown > docs/webhook-options.md -->\n\n");
        page.Append("| flag | variable | default | meaning |\n| --- | --- | --- | --- |\n");
        foreach (var setting in WebhookSettings.All)
        {
            var meaning = $"{setting.Meaning} {Allowed(setting)}".Replace("|", "\\|", StringComparison.Ordinal);
            var placeholder = setting.Placeholder.Replace("|", "\\|", StringComparison.Ordinal);
            page.Append($"| `{setting.Flag} {placeholder}` | `{setting.Variable}` | {Standing(setting, "`")} | {meaning} |\n");
        }

        page.Append("\n`--help` prints this table, `--version` the version.\n\n");
        return page.Append($"{Rules.ReplaceLineEndings("\n")}\n\n{ExitCodes.ReplaceLineEndings("\n")}\n").ToString();
    }

    private static string Standing(WebhookSetting setting, string quote) => setting switch
    {
        { IsRequired: true, With: { } source } => $"required with {CertificateSources.Text(source)}",
        { IsRequired: true } => "required",
        { Default: { } text } => $"{quote}{text}{quote}",
        { IsRepeatable: true } => "none; may be repeated",
        _ => "none",
    };

    private static string Allowed(WebhookSetting setting) => $"Allowed: {setting.Allowed}.";
}
