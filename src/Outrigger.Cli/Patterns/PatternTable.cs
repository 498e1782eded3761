using System.Text.Json.Nodes;
using Outrigger.Cli.Output;
using Outrigger.Core.Catalog;
using Outrigger.Core.Manifests;
using Outrigger.Core.Parameters;

namespace Outrigger.Cli.Patterns;

/// <summary>Shows patterns to a person.</summary>
internal sealed class PatternTable(TextWriter output, bool colors)
{
    private const int LongestDefault = 44;

    /// <summary>One line a pattern.</summary>
    public void WriteAll(IReadOnlyCollection<Pattern> patterns) =>
        WriteTable(["NAME", "VERSION", "ROLE", "DEFAULT", "SUMMARY"], patterns.Select(pattern => new[]
        {
            pattern.Namespace is null ? pattern.Name : $"{pattern.Namespace}/{pattern.Name}",
            pattern.Version.ToString(), pattern.Role.Name(), IsTaken(pattern, patterns) ? "yes" : "", pattern.Summary,
        }));

    /// <summary>Whether a use without a version gets this one, be it that it says so, or that it is the newest or the only one.</summary>
    private static bool IsTaken(Pattern pattern, IEnumerable<Pattern> patterns) =>
        new PatternReference(pattern.Name, null).Choose([.. patterns.Where(other => (other.Namespace, other.Name) == (pattern.Namespace, pattern.Name))]) == pattern;

    /// <summary>All that one needs to know to use a pattern.</summary>
    public void Write(Pattern pattern, PatternSource source)
    {
        var standing = pattern.IsDefault ? ", the default version" : "";
        output.Write($"{Style.Title.Apply(pattern.Title, colors)}, {pattern.Role.Name()}{standing}\n");
        if (pattern.Summary.Length > 0)
            output.Write($"{pattern.Summary}\n");
        if (pattern.Description.Length > 0)
            output.Write($"\n{pattern.Description.TrimEnd()}\n");
        if (!pattern.Parameters.Properties.IsEmpty)
        {
            Title("Parameters");
            WriteTable(
                ["NAME", "TYPE", "DEFAULT", "SET BY", "DESCRIPTION"],
                pattern.Parameters.Properties.Select(property => Row(pattern, property.Key, property.Value)));
            foreach (var rule in pattern.Parameters.Rules)
                output.Write($"{pattern.Name} {rule.Describe(name => name)}.\n");
        }

        if (!source.Containers.IsEmpty)
        {
            Title("Containers");
            WriteTable(["NAME", "IMAGE", "PORTS"], source.Containers.Select(container =>
                new[] { container.Name + (container.IsInit ? " (init)" : ""), container.Image, string.Join(", ", container.Ports) }));
        }

        Title("Example");
        output.Write("metadata:\n  annotations:\n");
        foreach (var (key, value) in PatternExample.Annotations(pattern, source))
            output.Write($"    {YamlWriter.Write(new JsonObject { [key] = value })}");
    }

    private static string[] Row(Pattern pattern, string name, ParameterSchema schema)
    {
        var isRequired = pattern.Parameters.Required.Contains(name) && schema.DefaultText is null;
        return
        [
            name,
            schema.Format?.Name ?? schema.Type.Name(),
            Short(schema.DefaultText ?? ""),
            schema.IsSetByOperator ? "operator" : isRequired ? "Pod, required" : "Pod",
            $"{schema.Description.Trim()} Allowed: {schema.Allowed}.",
        ];
    }

    private static string Short(string text) =>
        text.Length <= LongestDefault ? text : string.Concat(text.AsSpan(0, LongestDefault - 3), "...");

    private void Title(string text) => output.Write($"\n{Style.Title.Apply(text, colors)}\n");

    private void WriteTable(string[] titles, IEnumerable<string[]> rows) => TextTable.Write(output, [titles, .. rows]);
}
