using Outrigger.Core.Parameters;
using Outrigger.Core.Results;
using Outrigger.Core.Templating;

namespace Outrigger.Core.Catalog.Lint;

/// <summary>Ports: what is listened on is declared, so that a clash is found before the program does.</summary>
internal static class PortLint
{
    private const string Undeclared =
        "is a port that no container declares in its ports; declare it, or say x-remote: true where others listen on it";

    private static readonly string[] Probes = ["startupProbe", "readinessProbe", "livenessProbe"];
    private static readonly string[] Actions = ["httpGet", "tcpSocket", "grpc"];

    /// <summary>All findings.</summary>
    public static IEnumerable<Problem> Check(Pattern pattern)
    {
        var containers = ContainerPart.All(pattern).ToList();
        return CheckParameters(pattern, containers).Concat(CheckProbes(containers));
    }

    /// <summary>Parameters are told apart by their schemas: loops give the members of lists other names.</summary>
    private static IEnumerable<Problem> CheckParameters(Pattern pattern, List<ContainerPart> containers)
    {
        var declared = containers.SelectMany(Ports)
            .Select(port => port.Number is ValueTemplate { Path: var path } ? port.Names.TypeOf(path, out _) : null)
            .OfType<ParameterSchema>().ToHashSet(ReferenceEqualityComparer.Instance);
        return from part in ParameterPart.All(pattern)
               where part.Schema.Format is { Name: "port" } && !IsElsewhere(part, pattern) && !declared.Contains(part.Schema)
               select Problem.At(part.Schema.Location, part.Path, Undeclared);
    }

    /// <summary>Whether others listen on it: it says so, it is the application's, or it stands beside the name of another host.</summary>
    private static bool IsElsewhere(ParameterPart part, Pattern pattern) =>
        part.Schema.IsRemote
        || part.Schema.Default is ValueTemplate { Path.Segments: ["app", ..] }
        || (!ReferenceEquals(part.Parent, pattern.Parameters) && part.Parent.Properties.Any(member => member.Value.Format is { Name: "hostname" }));

    private static IEnumerable<Problem> CheckProbes(List<ContainerPart> containers)
    {
        var declared = containers.SelectMany(Ports).Select(port => PatternTree.Source(port.Number)).ToHashSet();
        foreach (var container in containers)
        {
            foreach (var field in from probe in Probes from action in Actions select (string[])[probe, action, "port"])
            {
                var port = PatternTree.Source(PatternTree.Member(container.Template, field));
                var names = PatternTree.Items(container.Template, "ports").Select(entry => PatternTree.Source(PatternTree.Member(entry, "name")));
                if (port.Length > 0 && !declared.Contains(port) && !names.Contains(port))
                    yield return container.Finding(field, $"is {port}, which no container of the pattern declares in its ports");
            }
        }
    }

    private static IEnumerable<(Template? Number, KnownNames Names)> Ports(ContainerPart container) =>
        from port in PatternTree.Entries(PatternTree.Member(container.Template, "ports"), container.Names)
        select (PatternTree.Member(port.Entry, "containerPort") is { } number ? PatternTree.Body(number) : null, port.Names);
}
