using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Outrigger.Core.Templating;

/// <summary>What a JSON value is as a condition, and as text.</summary>
internal static class RenderedValue
{
    /// <summary>The one rule of <c>#if</c> and <c>$when</c>: false, null, "", 0, [] and {} are not, all else is.</summary>
    public static bool IsTruthy(JsonNode? node) => node switch
    {
        null => false,
        JsonObject members => members.Count > 0,
        JsonArray items => items.Count > 0,
        _ => node.GetValueKind() switch
        {
            JsonValueKind.True => true,
            JsonValueKind.String => node.GetValue<string>().Length > 0,
            JsonValueKind.Number => !IsZero(node.ToJsonString()),
            _ => false,
        },
    };

    /// <summary>Writes a scalar: a string as it is, a number or boolean as JSON does, whatever the culture; null writes nothing.</summary>
    /// <exception cref="InvalidOperationException">It is a list or an object.</exception>
    public static void Append(ref DefaultInterpolatedStringHandler text, JsonNode? node, PathExpression path)
    {
        if (node is null)
            return;
        if (node is not JsonValue value)
            throw new InvalidOperationException($"{path.Location}: {path.Text} is a list or an object, which text cannot hold");
        if (value.TryGetValue(out string? characters))
            text.AppendLiteral(characters);
        else if (value.TryGetValue(out int small))
            text.AppendFormatted(small);
        else if (value.TryGetValue(out long large))
            text.AppendFormatted(large);
        else
            text.AppendLiteral(value.ToJsonString());
    }

    // By its digits, because a number may be of any type and precision.
    private static bool IsZero(string number)
    {
        var exponent = number.AsSpan().IndexOfAny('e', 'E');
        return number.AsSpan(0, exponent < 0 ? number.Length : exponent).IndexOfAnyInRange('1', '9') < 0;
    }
}
