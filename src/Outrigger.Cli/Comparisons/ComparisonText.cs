using Outrigger.Cli.Output;
using Outrigger.Core.Catalog;
using Outrigger.Core.Compatibility;

namespace Outrigger.Cli.Comparisons;

/// <summary>Shows a comparison of two catalogs to a person.</summary>
internal static class ComparisonText
{
    /// <summary>A line for each version that changed, came or went, with its changes below; then the notes and a sum.</summary>
    public static void Write(TextWriter output, CatalogComparison comparison, bool colors)
    {
        foreach (var pattern in comparison.Patterns)
        {
            output.Write($"{pattern.Pattern.Location}: {Title(pattern)}: {Style.Of(pattern.IsEnough).Apply(Verdict(pattern), colors)}\n");
            TextTable.Write(output, [.. pattern.Changes.Select(change => (string[])[change.Class.Name(), change.Subject, change.Text])], indent: 2);
        }

        foreach (var note in comparison.Notes)
            output.Write($"note: {note}\n");
        var findings = comparison.Patterns.Count(pattern => !pattern.IsEnough) switch { 0 => "no findings", 1 => "1 finding", var many => $"{many} findings" };
        output.Write($"{comparison.Unchanged} unchanged, {comparison.Patterns.Length} changed, new or gone: {findings}\n");
    }

    private static string Title(PatternComparison comparison)
    {
        var (name, old, now) = (Name(comparison.Pattern), comparison.Old?.Version, comparison.New?.Version);
        return old is null || now is null || old == now ? $"{name} {old ?? now}" : $"{name} {old} -> {now}";
    }

    private static string Verdict(PatternComparison comparison) => comparison switch
    {
        { Old: null } => "is new",
        { New: null } => "is gone, and no version number says so",
        { IsEnough: true, Class: { } change } => $"fine, {Wanted(comparison)} is wanted for a {change.Name()} change",
        { IsEnough: true } => "fine, nothing changed",
        { Old.Version: var old, New.Version: var now } when now == old => $"changed without a new version; it must be {Wanted(comparison)}",
        { Class: { } change } => $"must be {Wanted(comparison)} for a {change.Name()} change",
        _ => $"must be later than {comparison.Old!.Version}",
    };

    private static string Wanted(PatternComparison comparison) =>
        comparison.Old!.Version.PreRelease.Length > 0 ? $"anything later than {comparison.Old.Version}" : $"{comparison.Least} or later";

    private static string Name(Pattern pattern) => pattern.Namespace is null ? pattern.Name : $"{pattern.Namespace}/{pattern.Name}";
}
