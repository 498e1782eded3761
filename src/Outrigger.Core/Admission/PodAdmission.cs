using System.Collections.Immutable;
using System.Globalization;
using Outrigger.Core.Catalog;
using Outrigger.Core.Results;

namespace Outrigger.Core.Admission;

/// <summary>
/// The door to the engine: leads each review to those who decide it. The webhook and the command line both enter here, so what one prints is what
/// the other does.
/// </summary>
public static class PodAdmission
{
    /// <summary>
    /// Decides one review from one snapshot. Nothing below does I/O; the same request and snapshot give the same decision, dry run or not.
    /// </summary>
    public static Decision Review(AdmissionRequest request, CatalogSnapshot snapshot)
    {
        if (request is not { Kind: "Pod", Group: "", SubResource: "" })
            return new Decision.Skip(SkipReason.NotAPodCreation);
        var decision = request.Operation switch
        {
            "CREATE" => PodCreation.Review(request, snapshot),
            "UPDATE" => PodUpdate.Review(request, snapshot),
            _ => new Decision.Skip(SkipReason.NotAPodCreation),
        };
        return decision.Warnings.IsEmpty ? decision : decision with { Warnings = Bounded(decision.Warnings) };
    }

    private static ImmutableArray<string> Bounded(ImmutableArray<string> warnings) => warnings.Length <= Problem.MostTold
        ? [.. warnings.Select(Warning)]
        : [.. warnings.Take(Problem.MostTold).Select(Warning), string.Create(CultureInfo.InvariantCulture, $"and {warnings.Length - Problem.MostTold:N0} more warnings")];

    /// <summary>One line of at most 256 characters: the API server cuts longer ones, and drops those with control characters.</summary>
    private static string Warning(string text)
    {
        var line = Shown.Line(text);
        return line.Length <= 256 ? line : string.Concat(line.AsSpan(0, char.IsHighSurrogate(line[252]) ? 252 : 253), "...");
    }
}
