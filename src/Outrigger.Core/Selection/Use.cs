using System.Collections.Immutable;
using Outrigger.Core.Catalog;
using Outrigger.Core.Parameters;

namespace Outrigger.Core.Selection;

/// <summary>One use of a pattern in one Pod, before its parameters are bound.</summary>
public sealed record Use
{
    /// <summary>The name of the use, unique in the Pod: a DNS label.</summary>
    public required string Instance { get; init; }

    /// <summary>The pattern and version that was chosen.</summary>
    public required Pattern Pattern { get; init; }

    /// <summary>The annotation that asks for it, or null where only bindings do.</summary>
    public string? AskedBy { get; init; }

    /// <summary>The version as that annotation writes it: <c>1</c> of <c>https@1</c>; null where it writes none.</summary>
    public string? AskedVersion { get; init; }

    /// <summary>The bindings that ask for it or set its parameters, strongest first.</summary>
    public ImmutableArray<Binding> Bindings { get; init; } = [];

    /// <summary>Whether a binding says that the Pod may not go without it.</summary>
    public bool IsRequired => Bindings.Any(binding => binding.IsRequired);

    /// <summary>The layers of its parameters' values, strongest first, without the pattern's defaults.</summary>
    public ImmutableArray<ParameterLayer> Layers { get; init; } = [];

    /// <summary>The same use with other parameters in the Pod's annotations.</summary>
    public Use With(IReadOnlyDictionary<string, (string Key, string Text)> annotations)
    {
        var others = Layers.RemoveAll(layer => layer is ParameterLayer.Annotations);
        return this with { Layers = annotations.Count == 0 ? others : others.Insert(0, new ParameterLayer.Annotations(annotations)) };
    }

    /// <summary>Who asks, for messages: the annotation's key or the binding.</summary>
    public string AskedByTitle => AskedBy ?? (Bindings.IsEmpty ? "" : Bindings[0].Title);
}

/// <summary>A use that was asked for and left out, and why.</summary>
/// <param name="Instance">The name of the use.</param>
/// <param name="AskedBy">The annotation or binding that asks for it.</param>
/// <param name="Reason">Why it is left out: a clause that can follow a colon.</param>
/// <param name="IsMistake">
/// Whether somebody should mend something: a warning says it. False where things are as somebody wanted them (a selector that does not
/// select this Pod), which only <c>explain</c> tells.
/// </param>
public sealed record SkippedUse(string Instance, string AskedBy, string Reason, bool IsMistake);
