using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Outrigger.Core.Templating;

namespace Outrigger.Core.Tests.Templating;

public class TemplateProperties
{
    private static readonly string[] Fragments =
    [
        "{{", "}}", "{{{", "}}}", "{", "}", "{{~", "~}}", "{{#each list}}", "{{/each}}", "{{#if flag}}", "{{/if}}", "{{else}}",
        "{{else if flag}}", "#each", "#if", "/if", "else", "~", "\"", "'", "\\", "\n", "\r\n", " ", "\t", "!", "--", "{{!--", "--}}",
        "this", "this.", "../", "./", ".", "..", "@index", "@", "[", "]", "a", "list", "flag", "(", ")", "=", "|", ">", "&", "^", "*",
        "/", "ä", "\u2028", "\0", "😀", "5", "true", "-", "_", "$",
    ];

    private static readonly Gen<string> Words =
        Gen.Elements("a", "b", "x-y", "", "{{a}}", "{{#if a}}", "\\{{", "line\nbreak", "ä\"<&>😀");

    private static Gen<string> Syntax => Gen.Elements(Fragments).ListOf().Select(string.Concat);

    [Fact]
    public void Parse_AnyText_GivesAResultWithOneLineProblems() => Prop
        .ForAll(Syntax.ToArbitrary(), text =>
        {
            var result = TextTemplate.Parse(text, Source.Start, "s");
            return result.IsOk || result.Problems.All(problem =>
                problem.Message.Length > 0 && !problem.Message.Any(char.IsControl) && problem.Location!.Value.Line >= Source.Start.Line);
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));

    [Fact]
    public void Render_AnyTextThatParses_GivesText() => Prop
        .ForAll(Syntax.ToArbitrary(), text =>
        {
            if (!TextTemplate.Parse(text, Source.Start, "s").TryGet(out var template))
                return true;
            var scope = Source.Scope("""{"list":[],"flag":true,"a":"x"}""");
            try
            {
                return TemplateRenderer.Render(template, scope) is not null;
            }
            catch (InvalidOperationException)
            {
                // The list as text, or the flag looped over: what the static check is for.
                return text.Contains("list", StringComparison.Ordinal) || text.Contains("each", StringComparison.Ordinal);
            }
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));

    [Fact]
    public void Render_TextWithoutBraces_IsItself() => Prop
        .ForAll(Syntax.Where(text => !text.Contains("{{", StringComparison.Ordinal)).ToArbitrary(), text =>
            Source.RenderText(text, "{}") == text)
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Render_TreeWithoutExpressions_IsItself() => Prop
        .ForAll(Json(Gen.Elements("a", "b", "{", "}}", "ä\"<&>😀", "line\nbreak")).ToArbitrary(), json =>
            JsonNode.DeepEquals(Render(Template.Parse(Source.Node(json.Node), "s").Value, new Dictionary<string, JsonNode?>()), json.Node))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Render_ValuePlacedByItsName_IsTheValueWhateverItHolds() => Prop
        .ForAll(Json(Words).ToArbitrary(), json =>
        {
            var template = Source.Parse("""{"v":"{{v}}","in":[{"$each":"{{all}}","$value":"{{item}}"}]}""").Value;
            var rendered = Render(template, new() { ["v"] = json.Node, ["all"] = new JsonArray(json.Node?.DeepClone()) })!;
            return json.Node is null
                ? !rendered.AsObject().ContainsKey("v") && rendered["in"]!.AsArray().Count == 0
                : JsonNode.DeepEquals(rendered["v"], json.Node) && JsonNode.DeepEquals(rendered["in"]![0], json.Node);
        })
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Render_TextValue_IsNeverExpandedAgain() => Prop
        .ForAll(Syntax.ToArbitrary(), Syntax.ToArbitrary(), (value, other) =>
        {
            var text = TextTemplate.Parse("<{{v}}{{#if yes}}|{{v}}{{/if}}{{#each list}}|{{this}}{{v}}{{/each}}>", Source.Start, "s").Value;
            var list = new JsonArray(other, other);
            var values = new Dictionary<string, JsonNode?> { ["v"] = value, ["yes"] = true, ["a"] = "never", ["list"] = list };
            return TemplateRenderer.Render(text, new Scope(values)) == $"<{value}|{value}|{other}{value}|{other}{value}>";
        })
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Render_AnyTextWithItsBracesEscaped_IsTheText() => Prop
        .ForAll(Syntax.Where(text => !text.Contains('\\', StringComparison.Ordinal)).ToArbitrary(), text =>
            Source.RenderText(text.Replace("{{", "\\{{", StringComparison.Ordinal), "{}") == text)
        .QuickCheckThrowOnFailure();

    private static JsonNode? Render(Template template, Dictionary<string, JsonNode?> values) =>
        TemplateRenderer.Render(template, new Scope(values));

    private static Gen<Document> Json(Gen<string> texts) => Gen.Sized(size => Json(texts, Math.Min(size, 30)));

    private static Gen<Document> Json(Gen<string> texts, int size)
    {
        var scalars = Gen.OneOf(
            texts.Select(text => new Document(JsonValue.Create(text))),
            Gen.Choose(-1000, 100_000).Select(number => new Document(JsonValue.Create(number))),
            Gen.Elements("1.5", "-0.25", "2e3").Select(number => new Document(JsonNode.Parse(number))),
            Gen.Elements(true, false).Select(flag => new Document(JsonValue.Create(flag))),
            Gen.Constant(new Document(null)));
        if (size == 0)
            return scalars;
        var inner = Json(texts, size / 3);
        var arrays = inner.ListOf(3).Select(items => new Document(new JsonArray([.. items.Select(item => item.Node?.DeepClone())])));
        var objects = inner.ListOf(3).Select(items => new Document(new JsonObject(
            items.Select((item, i) => KeyValuePair.Create($"k{i}", item.Node?.DeepClone())))));
        return Gen.OneOf(scalars, arrays, objects);
    }

    // A wrapper, because JSON null is a null reference.
    private sealed record Document(JsonNode? Node)
    {
        public override string ToString() => Node?.ToJsonString() ?? "null";
    }
}
