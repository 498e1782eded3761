using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace Outrigger.Core.Tests.Manifests;

/// <summary>Generated JSON values, with the strings that YAML writers and readers get wrong.</summary>
internal static class JsonGen
{
    private static readonly string[] Nasty =
    [
        "", " ", "  ", "\n", "\n\n", "a\n", "a\n\n", "\na", "\n a", " a\nb", "a\n b\n", "a \nb", "a\n  ", "a\n  \n", "a\n\n\nb\n\n", "\ta\nb", "a\n\tb\n",
        "a\n\n  b\n\nc", "# not a comment\nx", "a\n# b\n", "---\na", "a\n---\nb", "...", "---", "--- a", "...a", "yes", "No", "on", "Off", "y", "N", "true",
        "FALSE", "null", "~", "Null", "1", "-1", "+1", "0644", "0o7", "0x1F", "0b1", "1_000", "1e3", "1.", ".5", "1.5e-3", "1e400", "-0", "08",
        "0xFFFFFFFFFFFFFFFFFFFF", ".inf", "-.Inf", ".nan", "2001-01-01", "2001-12-14t21:59:43.10-05:00", "1:30", "190:20:30", "1.2.3", "10.0.0.1",
        "=", "<<", "a: b", "a:", ":a", "a #b", "a#b", "#a", "- a", "-a", "-", "?", "? a", ":", "[a]", "{a}", "{{a}}", "a, b", ",", "]", "}", "&a", "*a", "!a",
        "|", ">", "'", "\"", "'a'", "\"a\"", "it's", "a\"b", "%a", "@a", "`a`", "a\\nb", "\\", " a", "a ", "a\tb", "\ta", "a\t", "a\r\nb", "a\rb\n", "\u0085",
        "a\u2028b", "\u00a0", "\uFEFF", "\u0001", "\u001b[0m", "\u007f", "é", "日本", "😀", "a\n😀\n", "\ue000", "/usr/bin", "a/b:c", "http://x/y?z=1#f",
        "--flag=value", "nginx:1.29", "$(POD)", "key: |\n  text\n", "{\"a\":1}\n", "a:\tb", "a\t#b", "a :b", "x: y: z",
    ];

    public static Gen<string> Text { get; } = Gen.OneOf(
        Gen.Elements(Nasty),
        Gen.Elements("web", "name", "nginx", "app.kubernetes.io/name", "containers"),
        Gen.ArrayOf(Gen.Elements('a', 'b', '1', ' ', '\n', '\t', ':', '#', '-', '\'', '"', '\\', '{', ']', ',', '|', '~', 'é')).Select(c => new string(c)),
        Gen.ArrayOf(Gen.Choose(0, 0xD7FF).Select(c => (char)c)).Select(c => new string(c)).Select(s => s.Replace("\0", "")));

    public static Gen<JsonNode?> Scalar { get; } = Gen.OneOf(
        Text.Select(text => (JsonNode?)JsonValue.Create(text)),
        Gen.Elements("null", "true", "false", "0", "-1", "8080", "1.5", "-0.25", "1e3", "1.10", "9223372036854775807", "18446744073709551615",
            "123456789012345678901234567890", "0.1234567890123456789").Select(json => JsonNode.Parse(json)));

    /// <summary>Any value, at most this deep.</summary>
    public static Gen<JsonNode?> Value(int depth) => depth == 0
        ? Scalar
        : Gen.Frequency((3, Scalar), (3, Object(depth - 1).Select(value => (JsonNode?)value)), (3, Array(depth - 1).Select(value => (JsonNode?)value)));

    public static Gen<JsonObject> Object(int depth) =>
        from size in Gen.Choose(0, 4)
        from members in Gen.ListOf(Gen.Zip(Text, Value(depth)), size)
        select new JsonObject(members.DistinctBy(member => member.Item1).Select(member => KeyValuePair.Create<string, JsonNode?>(member.Item1, member.Item2)));

    public static Gen<JsonArray> Array(int depth) =>
        from size in Gen.Choose(0, 4)
        from items in Gen.ListOf(Value(depth), size)
        select new JsonArray([.. items]);

    public static string Show(JsonNode? node) => node?.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) ?? "null";
}
