using System.Text.Json.Nodes;
using Outrigger.Cli.Output;
using Outrigger.Core.Compatibility;

namespace Outrigger.Cli.Comparisons;

/// <summary>Shows a comparison of two catalogs to a program.</summary>
internal static class ComparisonJson
{
    /// <summary>An array with an object for each version that changed, came or went.</summary>
    public static void Write(TextWriter output, CatalogComparison comparison)
    {
        var patterns = new JsonArray([.. comparison.Patterns.Select(Describe)]);
        output.Write(Json.Pretty(writer => patterns.WriteTo(writer)) + "\n");
    }

    private static JsonObject Describe(PatternComparison comparison) => new()
    {
        ["name"] = comparison.Pattern.Name,
        ["namespace"] = comparison.Pattern.Namespace,
        ["file"] = comparison.Pattern.Location.File,
        ["line"] = comparison.Pattern.Location.Line,
        ["old"] = comparison.Old?.Version.Text,
        ["new"] = comparison.New?.Version.Text,
        ["class"] = comparison.Class?.Name(),
        ["least"] = comparison.Least?.Text,
        ["enough"] = comparison.IsEnough,
        ["changes"] = new JsonArray([.. comparison.Changes.Select(Describe)]),
    };

    private static JsonObject Describe(Change change) => new()
    {
        ["class"] = change.Class.Name(),
        ["subject"] = change.Subject,
        ["old"] = change.Old,
        ["new"] = change.New,
        ["note"] = change.Note,
    };
}
