using System.Text.Json.Nodes;

namespace Outrigger.Core.Parameters;

/// <summary>The values that one place gives to a use's parameters.</summary>
public abstract record ParameterLayer
{
    private ParameterLayer()
    {
    }

    /// <summary>Values in the annotations of a Pod: text by parameter, and the annotation's key that messages name.</summary>
    public sealed record Annotations(IReadOnlyDictionary<string, (string Key, string Text)> Values) : ParameterLayer;

    /// <summary>Values of a binding: typed as they were written.</summary>
    public sealed record Bound(Origin Origin, IReadOnlyDictionary<string, JsonNode?> Values, bool IsFixed) : ParameterLayer;

    /// <summary>The installation's defaults: text by parameter.</summary>
    public sealed record Installation(IReadOnlyDictionary<string, string> Values) : ParameterLayer;
}
