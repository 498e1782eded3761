using Outrigger.Core.Parameters;

namespace Outrigger.Core.Tests.Parameters;

/// <summary>A text in an annotation, read as a type and held to the schema.</summary>
public class AnnotationTextTests
{
    private const string Weights = "{type: array, contains: {type: object, properties: {weight: {type: integer, minimum: 1}}}, items: {type: object, required: [host], properties: {host: {type: string}, weight: {type: integer, minimum: 0, default: 1}}}}";

    [Theory]
    [InlineData("{type: string}", "", "\"\"")]
    [InlineData("{type: string}", " a ", "\" a \"")]
    [InlineData("{type: string}", "8080", "\"8080\"")]
    [InlineData("{type: string}", "a\nb", "\"a\\nb\"")]
    [InlineData("{type: string, pattern: '^.*$'}", "a\tb", "\"a\\tb\"")]
    [InlineData("{type: string, pattern: a}", "a\vb", "\"a\\u000Bb\"")]
    [InlineData("{type: integer}", " 8080\n", "8080")]
    [InlineData("{type: integer}", "-9223372036854775808", "-9223372036854775808")]
    [InlineData("{type: number}", "1.50", "1.50")]
    [InlineData("{type: number}", "1e3", "1000")]
    [InlineData("{type: boolean}", "true", "true")]
    [InlineData("{type: array, items: {type: string}}", "", "[]")]
    [InlineData("{type: array, items: {type: string}}", "a,b , c", "[\"a\",\"b\",\"c\"]")]
    [InlineData("{type: array, items: {type: string}}", "yes", "[\"yes\"]")]
    [InlineData("{type: array, items: {type: string}}", "[a, 'b']", "[\"a\",\"b\"]")]
    [InlineData("{type: array, items: {type: string}}", "- a\n- b\n", "[\"a\",\"b\"]")]
    [InlineData("{type: array, items: {type: string}}", "\n  - a\n  - b\n", "[\"a\",\"b\"]")]
    [InlineData("{type: array, items: {type: string}}", "-a,-b", "[\"-a\",\"-b\"]")]
    [InlineData("{type: array, items: {type: integer}}", "1, -2", "[1,-2]")]
    [InlineData("{type: array, items: {type: boolean}}", "true,false", "[true,false]")]
    [InlineData("{type: array, items: {type: object, properties: {a: {type: integer, default: 1}}}}", "[{}]", "[{\"a\":1}]")]
    [InlineData("{type: object, properties: {a: {type: integer}}}", "a: 1", "{\"a\":1}")]
    [InlineData("{type: object, properties: {a: {type: integer}}}", "{\"a\": 1}", "{\"a\":1}")]
    [InlineData("{type: object, properties: {a: {type: integer, default: 2}}}", "{}", "{\"a\":2}")]
    [InlineData("{type: object, additionalProperties: {type: string}}", "{a: b, 'c d': e}", "{\"a\":\"b\",\"c d\":\"e\"}")]
    public void Read_TextOfTheType_IsTheValue(string schema, string text, string expected)
    {
        var (json, mistakes) = Read(schema, text);
        mistakes.Should().BeEmpty();
        json.Should().Be(expected);
    }

    [Theory]
    [InlineData("{type: integer}", "", "p is \"\"; allowed is an integer")]
    [InlineData("{type: integer}", "1.0", "allowed is an integer")]
    [InlineData("{type: integer}", "0x10", "allowed is an integer")]
    [InlineData("{type: integer}", "9223372036854775808", "allowed is an integer")]
    [InlineData("{type: integer}", "٣", "allowed is an integer")]
    [InlineData("{type: integer}", "9000\0", "p is \"9000\\u0000\"; allowed is an integer")]
    [InlineData("{type: number}", "1.5\0\0", "allowed is a number")]
    [InlineData("{type: array, items: {type: integer}}", "1,2\0", "p[1] is \"2\\u0000\"; allowed is an integer")]
    [InlineData("{type: string, pattern: '^.*$'}", "a\u0085b", "p is \"a\\u0085b\"; allowed is a string that matches ^.*$, on one line without control characters")]
    [InlineData("{type: string, pattern: '^.*$'}", "a\u2028b", "on one line")]
    [InlineData("{type: string, pattern: '^\\S+$'}", "a\u2029b", "on one line")]
    [InlineData("{type: string, pattern: '^[^\\r\\n]*$'}", "a\vb", "on one line")]
    [InlineData("{type: string, pattern: '^[^\\r\\n]*$'}", "a\fb", "on one line")]
    [InlineData("{type: string, pattern: '^[^\\r\\n]*$'}", "a\0", "on one line")]
    [InlineData("{type: array, items: {type: string, pattern: '^.*$'}}", "a,b\u001bc", "p[1] is \"b\\u001bc\"; allowed is a string that matches ^.*$, on one line")]
    [InlineData("{type: number}", "NaN", "allowed is a number")]
    [InlineData("{type: number}", "1,5", "allowed is a number")]
    [InlineData("{type: number}", "1e400", "allowed is a number")]
    [InlineData("{type: boolean}", "True", "allowed is true or false")]
    [InlineData("{type: boolean}", "on", "allowed is true or false")]
    [InlineData("{type: array, items: {type: integer}}", "1,,2", "p[1] is \"\"; allowed is an integer")]
    [InlineData("{type: array, items: {type: integer}}", "['1']", "p[0] is \"1\"; allowed is an integer")]
    [InlineData("{type: array, items: {type: string}}", "[1]", "p[0] is 1; allowed is a string")]
    [InlineData("{type: array, items: {type: string}}", "[a", "neither YAML nor JSON")]
    [InlineData("{type: array, items: {type: object}}", "", "p is empty")]
    [InlineData("{type: array, items: {type: object}}", "null", "p is empty; allowed is a list")]
    [InlineData("{type: array, items: {type: object}}", "a: 1", "p is an object; allowed is a list")]
    [InlineData("{type: array, items: {type: object}}", "[[{a: 1}]]", "p[0] is a list of 1; allowed is an object")]
    [InlineData("{type: object, properties: {a: {type: object, properties: {b: {type: string}}}}}", "{a: [{b: 1}]}", "p.a is a list of 1")]
    [InlineData("{type: object, properties: {port: {type: integer}}}", "{prot: 1}", "p has no member \"prot\"; did you mean \"port\"?")]
    [InlineData("{type: object, required: [a], properties: {a: {type: boolean}}}", "{}", "p.a is missing; it must be true or false")]
    [InlineData("{type: object, properties: {a: {type: integer}}}", "{a: null}", "p.a is empty")]
    [InlineData("{type: object}", "{a: 1, a: 2}", "neither YAML nor JSON")]
    [InlineData("{type: object}", "{}\n---\n{}", "several YAML documents")]
    [InlineData("{type: object}", "!!python/object x", "p")]
    [InlineData("{type: array, maxItems: 1, items: {type: string}}", "a,b", "p is a list of 2; allowed is a list of at most 1")]
    [InlineData("{type: array, contains: {type: integer, minimum: 1}, items: {type: integer}}", "0,0", "p is a list of 2; allowed is a list, each an integer, at least one of them an integer of at least 1")]
    [InlineData("{type: array, contains: {type: integer}, items: {type: integer}}", "[]", "p is a list of 0; allowed is")]
    [InlineData(Weights, "[{host: a, weight: 0}, {host: b, weight: 0}]", "p is a list of 2; allowed is a list, each an object {host, weight?}, at least one of them with weight an integer of at least 1")]
    [InlineData("{type: string, minLength: 1}", "", "of at least 1 characters")]
    [InlineData("{type: integer, minimum: 1, maximum: 9}", "10", "p is 10; allowed is an integer from 1 to 9")]
    [InlineData("{type: integer, format: port}", "0", "p is 0; allowed is a port")]
    [InlineData("{type: integer, enum: [1, 2]}", "3", "p is 3; allowed is one of 1, 2")]
    public void Read_OtherText_IsRefusedWithWhatIsAllowed(string schema, string text, string message) =>
        Read(schema, text).Mistakes.Should().Contain(mistake => mistake.Contains(message, StringComparison.Ordinal));

    [Theory]
    [InlineData("{type: integer, enum: [1, 2]}", "2")]
    [InlineData("{type: number, enum: [0.5]}", "0.5")]
    [InlineData("{type: string, enum: ['1']}", "1")]
    [InlineData("{type: integer, format: port}", "65535")]
    [InlineData(Weights, "[{host: a, weight: 0}, {host: b}]")]
    [InlineData(Weights, "[{host: a, weight: 0}, {host: b, weight: 2}]")]
    public void Read_ValueAtItsLimit_IsAllowed(string schema, string text) => Read(schema, text).Mistakes.Should().BeEmpty();

    [Fact]
    public void Read_ElementsThatAreWrongInThemselves_AreToldAlone() =>
        Read(Weights, "[{host: a, weight: x}]").Mistakes.Should().ContainSingle().Which.Should().StartWith("p[0].weight is \"x\"");

    [Fact]
    public void Read_AliasBomb_IsRefusedSoon()
    {
        var text = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + string.Concat(Enumerable.Range('b', 10).Select(c =>
            $"{(char)c}: &{(char)c} [{string.Join(", ", Enumerable.Repeat($"*{(char)(c - 1)}", 10))}]\n"));
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Read("{type: object}", text).Mistakes.Should().NotBeEmpty();
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(10));
    }

    private static (string? Json, List<string> Mistakes) Read(string yaml, string text)
    {
        var schema = Schemas.Of(yaml);
        var value = ValueCheck.WithDefaults(AnnotationText.Read(text, schema, "p", out var mistake), schema);
        var mistakes = new List<string>();
        if (mistake is not null)
            mistakes.Add(mistake);
        else
            ValueCheck.Collect(value, schema, "p", mistakes);
        return (value?.ToJsonString(), mistakes);
    }
}
