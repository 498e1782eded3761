using System.CommandLine;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Outrigger.Certificates;
using Outrigger.Cli.Certificates;
using Outrigger.Cli.Output;
using Outrigger.Core.Results;

namespace Outrigger.Cli.Commands;

/// <summary><c>outrigger certs -o DIR</c></summary>
internal static partial class CertsCommand
{
    private const string AuthorityName = "Outrigger development CA";
    private static readonly TimeSpan AuthorityLifetime = TimeSpan.FromDays(3650);
    private static readonly string[] LocalNames = ["localhost"];
    private static readonly IPAddress[] LocalAddresses = [IPAddress.Loopback, IPAddress.IPv6Loopback];

    public static Command Create(Terminal terminal)
    {
        var folder = new Option<string>("--output", "-o")
        {
            HelpName = "DIR",
            Required = true,
            Description = "The folder for ca.crt, ca.key, tls.crt and tls.key; an authority that is there already is used again.",
        };
        var names = new Option<string[]>("--dns") { HelpName = "NAME", Description = "A further name to serve under; may be repeated." };
        var addresses = new Option<string[]>("--ip")
        {
            HelpName = "ADDRESS",
            Description = "A further address to serve under; may be repeated.",
        };
        var services = new Option<string[]>("--service")
        {
            HelpName = "NAME.NAMESPACE.svc",
            Description = "A Service to serve under; may be repeated.",
        };
        var days = new Option<int>("--days")
        {
            HelpName = "N",
            DefaultValueFactory = _ => 365,
            Description = "How long the serving certificate is valid.",
        };
        var force = new Option<bool>("--force") { Description = "Makes a new authority even where there is one." };
        Demand(names, name => DnsName().IsMatch(name), "is no DNS name");
        Demand(addresses, address => IPAddress.TryParse(address, out _), "is no IP address");
        Demand(services, service => ServiceName().IsMatch(service), "is not of the form NAME.NAMESPACE.svc");
        Demand(days, number => int.TryParse(number, out var n) && n is >= 1 and <= 3650, "is not a number of days from 1 to 3650");

        var command = new Command("certs", "Makes a development CA and a serving certificate for the webhook.")
        {
            folder, names, addresses, services, days, force,
        };
        command.SetAction(arguments => Run(
            new CertificateFolder(arguments.GetRequiredValue(folder)),
            [.. LocalNames, .. arguments.GetValue(names) ?? [], .. (arguments.GetValue(services) ?? []).SelectMany(ServiceNames)],
            [.. LocalAddresses, .. (arguments.GetValue(addresses) ?? []).Select(IPAddress.Parse)],
            TimeSpan.FromDays(arguments.GetValue(days)),
            arguments.GetValue(force),
            terminal));
        return command;
    }

    private static int Run(
        CertificateFolder folder, string[] names, IPAddress[] addresses, TimeSpan lifetime, bool force, Terminal terminal)
    {
        var diagnostics = new Diagnostics(terminal);
        try
        {
            using var onlyHere = folder.Lock(TimeProvider.System);
            var isNew = force || !folder.HasAuthority;
            var found = isNew ? Result.Ok(CertificateAuthority.Create(AuthorityName, AuthorityLifetime, terminal.Clock.GetUtcNow())) : folder.ReadAuthority(terminal.Clock);
            if (!found.TryGet(out var authority))
            {
                diagnostics.Unreadable(found.Problems[0]);
                return diagnostics.ExitCode;
            }

            using (authority)
            {
                names = [.. names.Distinct(StringComparer.OrdinalIgnoreCase)];
                addresses = [.. addresses.Distinct()];
                var certificate = authority.Issue(names, addresses, lifetime, terminal.Clock.GetUtcNow());
                if (isNew)
                    folder.Write(authority);
                folder.Write(certificate);
                var (made, all) = (isNew ? "made" : "kept", string.Join(", ", names.Concat(addresses.Select(address => $"{address}"))));
                var (output, files) = (terminal.Output, $"{folder.CertificateFile}, {folder.KeyFile}");
                output.Write($"{folder.AuthorityFile}: {made}, valid until {authority.NotAfter:yyyy-MM-dd}\n");
                output.Write($"{files}: made, valid until {certificate.NotAfter:yyyy-MM-dd}, for {all}\n");
                output.Write($"caBundle: {Convert.ToBase64String(Encoding.ASCII.GetBytes(authority.CertificatePem))}\n");
            }

            return ExitCodes.Done;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            diagnostics.Unreadable(Problem.Of(folder.Path, $"cannot be used: {e.Message}"));
            return diagnostics.ExitCode;
        }
    }

    // The API server calls a Service's webhook by the first of them; the second is for clients in the cluster.
    private static IEnumerable<string> ServiceNames(string service) => [service, service + ".cluster.local"];

    private static void Demand(Option option, Func<string, bool> isRight, string complaint) =>
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => !isRight(token.Value)))
                result.AddError($"{option.Name} {token.Value}: {complaint}");
        });

    [GeneratedRegex(@"^(\*\.)?[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*\z", RegexOptions.IgnoreCase)]
    private static partial Regex DnsName();

    [GeneratedRegex(@"^[a-z]([-a-z0-9]{0,61}[a-z0-9])?\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\.svc\z")]
    private static partial Regex ServiceName();
}
