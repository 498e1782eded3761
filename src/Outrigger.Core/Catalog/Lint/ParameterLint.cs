using Outrigger.Core.Parameters;
using Outrigger.Core.Results;

namespace Outrigger.Core.Catalog.Lint;

/// <summary>What is said of the parameters, and of each member of one, for those who set them.</summary>
internal static class ParameterLint
{
    /// <summary>All findings.</summary>
    public static IEnumerable<Problem> Check(Pattern pattern)
    {
        foreach (var (name, parameter) in pattern.Parameters.Properties)
        {
            if (!pattern.UsedNames.Any(used => used == name || used.StartsWith($"{name}.", StringComparison.Ordinal)))
                yield return Problem.At(parameter.Location, ParameterPart.PathOf(name), "is used nowhere");
        }

        foreach (var part in ParameterPart.All(pattern).Where(part => part.IsNamed))
        {
            if (Complaint(part.Schema) is { } complaint)
                yield return Problem.At(part.Schema.Location, $"{part.Path}.description", complaint);
        }
    }

    private static string? Complaint(ParameterSchema schema)
    {
        var text = schema.Description.Trim();
        if (text.Length == 0)
            return "is missing: what the value does, and its unit";
        if (!text.EndsWith('.'))
            return "does not end with a full stop; it is one sentence or more";
        var isNumber = schema is { Type: SchemaType.Integer or SchemaType.Number, Format: null, Enum.IsEmpty: true };
        return isNumber && !UnitWords.AreIn(text)
            ? "does not say what the number counts; name its unit (seconds, bytes, percent, ...), or begin with \"Number of\""
            : null;
    }
}
