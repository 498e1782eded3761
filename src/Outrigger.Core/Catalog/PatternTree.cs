using System.Text.Json;
using System.Text.Json.Nodes;
using Outrigger.Core.Templating;

namespace Outrigger.Core.Catalog;

/// <summary>Looks into the templates of a pattern as into the objects that they will become.</summary>
internal static class PatternTree
{
    /// <summary>A member by its path, or null where the template has none.</summary>
    public static Template? Member(Template? template, params ReadOnlySpan<string> path)
    {
        foreach (var key in path)
        {
            if (template is null)
                return null;
            var members = Members(Body(template));
            template = members.FirstOrDefault(member => member.Key == key).Value;
        }

        return template;
    }

    /// <summary>A member that is there whatever the values are, or null: what <c>$when</c> may drop does not count.</summary>
    public static Template? CertainMember(Template? template, params ReadOnlySpan<string> path)
    {
        foreach (var key in path)
        {
            template = Member(template, key);
            if (template is null or WhenTemplate)
                return null;
        }

        return template;
    }

    /// <summary>The entries of a list by its path, without their directives.</summary>
    public static IEnumerable<Template> Items(Template template, params ReadOnlySpan<string> path) =>
        Member(template, path) is { } list ? Items(Body(list)) : [];

    /// <summary>The entries of a list without their directives, each with the names that its expressions may use.</summary>
    public static IEnumerable<(Template Entry, KnownNames Names)> Entries(Template? list, KnownNames names) => list switch
    {
        null => [],
        SequenceTemplate sequence => sequence.Items.Select(item => Entry(item, names)),
        WhenTemplate conditional => Entries(conditional.Body, names),
        _ => Items(list).Select(item => (item, names)),
    };

    /// <summary>A scalar as its author wrote it: <c>8080</c>, or <c>{{port}}</c>; empty for anything else.</summary>
    public static string Source(Template? template) => template switch
    {
        ConstantTemplate { Value: JsonValue constant } => constant.GetValueKind() == JsonValueKind.String ? constant.GetValue<string>() : constant.ToJsonString(),
        ValueTemplate value => TemplateSource.Tag(value.Path),
        TextScalarTemplate text => TemplateSource.Of(text.Text),
        WhenTemplate conditional => Source(conditional.Body),
        _ => "",
    };

    /// <summary>The expressions of a scalar, conditions and lists in its text included.</summary>
    public static IEnumerable<PathExpression> Paths(Template? template) => template switch
    {
        ValueTemplate value => [value.Path],
        TextScalarTemplate text => Paths(text.Text),
        WhenTemplate conditional => Paths(conditional.Body),
        _ => [],
    };

    /// <summary>The expressions of a text, its conditions and lists included.</summary>
    public static IEnumerable<PathExpression> Paths(TextTemplate text) => text.Segments.SelectMany(segment => segment switch
    {
        TextSegment.Literal => [],
        TextSegment.Placeholder placeholder => [placeholder.Path],
        TextSegment.Conditional conditional => [conditional.Condition, .. Paths(conditional.Then), .. Paths(conditional.Else)],
        TextSegment.Repetition loop => (IEnumerable<PathExpression>)[loop.List, .. Paths(loop.Body), .. Paths(loop.Else)],
        _ => throw new System.Diagnostics.UnreachableException(),
    });

    /// <summary>The expressions of a whole tree, its directives included.</summary>
    public static IEnumerable<PathExpression> AllPaths(Template? template) => template switch
    {
        MappingTemplate mapping => mapping.Entries.SelectMany(entry => AllPaths(entry.Value)),
        SequenceTemplate sequence => sequence.Items.SelectMany(AllPaths),
        WhenTemplate conditional => AllPaths(conditional.Body).Prepend(conditional.Condition),
        EachTemplate each => AllPaths(each.Body).Prepend(each.List),
        _ => Paths(template),
    };

    /// <summary>Whether a member is the constant true or false.</summary>
    public static bool Is(Template? template, bool expected) =>
        template is ConstantTemplate { Value: JsonValue constant } && constant.GetValueKind() == (expected ? JsonValueKind.True : JsonValueKind.False);

    /// <summary>What stands behind a <c>$when</c>.</summary>
    public static Template Body(Template template) => template is WhenTemplate conditional ? Body(conditional.Body) : template;

    /// <summary>The entries of a list without their directives, loops included.</summary>
    public static IEnumerable<Template> Items(Template template) => template switch
    {
        SequenceTemplate sequence => sequence.Items.Select(Undirected),
        ConstantTemplate { Value: JsonArray list } => list.Select(item => new ConstantTemplate(template.Location, item)),
        _ => [],
    };

    /// <summary>The members of a mapping, constant or not.</summary>
    public static IEnumerable<(string Key, Template Value)> Members(Template template) => template switch
    {
        MappingTemplate mapping => mapping.Entries.Select(entry => (entry.Key, entry.Value)),
        ConstantTemplate { Value: JsonObject members } =>
            members.Select(member => (member.Key, (Template)new ConstantTemplate(template.Location, member.Value))),
        _ => [],
    };

    /// <summary>What stands behind the directives of a list's entry.</summary>
    public static Template Undirected(Template template) => template switch
    {
        WhenTemplate conditional => Undirected(conditional.Body),
        EachTemplate each => Undirected(each.Body),
        _ => template,
    };

    private static (Template Entry, KnownNames Names) Entry(Template item, KnownNames names) => item switch
    {
        WhenTemplate conditional => Entry(conditional.Body, names),
        EachTemplate each when names.TypeOf(each.List, out _)?.Items is { } element => Entry(each.Body, names.Loop(element, isNamed: true)),
        EachTemplate each => Entry(each.Body, names),
        _ => (item, names),
    };
}
