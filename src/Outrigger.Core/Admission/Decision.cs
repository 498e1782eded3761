using System.Collections.Immutable;
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
        /// <summary>Nobody reads more, and a stranger's Pod may hold a hundred thousand.</summary>
        private const int MostShown = 100;

        /// <summary>All mistakes in one text, a line each, as the user of kubectl reads it; of more than 100 the first 100 and how many there are.</summary>
        public string Message => Problems.Length == 1
            ? Problems[0].ToString()
            : $"{Problems.Length} mistakes:\n" + string.Join('\n', Problems.Take(MostShown).Select(problem => $"  - {problem}"))
                + (Problems.Length > MostShown ? $"\n  - and {Problems.Length - MostShown} more" : "");
    }
}
