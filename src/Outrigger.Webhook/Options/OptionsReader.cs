using Outrigger.Core.Results;

namespace Outrigger.Webhook.Options;

/// <summary>Flags and environment variables become options, or every mistake in them is told. Precedence: flag, variable, default.</summary>
internal static class OptionsReader
{
    /// <summary>What the command line does beside the settings.</summary>
    public static IReadOnlyList<string> OtherFlags { get; } = ["--help", "--version"];

    /// <param name="args">The command line: <c>--flag VALUE</c> or <c>--flag=VALUE</c>.</param>
    /// <param name="environment">All variables of the process. An empty value is no value.</param>
    public static Result<WebhookOptions> Read(IReadOnlyList<string> args, IReadOnlyDictionary<string, string> environment)
    {
        var problems = new List<Problem>();
        var flags = Flags(args, problems);
        var options = new WebhookOptions();
        foreach (var setting in WebhookSettings.All)
        {
            var (subject, texts, isGiven) = flags.TryGetValue(setting.Flag, out var given) ? (setting.Flag, given, true)
                : Variable(setting, environment) is { Count: > 0 } values ? (setting.Variable, values, true)
                : (setting.Flag, setting.Default is { } value ? [value] : [], false);
            // Of the table's order --certificates comes before those that go with it.
            if (setting.With is { } source && source != options.Certificates)
            {
                if (isGiven)
                    problems.Add(Contradiction(subject, options.Certificates, source));
                continue;
            }

            if (texts.Count == 0 && setting.IsRequired)
                problems.Add(Problem.Of(setting.Flag, $"is missing; give the flag or {setting.Variable}, {setting.Allowed}"));
            if (texts.Count > 1 && !setting.IsRepeatable)
                problems.Add(Problem.Of(subject, $"is given {texts.Count} times; it takes one value"));
            foreach (var text in texts)
            {
                if (text.Length > 0 && setting.Apply(options, text) is { } applied)
                    options = applied;
                else
                    problems.Add(Problem.Of(subject, $"\"{text}\" is not allowed; it must be {setting.Allowed}"));
            }
        }

        if (options.Port == options.OpsPort && options.Port != 0)
            problems.Add(Problem.Of("--ops-port", $"is {options.OpsPort}, which --port is too; they must differ"));
        if (options.ClientCa is null && !options.ClientNames.IsEmpty)
            problems.Add(Problem.Of("--client-name", "is given without --client-ca; a name counts for nothing where nobody certifies it"));
        problems.AddRange(Misspelt(environment));
        var otlp = OtlpVariables.Read(environment, problems);
        return Result.Of(() => options with { Otlp = otlp }, problems);
    }

    private static Problem Contradiction(string subject, CertificateSource chosen, CertificateSource needed) => Problem.Of(
        subject, $"is given, but --certificates is {CertificateSources.Text(chosen)}; it goes with --certificates {CertificateSources.Text(needed)} alone");

    private static Dictionary<string, List<string>> Flags(IReadOnlyList<string> args, List<Problem> problems)
    {
        var found = new Dictionary<string, List<string>>();
        for (var i = 0; i < args.Count; i++)
        {
            var equals = args[i].IndexOf('=', StringComparison.Ordinal);
            var flag = equals < 0 ? args[i] : args[i][..equals];
            var setting = WebhookSettings.All.FirstOrDefault(setting => setting.Flag == flag);
            var value = equals >= 0 ? args[i][(equals + 1)..] : null;
            if (value is null && i + 1 < args.Count && flag.StartsWith('-') && TakesNext(setting, args[i + 1]))
                value = args[++i];
            if (value is null && setting is { IsSwitch: true })
                value = "true";
            if (setting is null)
                problems.Add(Unknown(flag));
            else if (value is null)
                problems.Add(Problem.Of(flag, $"has no value; it must be {setting.Allowed}"));
            else if (!found.TryAdd(flag, [value]))
                found[flag].Add(value);
        }

        return found;
    }

    // A switch stands alone unless a boolean follows; any other flag, known or not, takes what follows unless that is a flag itself.
    private static bool TakesNext(WebhookSetting? setting, string next) =>
        setting is { IsSwitch: true } ? bool.TryParse(next, out _) : !next.StartsWith("--", StringComparison.Ordinal);

    private static Problem Unknown(string flag) => flag.StartsWith('-')
        ? Problem.Of(flag, "there is no such flag" + Nearest.Hint(flag, WebhookSettings.All.Select(setting => setting.Flag).Concat(OtherFlags)))
        : Problem.Of(flag, "stands alone; the server takes flags only, see --help");

    private static List<string> Variable(WebhookSetting setting, IReadOnlyDictionary<string, string> environment)
    {
        if (!environment.TryGetValue(setting.Variable, out var text) || IsServiceLink(setting.Variable, text))
            return [];
        return setting.IsRepeatable
            ? [.. text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)]
            : text.Length == 0 ? [] : [text];
    }

    // Only what is nearly a setting is a mistake for sure: the prefix is not reserved.
    private static IEnumerable<Problem> Misspelt(IReadOnlyDictionary<string, string> environment) =>
        from pair in environment
        where pair.Key.StartsWith(WebhookSettings.VariablePrefix, StringComparison.Ordinal)
            && WebhookSettings.All.All(setting => setting.Variable != pair.Key) && !IsServiceLink(pair.Key, pair.Value)
        let name = pair.Key[WebhookSettings.VariablePrefix.Length..]
        let nearest = Nearest.To(name, WebhookSettings.All.Select(setting => setting.Variable[WebhookSettings.VariablePrefix.Length..]))
        where nearest is not null
        orderby pair.Key
        select Problem.Of(pair.Key, $"there is no such variable; did you mean \"{WebhookSettings.VariablePrefix}{nearest}\"?");

    /// <summary>
    /// Kubernetes gives every container variables about the Services of its namespace, among them <c>OUTRIGGER_PORT=tcp://10.96.0.7:443</c>
    /// for a Service that is called outrigger
    /// (https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables). Nobody set those.
    /// </summary>
    private static bool IsServiceLink(string name, string value) =>
        name.EndsWith("_SERVICE_HOST", StringComparison.Ordinal) || name.Contains("_SERVICE_PORT", StringComparison.Ordinal)
        || name.Contains("_TCP", StringComparison.Ordinal) || name.Contains("_UDP", StringComparison.Ordinal)
        || name.Contains("_SCTP", StringComparison.Ordinal)
        || (name.EndsWith("_PORT", StringComparison.Ordinal)
            && (value.StartsWith("tcp://", StringComparison.Ordinal) || value.StartsWith("udp://", StringComparison.Ordinal)
                || value.StartsWith("sctp://", StringComparison.Ordinal)));
}
