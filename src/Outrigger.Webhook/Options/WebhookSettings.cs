using System.Collections.Immutable;
using System.Globalization;
using Outrigger.Core.Catalog;

namespace Outrigger.Webhook.Options;

/// <summary>The table of all settings: help, <c>docs/webhook-options.md</c> and the checks at start are read off it.</summary>
internal static class WebhookSettings
{
    public const string VariablePrefix = "OUTRIGGER_";
    private const string PortAllowed = "a whole number from 0 to 65535, where 0 takes any free port";
    private const string Boolean = "true or false";

    public static ImmutableArray<WebhookSetting> All { get; } =
    [
        new()
        {
            Flag = "--port",
            Placeholder = "PORT",
            Default = "8443",
            Meaning = "The HTTPS port, for POST /mutate.",
            Allowed = PortAllowed,
            Apply = (options, text) => Number(text, 0, 65535) is { } port ? options with { Port = port } : null,
        },
        new()
        {
            Flag = "--ops-port",
            Placeholder = "PORT",
            Default = "8080",
            Meaning = "The plain HTTP port, for GET /healthz, GET /readyz (with ?verbose each check in detail) and GET /metrics.",
            Allowed = PortAllowed,
            Apply = (options, text) => Number(text, 0, 65535) is { } port ? options with { OpsPort = port } : null,
        },
        new()
        {
            Flag = "--certificates",
            Placeholder = "files|self-managed",
            Default = "files",
            Meaning = "Who makes the serving certificate: somebody else (files: --tls-cert and --tls-key), or the webhook itself (self-managed), which keeps an "
                + "authority and a certificate in a Secret, replaces both in time, and writes the authority into its MutatingWebhookConfiguration.",
            Allowed = "files or self-managed",
            Apply = (options, text) => CertificateSources.Parse(text) is { } source ? options with { Certificates = source } : null,
        },
        new()
        {
            Flag = "--tls-cert",
            Placeholder = "FILE",
            Meaning = "The serving certificate, then the authorities between it and the root; read again when the file changes.",
            Allowed = "a PEM file",
            IsRequired = true,
            With = CertificateSource.Files,
            Apply = (options, text) => options with { TlsCertificate = text },
        },
        new()
        {
            Flag = "--tls-key",
            Placeholder = "FILE",
            Meaning = "The key of the serving certificate; read again when the file changes.",
            Allowed = "a PEM file",
            IsRequired = true,
            With = CertificateSource.Files,
            Apply = (options, text) => options with { TlsKey = text },
        },
        .. SelfManagedSettings.All,
        new()
        {
            Flag = "--client-ca",
            Placeholder = "FILE",
            Meaning = "The authorities that callers of the HTTPS port have to be certified by, for client authentication; others are answered 403. "
                + "Read again when the file changes. Left out, anybody may call.",
            Allowed = "a PEM file with at least one root authority",
            Apply = (options, text) => options with { ClientCa = text },
        },
        new()
        {
            Flag = "--client-name",
            Placeholder = "CN",
            Meaning = "The common name that a caller's certificate must have, or one of several. Left out, every caller that --client-ca certifies may call.",
            Allowed = "a common name, without CN= before it, and --client-ca has to be given too",
            IsRepeatable = true,
            Apply = (options, text) => text.StartsWith("CN=", StringComparison.OrdinalIgnoreCase)
                ? null
                : options with { ClientNames = options.ClientNames.Add(text) },
        },
        new()
        {
            Flag = "--catalog",
            Placeholder = "FOLDER",
            Meaning = "Patterns and bindings (*.yaml, *.yml, *.json, in subfolders too) beside the built-in ones; read again when they change.",
            Allowed = "a folder",
            IsRepeatable = true,
            Apply = (options, text) => options with { Catalogs = options.Catalogs.Add(text) },
        },
        new()
        {
            Flag = "--builtin-patterns",
            Placeholder = "true|false",
            Default = "true",
            Meaning = "Whether the built-in patterns are in the catalog.",
            Allowed = Boolean,
            IsSwitch = true,
            Apply = (options, text) => bool.TryParse(text, out var value) ? options with { BuiltInPatterns = value } : null,
        },
        new()
        {
            Flag = "--default",
            Placeholder = "PATTERN.PARAMETER=VALUE",
            Meaning = "The installation's default for a parameter, also for those that only operators may set; it goes before the pattern's own default.",
            Allowed = "PATTERN.PARAMETER=VALUE, as in https.port=9443",
            IsRepeatable = true,
            Apply = (options, text) => InstallationDefault.Parse(text) is { } value
                ? options with { Defaults = options.Defaults.Add(value) }
                : null,
        },
        new()
        {
            Flag = "--image-registry",
            Placeholder = "REGISTRY[/PATH]",
            Meaning = "A mirror that is put in front of the images of all patterns; the images of the user's own containers stay as they are.",
            Allowed = ImageMirror.Allowed,
            Apply = (options, text) => ImageMirror.IsOne(text) ? options with { ImageRegistry = text } : null,
        },
        new()
        {
            Flag = "--native-sidecars",
            Placeholder = "auto|always|never",
            Default = "auto",
            Meaning = "Whether injected containers become native sidecars (Kubernetes 1.29 and later); auto asks the API server of KUBECONFIG, "
                + "else of the cluster that the server runs in, and is never where there is none.",
            Allowed = "auto, always or never",
            Apply = (options, text) => text switch
            {
                "auto" => options with { NativeSidecars = NativeSidecars.Auto },
                "always" => options with { NativeSidecars = NativeSidecars.Always },
                "never" => options with { NativeSidecars = NativeSidecars.Never },
                _ => null,
            },
        },
        new()
        {
            Flag = "--max-concurrency",
            Placeholder = "N",
            Default = "200",
            Meaning = "Reviews under way at once; more are answered 429 with Retry-After.",
            Allowed = "a whole number from 1 to 10000",
            Apply = (options, text) => Number(text, 1, 10_000) is { } n ? options with { MaxConcurrency = n } : null,
        },
        new()
        {
            Flag = "--max-connections",
            Placeholder = "N",
            Default = "1000",
            Meaning = "Connections of the HTTPS port that are open at once, idle ones too; more are closed at once. Each takes memory.",
            Allowed = "a whole number from 1 to 100000",
            Apply = (options, text) => Number(text, 1, 100_000) is { } n ? options with { MaxConnections = n } : null,
        },
        new()
        {
            Flag = "--drain",
            Placeholder = "DURATION",
            Default = "15s",
            Meaning = "How long the server, already unready, keeps serving after SIGTERM or SIGINT; a second signal ends it at once.",
            Allowed = "a duration from 0s to 10m, as in 15s, 500ms or 1m30s",
            Apply = (options, text) => Duration.Parse(text) is { } drain && drain <= TimeSpan.FromMinutes(10)
                ? options with { Drain = drain }
                : null,
        },
        new()
        {
            Flag = "--log-level",
            Placeholder = "LEVEL",
            Default = "info",
            Meaning = "The least important messages that are logged; info has one line for each review.",
            Allowed = $"one of {string.Join(", ", Logging.LogLevels.Names)}",
            Apply = (options, text) => Logging.LogLevels.Parse(text) is { } level ? options with { LogLevel = level } : null,
        },
    ];

    private static int? Number(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : null;
}
