using System.Globalization;
using System.Text.Json.Nodes;
using Outrigger.Core.Manifests;

namespace Outrigger.Core.Templating;

internal static class PlainScalar
{
    public static JsonNode? ToJson(SourceScalar scalar) => scalar.Type switch
    {
        ScalarType.Text => scalar.Text,
        ScalarType.Null => null,
        ScalarType.Boolean => scalar.Text.ToLowerInvariant() is "true" or "yes" or "on" or "y",
        ScalarType.WholeNumber => long.Parse(scalar.Text, CultureInfo.InvariantCulture),
        _ => double.Parse(scalar.Text, CultureInfo.InvariantCulture),
    };
}
