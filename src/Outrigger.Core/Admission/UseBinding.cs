using Outrigger.Core.Composition;
using Outrigger.Core.Parameters;
using Outrigger.Core.Selection;

namespace Outrigger.Core.Admission;

/// <summary>Gives a use its values.</summary>
internal static class UseBinding
{
    /// <summary>Binds all parameters of a use in a Pod.</summary>
    public static BoundParameters Bind(Use use, PodFacts facts) => ParameterBinder.Bind(
        use.Pattern.Parameters,
        use.Layers,
        PatternRenderer.DefaultsScope(use, facts),
        use.Pattern.Title,
        name => AnnotationKeys.OfParameter(use.Instance, name));
}
