using System.Text.Json.Nodes;
using Outrigger.Core.Parameters;
using Outrigger.Core.Results;

namespace Outrigger.Core.Catalog;

/// <summary>What must hold between the documents of a catalog, and of the installation's settings about them.</summary>
internal static class CatalogRules
{
    /// <summary>Adds all problems.</summary>
    /// <param name="patterns">The patterns that could be read.</param>
    /// <param name="bindings">The bindings that could be read.</param>
    /// <param name="broken">The names of patterns that could not: who refers to one of them makes no mistake.</param>
    /// <param name="installation">The settings.</param>
    /// <param name="problems">Where mistakes are collected.</param>
    public static void Check(
        IReadOnlyList<Pattern> patterns, IReadOnlyList<Binding> bindings, IReadOnlySet<string> broken, Installation installation, ICollection<Problem> problems)
    {
        foreach (var versions in patterns.GroupBy(pattern => (pattern.Namespace, pattern.Name)))
            CheckVersions([.. versions], problems);
        CheckOrder(patterns, problems);
        foreach (var twice in bindings.GroupBy(binding => binding.Title).Where(group => group.Count() > 1))
            problems.Add(Problem.At(twice.Last().Location, "metadata.name", $"{twice.Key} is there twice; the other is at {twice.First().Location}"));
        var snapshot = new CatalogSnapshot([.. patterns], [], installation);
        foreach (var binding in bindings)
            CheckBinding(binding, snapshot, broken, problems);
        foreach (var preset in installation.Defaults.Where(preset => !broken.Contains(preset.Pattern)))
            CheckDefault(preset, patterns, problems);
    }

    private static void CheckVersions(List<Pattern> versions, ICollection<Problem> problems)
    {
        foreach (var twice in versions.GroupBy(pattern => pattern.Version).Where(group => group.Count() > 1))
        {
            problems.Add(Problem.At(twice.Last().Location, "spec.version",
                $"pattern {twice.Last().Title} is there twice; the other is at {twice.First().Location}"));
        }

        var defaults = versions.Where(pattern => pattern.IsDefault).ToList();
        if (defaults.Count > 1)
        {
            problems.Add(Problem.At(defaults[^1].Location, "spec.default",
                $"is true for several versions of {defaults[0].Name}: {Shown.List(defaults.Select(pattern => pattern.Version.Text))}; one may be the default"));
        }
    }

    /// <summary>Refuses patterns that each want to come after the other.</summary>
    private static void CheckOrder(IReadOnlyList<Pattern> patterns, ICollection<Problem> problems)
    {
        var after = patterns.GroupBy(pattern => pattern.Name).ToDictionary(group => group.Key, group => group.SelectMany(pattern => pattern.After).ToHashSet());
        foreach (var pattern in patterns.Where(pattern => !pattern.After.IsEmpty))
        {
            var seen = new HashSet<string>();
            var open = new Queue<string>(pattern.After);
            while (open.TryDequeue(out var name))
            {
                if (!seen.Add(name))
                    continue;
                foreach (var next in after.GetValueOrDefault(name, []))
                    open.Enqueue(next);
            }

            if (seen.Contains(pattern.Name))
                problems.Add(Problem.At(pattern.Location, "spec.after", $"makes a circle: {pattern.Name} would come after itself, by way of {Shown.List(seen.Where(name => name != pattern.Name))}"));
        }
    }

    private static void CheckBinding(Binding binding, CatalogSnapshot snapshot, IReadOnlySet<string> broken, ICollection<Problem> problems)
    {
        for (var i = 0; i < binding.Uses.Length; i++)
        {
            var use = binding.Uses[i];
            var path = $"spec.uses[{i}]";
            if (broken.Contains(use.Pattern.Name))
                continue;
            if (snapshot.Find(use.Pattern, binding.Namespace) is not { } pattern)
            {
                problems.Add(Problem.At(use.Location, $"{path}.pattern", PatternSearch.NotFound(use.Pattern, snapshot, binding.Namespace)));
                continue;
            }

            foreach (var (name, value) in use.Parameters)
            {
                var (subject, location) = ($"{path}.parameters.{name}", use.ParameterLocations[name]);
                if (pattern.Parameters[name] is not { } schema)
                {
                    var names = pattern.Parameters.Properties.Select(property => property.Key).ToList();
                    problems.Add(Problem.At(location, subject,
                        $"pattern {pattern.Title} has no parameter {Shown.Quoted(name)}{Nearest.Hint(name, names)}; allowed are {Shown.List(names)}"));
                    continue;
                }

                if (schema.IsSetByOperator && binding.Namespace is not null)
                    problems.Add(Problem.At(location, subject, "is set by operators (x-set-by: operator): only a ClusterPatternBinding may"));
                Report(ValueCheck.WithDefaults(value, schema), schema, name, clause => Problem.At(location, subject, clause), problems);
            }
        }
    }

    private static void CheckDefault(InstallationDefault preset, IReadOnlyList<Pattern> patterns, ICollection<Problem> problems)
    {
        var subject = $"--default {preset.Pattern}.{preset.Parameter}";
        var versions = patterns.Where(pattern => pattern.Name == preset.Pattern).ToList();
        if (versions.Count == 0)
        {
            var names = patterns.Select(pattern => pattern.Name).Distinct().ToList();
            problems.Add(Problem.Of(subject, $"there is no pattern {Shown.Quoted(preset.Pattern)}{Nearest.Hint(preset.Pattern, names)}; known are {Shown.List(names)}"));
            return;
        }

        // Versions may differ: the default is for those that have the parameter.
        var having = versions.Where(pattern => pattern.Parameters[preset.Parameter] is not null).ToList();
        if (having.Count == 0)
        {
            var names = versions[^1].Parameters.Properties.Select(property => property.Key).ToList();
            problems.Add(Problem.Of(subject, $"pattern {preset.Pattern} has no parameter {Shown.Quoted(preset.Parameter)}{Nearest.Hint(preset.Parameter, names)}; allowed are {Shown.List(names)}"));
        }

        foreach (var pattern in having)
        {
            var schema = pattern.Parameters[preset.Parameter]!;
            var value = AnnotationText.Read(preset.Text, schema, preset.Parameter, out var mistake);
            if (mistake is not null)
                problems.Add(Problem.Of(subject, mistake));
            else
                Report(ValueCheck.WithDefaults(value, schema), schema, preset.Parameter, clause => Problem.Of(subject, clause), problems);
        }
    }

    private static void Report(JsonNode? value, ParameterSchema schema, string name, Func<string, Problem> problem, ICollection<Problem> problems)
    {
        var clauses = new List<string>();
        ValueCheck.Collect(value, schema, name, clauses);
        foreach (var clause in clauses)
            problems.Add(problem(clause));
    }
}
