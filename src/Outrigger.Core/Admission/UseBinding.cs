using Outrigger.Core.Composition;
using Outrigger.Core.Parameters;
using Outrigger.Core.Results;
using Outrigger.Core.Selection;

namespace Outrigger.Core.Admission;

/// <summary>Gives a use its values.</summary>
internal static class UseBinding
{
    /// <summary>Binds all parameters of a use in a Pod.</summary>
    public static BoundParameters Bind(Use use, PodFacts facts)
    {
        var bound = ParameterBinder.Bind(
            use.Pattern.Parameters,
            use.Layers,
            PatternRenderer.DefaultsScope(use, facts),
            use.Pattern.Title,
            name => AnnotationKeys.OfParameter(use.Instance, name));
        if (bound.Unfixed.IsEmpty)
            return bound;
        // A Pod's author may not get rid of what is fixed by a version that does not know it.
        return use is { AskedBy: { } key, AskedVersion: not null }
            ? bound with
            {
                PodMistakes = bound.PodMistakes.AddRange(bound.Unfixed.Select(problem =>
                    Problem.Of(key, $"asks for {use.Pattern.Title} as {use.Instance}, which does not take what a binding fixes ({problem}); ask for another version, or for none"))),
            }
            : bound with { AuthorMistakes = bound.AuthorMistakes.AddRange(bound.Unfixed) };
    }
}
