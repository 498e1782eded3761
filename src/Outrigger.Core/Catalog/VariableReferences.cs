using Outrigger.Core.Templating;

namespace Outrigger.Core.Catalog;

/// <summary>
/// The variables of a container that Kubernetes writes into its command and arguments: <c>$(NAME)</c>, also by way of other variables
/// (https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/).
/// </summary>
internal sealed class VariableReferences
{
    private static readonly string[] Probes = ["livenessProbe", "readinessProbe", "startupProbe"];

    private readonly HashSet<string> _names = [];
    private bool _isOpen;

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => !_isOpen && _names.Count == 0;

    /// <summary>Reads a container.</summary>
    public static VariableReferences In(Template container)
    {
        var references = new VariableReferences();
        foreach (var text in PatternTree.Items(container, "command").Concat(PatternTree.Items(container, "args")))
            references.Add(PatternTree.Source(text));
        // The kubelet expands the commands of probes too.
        foreach (var probe in Probes)
        {
            foreach (var text in PatternTree.Items(container, probe, "exec", "command"))
                references.Add(PatternTree.Source(text));
        }

        var variables = PatternTree.Items(container, "env").Select(variable => (NameOf(variable), PatternTree.Source(PatternTree.Member(variable, "value")))).ToList();
        // Each round follows one more step of $(A) with A: $(B).
        for (var round = 0; round < variables.Count && !references.IsEmpty; round++)
        {
            foreach (var (_, value) in variables.Where(variable => references.Reach(variable.Item1)))
                references.Add(value);
        }

        return references;
    }

    /// <summary>A variable's name as its author wrote it.</summary>
    public static string NameOf(Template variable) => PatternTree.Source(PatternTree.Member(variable, "name"));

    /// <summary>Whether a variable's value comes into the command; a name with expressions may be any.</summary>
    public bool Reach(string name) => _isOpen || _names.Contains(name) || (name.Contains("{{", StringComparison.Ordinal) && _names.Count > 0);

    private void Add(string text)
    {
        for (var i = text.IndexOf('$', StringComparison.Ordinal); i >= 0 && i + 1 < text.Length; i = text.IndexOf('$', i))
        {
            var rest = text.AsSpan(i + 1);
            // $$ is a dollar sign, whatever follows.
            if (rest[0] == '$')
            {
                i += 2;
                continue;
            }

            i++;
            if (rest.StartsWith("{{"))
                _isOpen = true;
            if (rest[0] != '(')
                continue;
            var end = rest.IndexOf(')');
            var name = rest[1..(end < 0 ? rest.Length : end)];
            if (name.Contains("{{", StringComparison.Ordinal))
                _isOpen = true;
            else if (end >= 0 && !name.ContainsAny(" \t\n\"'"))
                _names.Add(name.ToString());
        }
    }
}
