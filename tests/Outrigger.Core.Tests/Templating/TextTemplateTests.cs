namespace Outrigger.Core.Tests.Templating;

public class TextTemplateTests
{
    private const string Values = """
        {"name":"web","port":8443,"ratio":1.50,"on":true,"off":false,"none":null,"empty":"","zero":0,"zeroPointZero":0.0e5,"tiny":1e-400,
         "list":["a","b"],"nothing":[],"object":{},"pod":{"labels":{"app.kubernetes.io/name":"shop"}},
         "hosts":[{"host":"h1","port":1,"tags":["x","y"]},{"host":"h2","tags":[]}],"braces":"{{port}}","html":"<a href=\"x\">&</a>"}
        """;

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData("{{port}}", "8443")]
    [InlineData("{{ port }}/{{\tname\n}}", "8443/web")]
    [InlineData("{{{name}}} {{{ name }}}", "web web")]
    [InlineData("{{html}}{{{html}}}", "<a href=\"x\">&</a><a href=\"x\">&</a>")]
    [InlineData("{{on}} {{off}} {{ratio}}", "true false 1.50")]
    [InlineData("[{{none}}{{absent}}{{absent.deep}}{{name.deep}}]", "[]")]
    [InlineData("{{pod.labels.[app.kubernetes.io/name]}}", "shop")]
    [InlineData("{{[pod].[labels].[app.kubernetes.io/name]}}", "shop")]
    [InlineData("{\"port\":{{port}}}", "{\"port\":8443}")]
    [InlineData("a } }} b", "a } }} b")]
    [InlineData("{ {", "{ {")]
    public void Render_Placeholder_WritesTheValueUnescaped(string text, string expected) =>
        Source.RenderText(text, Values).Should().Be(expected);

    [Theory]
    [InlineData(@"\{{port}}", "{{port}}")]
    [InlineData(@"\{{port}} {{port}}", "{{port}} 8443")]
    [InlineData(@"\{{{port}}}", "{{{port}}}")]
    [InlineData(@"\\{{port}}", @"\8443")]
    [InlineData(@"\\\{{port}}", @"\\8443")]
    [InlineData(@"\n \\ {{port}}", @"\n \\ 8443")]
    public void Render_BackslashBeforeBraces_WritesThemAsHandlebarsDoes(string text, string expected) =>
        Source.RenderText(text, Values).Should().Be(expected);

    [Theory]
    [InlineData("on", true)]
    [InlineData("port", true)]
    [InlineData("name", true)]
    [InlineData("list", true)]
    [InlineData("pod", true)]
    [InlineData("tiny", true)]
    [InlineData("off", false)]
    [InlineData("none", false)]
    [InlineData("absent", false)]
    [InlineData("empty", false)]
    [InlineData("zero", false)]
    [InlineData("zeroPointZero", false)]
    [InlineData("nothing", false)]
    [InlineData("object", false)]
    public void Render_If_IsFalseForAbsentAndEmptyValuesAlone(string path, bool expected)
    {
        Source.RenderText($"{{{{#if {path}}}}}yes{{{{else}}}}no{{{{/if}}}}", Values).Should().Be(expected ? "yes" : "no");
        Source.Render($$$"""{"a":{"$when":"{{{{{path}}}}}","$value":1}}""", Values).Should().Be(expected ? """{"a":1}""" : "{}");
    }

    [Theory]
    [InlineData("{{#if off}}a{{else if zero}}b{{else if on}}c{{else}}d{{/if}}", "c")]
    [InlineData("{{#if off}}a{{else if zero}}b{{else}}d{{/if}}", "d")]
    [InlineData("{{#if off}}a{{else if on}}{{#if on}}x{{else}}y{{/if}}{{/if}}", "x")]
    [InlineData("{{#if off}}a{{/if}}", "")]
    [InlineData("{{#each nothing}}a{{else if on}}b{{/each}}", "b")]
    public void Render_ElseIf_TakesTheFirstThatHolds(string text, string expected) => Source.RenderText(text, Values).Should().Be(expected);

    [Theory]
    [InlineData("{{#each list}}{{@index}}{{this}}{{#if @first}}!{{/if}}{{#if @last}}.{{/if}} {{/each}}", "0a! 1b. ")]
    [InlineData("{{#each list}}{{.}}{{/each}}", "ab")]
    [InlineData("{{#each nothing}}x{{else}}none{{/each}}", "none")]
    [InlineData("{{#each absent}}x{{else}}none{{/each}}", "none")]
    [InlineData("{{#each hosts}}{{host}}={{this.host}}={{./host}} {{/each}}", "h1=h1=h1 h2=h2=h2 ")]
    [InlineData("{{#each hosts}}{{this.port}}/{{../port}} {{/each}}", "1/8443 /8443 ")]
    [InlineData("{{#each hosts}}{{port}} {{/each}}", "1 8443 ")]
    [InlineData("{{#each hosts}}{{#each tags}}{{host}}{{../host}}{{../../name}}{{@../index}}{{@index}}{{this}} {{/each}}{{/each}}",
        "h1h1web00x h1h1web01y ")]
    [InlineData("{{#each hosts}}{{#if tags}}{{../name}}{{/if}}{{/each}}", "web")]
    [InlineData("{{#each hosts}}{{#each tags}}x{{else}}{{@index}}{{host}}{{/each}}{{/each}}", "xx1h2")]
    [InlineData("{{#each list}}{{#each ../hosts}}{{..}}{{host}} {{/each}}{{/each}}", "ah1 ah2 bh1 bh2 ")]
    public void Render_Each_LooksNamesUpFromTheElementOutward(string text, string expected) =>
        Source.RenderText(text, Values).Should().Be(expected);

    [Theory]
    [InlineData("a {{~name~}} b", "awebb")]
    [InlineData("a\n {{~ name }} b", "aweb b")]
    [InlineData("a {{{name}~}}  b", "a webb")]
    [InlineData("a {{~{name}~}} b", "awebb")]
    [InlineData("{{#if on ~}} \n x \n {{~/if}} .", "x .")]
    [InlineData("a {{~#if off}} x {{else ~}} y {{/if~}} b", "ay b")]
    [InlineData("a {{~! note ~}} b", "ab")]
    [InlineData("a {{~!-- }} --~}} b", "ab")]
    public void Render_Tilde_TakesWhitespaceAway(string text, string expected) => Source.RenderText(text, Values).Should().Be(expected);

    [Theory]
    [InlineData("a\n  {{#if on}}  \n  x\n  {{/if}}\nb\n", "a\n  x\nb\n")]
    [InlineData("{{#if off}}\nx\n{{else}}\ny\n{{/if}}", "y\n")]
    [InlineData("{{#if off}}\nx\n{{else if on}}\ny\n{{/if}}\n", "y\n")]
    [InlineData("{{#each list}}\n- {{this}}\n{{/each}}\nend", "- a\n- b\nend")]
    [InlineData("{{#each list}}\r\n- {{this}}\r\n{{/each}}\r\nend", "- a\r\n- b\r\nend")]
    [InlineData("a\n {{! note }} \nb", "a\nb")]
    [InlineData("a\n{{!-- two\nlines --}}\nb", "a\nb")]
    [InlineData("a {{! note }}\nb", "a \nb")]
    [InlineData("a\n{{name}}\nb", "a\nweb\nb")]
    [InlineData("{{#if on}}x{{/if}}\ny", "x\ny")]
    [InlineData("a\n{{#if on}}{{#if on}}\nx\n{{/if}}{{/if}}\nb", "a\n\nx\n\nb")]
    [InlineData("{{#if on}}\n{{#if on}}\nx\n{{/if}}\n{{/if}}\n", "x\n")]
    [InlineData("\n\n{{#if on}}\n\nx\n\n{{/if}}\n\n", "\n\n\nx\n\n\n")]
    public void Render_TagAloneOnItsLine_TakesTheLineAway(string text, string expected) =>
        Source.RenderText(text, Values).Should().Be(expected);

    [Theory]
    [InlineData("{{! a comment with {{ and } in it }}x", "x")]
    [InlineData("{{!-- {{port}} }} --}}x", "x")]
    [InlineData("{{!--}}x", "x")]
    [InlineData("{{!}}x", "x")]
    public void Render_Comment_WritesNothing(string text, string expected) => Source.RenderText(text, Values).Should().Be(expected);

    [Fact]
    public void Render_ValueThatHoldsBraces_IsNotExpandedAgain() => Source.RenderText("{{braces}} {{#if on}}{{braces}}{{/if}}", Values)
        .Should().Be("{{port}} {{port}}");

    [Theory]
    [InlineData("{{list}}")]
    [InlineData("{{pod}}")]
    [InlineData("{{#each name}}{{/each}}")]
    [InlineData("{{#each pod}}{{/each}}")]
    public void Render_TypeThatTheStaticCheckForbids_Throws(string text) =>
        FluentActions.Invoking(() => Source.RenderText(text, Values))
            .Should().Throw<InvalidOperationException>().WithMessage("pattern.yaml:10: *");
}
