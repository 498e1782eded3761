using System.Collections.Immutable;
using System.Globalization;
using Outrigger.Core.Composition;
using Outrigger.Core.Patching;
using Outrigger.Core.Results;

namespace Outrigger.Core.Admission;

/// <summary>The outcome of one review. A closed set: consume it by one <c>switch</c>.</summary>
public abstract record Decision
{
    private Decision()
    {
    }

    /// <summary>
    /// What the user should hear although the Pod is admitted; kubectl prints each. At most 256 characters each
    /// (https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#response).
    /// </summary>
    public ImmutableArray<string> Warnings { get; init; } = [];

    /// <summary>What was decided on the way, for <c>explain</c> and the log line.</summary>
    public Explanation Explanation { get; init; } = Explanation.None;

    /// <summary>The Pod gets what <paramref name="Plan"/> says, by <paramref name="Patch"/>, which holds at least one operation.</summary>
    public sealed record Inject(Plan Plan, ImmutableArray<PatchOperation> Patch) : Decision;

    /// <summary>The Pod is admitted as it is.</summary>
    public sealed record Skip(SkipReason Reason) : Decision;

    /// <summary>The Pod is refused for its author's mistakes, all of them, with code 400.</summary>
    public sealed record Reject(ImmutableArray<Problem> Problems) : Decision
    {
        /// <summary>More than any message of ours has without a stranger's long text in it.</summary>
        private const int LongestLine = 2000;

        /// <summary>All mistakes in one text, a line each, as the user of kubectl reads it; of more than 100 the first 100 and how many there are.</summary>
        public string Message => Problems.Length == 1
            ? Line(Problems[0])
            : string.Create(CultureInfo.InvariantCulture, $"{Problems.Length:N0} mistakes:\n")
                + string.Join('\n', Problems.Take(Problem.MostTold).Select(problem => $"  - {Line(problem)}"))
                + (Problems.Length > Problem.MostTold ? string.Create(CultureInfo.InvariantCulture, $"\n  - and {Problems.Length - Problem.MostTold:N0} more") : "");

        private static string Line(Problem problem) => Shown.Cut(problem.ToString(), LongestLine);
    }
}
