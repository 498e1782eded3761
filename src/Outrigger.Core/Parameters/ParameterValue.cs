using System.Text.Json.Nodes;

namespace Outrigger.Core.Parameters;

/// <summary>One parameter of one use, after precedence: the value that its templates see.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Value">Typed as the schema says; null where the parameter is optional, has no default and was not given.</param>
/// <param name="Origin">Who gave it; null exactly where <paramref name="Value"/> is null.</param>
public sealed record ParameterValue(string Name, JsonNode? Value, Origin? Origin);
