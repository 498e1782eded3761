using Outrigger.Core.Templating;

namespace Outrigger.Core.Tests.Templating;

public class TextProblemTests
{
    [Theory]
    [InlineData("{{}}", "the braces are empty")]
    [InlineData("{{ ~}}", "the braces are empty")]
    [InlineData("{{{ }}}", "the braces are empty")]
    [InlineData("a {{port", "{{ is not closed by }}")]
    [InlineData("a {{port} b", "{{ is not closed by }}")]
    [InlineData("a {{port {{name}}", "{{ is not closed by }}")]
    [InlineData("{{{port}}", "{{{ is not closed by }}}")]
    [InlineData("{{! a", "a comment is not closed")]
    [InlineData("{{!-- a }}", "a comment is not closed")]
    [InlineData("{{{{raw}}}}", "raw block")]
    [InlineData("{{upper name}}", "calls a helper or has parameters")]
    [InlineData("{{name key=value}}", "calls a helper or has parameters")]
    [InlineData("{{lookup (a)}}", "subexpression")]
    [InlineData("{{> part}}", "is a partial")]
    [InlineData("{{\"text\"}}", "is a literal")]
    [InlineData("{{5}}", "is a literal")]
    [InlineData("{{true}}", "is a literal")]
    [InlineData("{{null}}", "is a literal")]
    [InlineData("{{&name}}", "starts with &, which has no meaning here")]
    [InlineData("{{^name}}", "starts with ^")]
    [InlineData("{{*name}}", "starts with *")]
    [InlineData("{{a..b}}", "is not a path")]
    [InlineData("{{a.}}", "is not a path")]
    [InlineData("{{.a}}", "is not a path")]
    [InlineData("{{a/b}}", "is not a path")]
    [InlineData("{{a.this}}", "is not a path")]
    [InlineData("{{a.[]}}", "is not a path")]
    [InlineData("{{a.[b}}", "is not a path")]
    [InlineData("{{a[b]}}", "is not a path")]
    [InlineData("{{a.@index}}", "is not a path")]
    [InlineData("{{ä!}}", "is not a path")]
    [InlineData("{{#each a}}{{@indx}}{{/each}}", "did you mean \"@index\"?")]
    [InlineData("{{#each a}}{{@key}}{{/each}}", "\"@key\" is none of @index, @first, @last")]
    [InlineData("{{this}}", "there is none around it")]
    [InlineData("{{this.a}}", "there is none around it")]
    [InlineData("{{@index}}", "there is none around it")]
    [InlineData("{{../a}}", "steps too far out")]
    [InlineData("{{#each a}}{{../../b}}{{/each}}", "steps too far out")]
    [InlineData("{{#each a}}{{..}}{{/each}}", "steps too far out")]
    [InlineData("{{#each this}}{{/each}}", "there is none around it")]
    [InlineData("{{#each a}}{{else}}{{this}}{{/each}}", "there is none around it")]
    [InlineData("{{#if}}{{/if}}", "{{#if}} needs a path")]
    [InlineData("{{#each}}{{/each}}", "{{#each}} needs a path")]
    [InlineData("{{#each list as |x|}}{{/each}}", "calls a helper or has parameters")]
    [InlineData("{{#unless a}}{{/unless}}", "{{#unless a}} is not allowed: the blocks are {{#if path}} and {{#each path}}")]
    [InlineData("{{#with a}}{{/with}}", "{{#with a}} is not allowed")]
    [InlineData("{{#eech a}}{{/eech}}", "did you mean \"each\"?")]
    [InlineData("{{#>layout}}{{/layout}}", "{{#>layout}} is not allowed")]
    [InlineData("{{#> layout a}}{{/layout}}", "{{#> layout a}} is not allowed")]
    [InlineData("{{#*if a}}{{/if}}", "{{#*if a}} is not allowed")]
    [InlineData("{{#}}", "{{#}} is not allowed")]
    [InlineData("{{else}}", "{{else}} stands in no block")]
    [InlineData("{{#if a}}{{else}}{{else}}{{/if}}", "a second {{else}} in {{#if a}} of line 10")]
    [InlineData("{{#if a}}{{else}}{{else if b}}{{/if}}", "a second {{else}}")]
    [InlineData("{{#if a}}{{else each b}}{{/if}}", "{{else each b}} is not allowed")]
    [InlineData("{{/if}}", "{{/if}} closes nothing")]
    [InlineData("{{#if a}}{{/each}}{{/if}}", "{{/each}} closes nothing: the open block is {{#if a}} of line 10")]
    [InlineData("{{#if a}}", "{{#if a}} of line 10 is not closed by {{/if}}")]
    [InlineData("{{#if a}}x{{else if b}}y", "{{#if a}} of line 10 is not closed by {{/if}}")]
    [InlineData("{{#each a}}{{#if b}}{{/each}}", "{{#if b}} of line 10 is not closed by {{/if}}")]
    public void Parse_Mistake_IsOneProblemThatSaysWhatIsAllowed(string text, string message)
    {
        var problems = TextTemplate.Parse(text, Source.Start, "spec.files").Problems;

        problems.Should().ContainSingle().Which.Message.Should().Contain(message).And.NotContainAny("\n", "\r");
        problems[0].Subject.Should().Be("spec.files");
    }

    [Fact]
    public void Parse_MistakesOnSeveralLines_FindsAllWithTheirPlaces() =>
        TextTemplate.Parse("a {{}}\nb\n  {{5}}\r\n{{#if x}}\n{{#each", Source.Start, "s").Problems
            .Select(problem => (problem.Location!.Value.Line, problem.Location!.Value.Column))
            .Should().BeEquivalentTo([(10, 7), (12, 3), (14, 1), (13, 1)]);

    [Fact]
    public void Parse_LongOrBrokenPath_IsQuotedShortAndOnOneLine() =>
        TextTemplate.Parse("{{a\n" + new string('b', 500) + "}}", Source.Start, "s").Problems.Single().Message
            .Should().StartWith("\"a bbb").And.NotContain("\n").And.NotContain(new string('b', 60));

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    [InlineData(100_000, false)]
    public void Parse_DeepNesting_IsAProblemAndNoStackOverflow(int depth, bool isOk)
    {
        var nested = string.Concat(Enumerable.Repeat("{{#if a}}", depth)) + string.Concat(Enumerable.Repeat("{{/if}}", depth));

        var result = TextTemplate.Parse(nested, Source.Start, "s");

        result.IsOk.Should().Be(isOk);
        result.Problems.Select(problem => problem.Message).Distinct().Should().Equal(isOk ? [] : ["blocks may stand 64 deep at most"]);
    }
}
