using System.Collections.Immutable;
using Outrigger.Core.Results;
using Outrigger.Core.Templating.Syntax;

namespace Outrigger.Core.Templating;

/// <summary>Text with expressions, in the syntax of Handlebars without its helpers, partials and escaping.</summary>
public sealed record TextTemplate(SourceLocation Location, ImmutableArray<TextSegment> Segments)
{
    /// <summary>
    /// Compiles a text, or finds everything that is wrong in it. Whatever the text is, this does not throw, and what it makes nests no
    /// deeper than 64 blocks.
    /// </summary>
    /// <remarks>
    /// <c>{{path}}</c>, <c>{{{path}}}</c> (the same: nothing is ever escaped), <c>{{#if path}} {{else if path}} {{else}} {{/if}}</c>,
    /// <c>{{#each path}} {{else}} {{/each}}</c>, comments <c>{{! }}</c> and <c>{{!-- --}}</c>, <c>\{{</c> for two braces. <c>~</c>
    /// inside a tag's braces takes the whitespace on that side away; a block's tag or a comment alone on its line takes the line away.
    /// </remarks>
    /// <param name="text">The text.</param>
    /// <param name="location">Where its first character stands; problems name the line counted from there.</param>
    /// <param name="subject">The field that holds it.</param>
    public static Result<TextTemplate> Parse(string text, SourceLocation location, string subject) => Parse(text, location, subject, 0);

    /// <param name="text">The text.</param>
    /// <param name="location">Where its first character stands.</param>
    /// <param name="subject">The field that holds it.</param>
    /// <param name="depth">How many <c>$each</c> stand around it.</param>
    internal static Result<TextTemplate> Parse(string text, SourceLocation location, string subject, int depth)
    {
        // Most scalars of a pattern are plain.
        if (!text.Contains("{{", StringComparison.Ordinal))
            return Result.Ok(new TextTemplate(location, text.Length == 0 ? [] : [new TextSegment.Literal(text)]));
        var problems = new List<Problem>();
        var tokens = TextLexer.Read(text, location, subject, problems);
        var template = new TextParser(location, subject, depth, problems).Parse(tokens);
        return Result.Of(() => template, problems);
    }
}

/// <summary>A piece of a <see cref="TextTemplate"/>. The hierarchy is closed.</summary>
public abstract record TextSegment
{
    private TextSegment()
    {
    }

    /// <summary>Text as it is; never empty.</summary>
    public sealed record Literal(string Text) : TextSegment;

    /// <summary>
    /// <c>{{path}}</c>: a string, a number's or boolean's JSON text, nothing for an absent value; never a list or an object.
    /// </summary>
    public sealed record Placeholder(PathExpression Path) : TextSegment;

    /// <summary>
    /// <c>{{#if}}</c>. Without <c>{{else}}</c>, <paramref name="Else"/> is empty; an <c>{{else if}}</c> is a conditional in it.
    /// </summary>
    public sealed record Conditional(PathExpression Condition, TextTemplate Then, TextTemplate Else) : TextSegment;

    /// <summary>
    /// <c>{{#each}}</c>: the body once for each element, in a frame of its own (see <see cref="Scope"/>); <paramref name="Else"/>, in
    /// the frame around, where there is none.
    /// </summary>
    public sealed record Repetition(PathExpression List, TextTemplate Body, TextTemplate Else) : TextSegment;
}
