namespace Outrigger.Core.Tests.Parameters;

public class SchemaReaderTests
{
    [Theory]
    [InlineData("{type: strnig}", "\"strnig\" is no type; did you mean \"string\"?")]
    [InlineData("{}", "p.type: is missing")]
    [InlineData("5", "p: must be a mapping")]
    [InlineData("{type: string, format: port}", "\"port\" is no format of type string")]
    [InlineData("{type: string, format: hostnmae}", "did you mean \"hostname\"?")]
    [InlineData("{type: integer, format: hostname}", "no format of type integer")]
    [InlineData("{type: string, pattern: '('}", "p.pattern: \"(\" cannot be used")]
    [InlineData("{type: string, minimum: 1}", "minimum: is not a field of this kind")]
    [InlineData("{type: integer, minLength: 1}", "minLength: is not a field of this kind")]
    [InlineData("{type: integer, minimun: 1}", "did you mean \"minimum\"?")]
    [InlineData("{type: integer, minimum: 2, maximum: 1}", "nothing is allowed")]
    [InlineData("{type: string, minLength: 2, maxLength: 1}", "nothing is allowed")]
    [InlineData("{type: string, minLength: -1}", "an integer of at least 0")]
    [InlineData("{type: integer, minimum: a}", "must be a number, is \"a\"")]
    [InlineData("{type: array}", "p.items: is missing")]
    [InlineData("{type: array, items: {type: text}}", "p.items.type")]
    [InlineData("{type: array, items: {type: integer}, contains: {type: string}}", "p.contains.type: must be integer")]
    [InlineData("{type: array, items: {type: object, properties: {weight: {type: integer}}}, contains: {type: object, properties: {wieght: {type: integer}}}}", "p.contains.properties.wieght: is no member of items; did you mean \"weight\"?")]
    [InlineData("{type: array, items: {type: object, properties: {a: {type: integer}}}, contains: {type: object, properties: {a: {type: string}}}}", "p.contains.properties.a.type: must be integer")]
    [InlineData("{type: array, items: {type: integer}, contains: {type: integer, minimum: 1}, default: [0]}", "p.default: it is a list of 1; allowed is a list, each an integer, at least one of them an integer of at least 1")]
    [InlineData("{type: integer, contains: {type: integer}}", "contains: is not a field of this kind")]
    [InlineData("{type: object, required: [a], properties: {b: {type: string}}}", "\"a\" is not among the properties")]
    [InlineData("{type: object, properties: [a]}", "p.properties: must be a mapping, is a list")]
    [InlineData("{type: object, properties: a}", "p.properties: must be a mapping, is \"a\"")]
    [InlineData("{type: string, enum: []}", "p.enum: must be a list of at least one value, is empty")]
    [InlineData("{type: string, enum: [a, ~]}", "p.enum[1]: must be a value, is ~")]
    [InlineData("{type: string, enum: a}", "p.enum: must be a list, is \"a\"")]
    [InlineData("{type: object, additionalProperties: true}", "must be a mapping")]
    [InlineData("{type: string, x-set-by: anyone}", "must be operator")]
    [InlineData("{type: array, items: {type: string, x-set-by: operator}}", "belongs on a parameter itself")]
    [InlineData("{type: string, oneOf: []}", "p.oneOf: is not supported")]
    [InlineData("{type: string, nullable: true}", "p.nullable: is not supported")]
    [InlineData("{type: integer, default: a}", "p.default: it is \"a\"; allowed is an integer")]
    [InlineData("{type: integer, format: port, default: 0}", "p.default: it is 0")]
    [InlineData("{type: string, default: 5}", "p.default: it is 5; allowed is a string")]
    [InlineData("{type: string, enum: [a], default: b}", "one of \"a\"")]
    [InlineData("{type: integer, enum: [1, x]}", "p.enum: it is \"x\"")]
    [InlineData("{type: object, properties: {a: {type: integer}}, default: {a: x}}", "it.a is \"x\"")]
    [InlineData("{type: object, properties: {a: {type: string, default: '{{app.name}}'}}}", "may hold expressions only on a parameter itself")]
    [InlineData("{type: string, default: '{{#if}}'}", "p.default")]
    public void Read_MistakeInAParameter_IsToldWithItsPath(string parameter, string message) =>
        Schemas.Problems($"{{type: object, properties: {{p: {parameter}}}}}").Should().Contain(message).And.StartWith("pattern.yaml:1: spec.parameters.properties.p");

    [Theory]
    [InlineData("{type: string}", "spec.parameters.type: must be object")]
    [InlineData("{type: object, additionalProperties: {type: string}}", "parameters are known by name")]
    [InlineData("{type: object, properties: [a]}", "spec.parameters.properties: must be a mapping, is a list")]
    [InlineData("{type: object, oneOf: []}", "spec.parameters.oneOf: must be a list of cases, is empty")]
    [InlineData("{type: object, properties: {1a: {type: string}}}", "must be a letter, then")]
    [InlineData("{type: object, properties: {a.b: {type: string}}}", "must be a letter, then")]
    [InlineData("{type: object, properties: {app: {type: string}}}", "give a meaning of their own")]
    [InlineData("{type: object, properties: {this: {type: string}}}", "give a meaning of their own")]
    [InlineData("{type: object, properties: {else: {type: string}}}", "give a meaning of their own")]
    public void Read_MistakeInTheWhole_IsTold(string schema, string message) => Schemas.Problems(schema).Should().Contain(message);

    [Fact]
    public void Read_MisspeltKeyword_IsOfferedOnlySupportedOnes() =>
        Schemas.Problems("{type: object, properties: {p: {type: string, propertys: {}}}}").Should().Contain("p.propertys: is not a field of this kind")
            .And.NotContain("allOf").And.NotContain("$ref").And.NotContain("oneOf");

    [Fact]
    public void Read_SeveralMistakes_AllAreTold() =>
        Schemas.Problems("{type: object, properties: {a: {type: x}, b: {type: string, format: y}, c: {typ: string}}}").Split('\n').Should().HaveCountGreaterThanOrEqualTo(4);

    [Fact]
    public void Read_NestedTooDeep_IsRefused()
    {
        var schema = string.Concat(Enumerable.Repeat("{type: array, items: ", 30)) + "{type: string}" + new string('}', 30);
        Schemas.Problems($"{{type: object, properties: {{p: {schema}}}}}").Should().Contain("nested deeper than 10");
    }

    [Theory]
    [InlineData("{type: string}", false)]
    [InlineData("{type: string, maxLength: 5}", false)]
    [InlineData("{type: string, pattern: 'a'}", false)]
    [InlineData("{type: string, pattern: '^a$'}", true)]
    [InlineData("{type: string, format: hostname}", true)]
    [InlineData("{type: string, enum: [a, b]}", true)]
    [InlineData("{type: integer}", true)]
    [InlineData("{type: boolean}", true)]
    [InlineData("{type: array, items: {type: string}}", false)]
    [InlineData("{type: array, items: {type: string, format: uri}}", true)]
    [InlineData("{type: object, properties: {a: {type: string}}}", false)]
    [InlineData("{type: object, properties: {a: {type: integer}}, additionalProperties: {type: string}}", false)]
    [InlineData("{type: object, properties: {a: {type: integer}}}", true)]
    public void IsBound_Schema_AsItsStringsAre(string parameter, bool expected) => Schemas.Of(parameter).IsBound.Should().Be(expected);

    [Theory]
    [InlineData("{type: integer, format: int32}", "an integer")]
    [InlineData("{type: integer, minimum: 1}", "an integer of at least 1")]
    [InlineData("{type: number, maximum: 0.5}", "a number of at most 0.5")]
    [InlineData("{type: integer, format: port}", "a port: an integer from 1 to 65535")]
    [InlineData("{type: boolean}", "true or false")]
    [InlineData("{type: string, pattern: '^a$', maxLength: 3}", "a string that matches ^a$ of at most 3 characters")]
    [InlineData("{type: string, enum: [a, b]}", "one of \"a\", \"b\"")]
    [InlineData("{type: array, maxItems: 2, items: {type: boolean}}", "a list of at most 2 elements, each true or false")]
    [InlineData("{type: object, required: [a], properties: {a: {type: string}, b: {type: string}}}", "an object {a, b?}")]
    [InlineData("{type: object, additionalProperties: {type: boolean}}", "an object whose members are each true or false")]
    public void Allowed_Schema_SaysItInWords(string parameter, string expected) => Schemas.Of(parameter).Allowed.Should().Be(expected);
}
