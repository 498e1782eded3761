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
            var members = PatternRules.Members(Body(template));
            template = members.FirstOrDefault(member => member.Key == key).Value;
        }

        return template;
    }

    /// <summary>The entries of a list by its path, without their directives.</summary>
    public static IEnumerable<Template> Items(Template template, params ReadOnlySpan<string> path) =>
        Member(template, path) is { } list ? PatternRules.Items(Body(list)) : [];

    /// <summary>A scalar as its author wrote it: <c>8080</c>, or <c>{{port}}</c>; empty for anything else.</summary>
    public static string Source(Template? template) => template switch
    {
        ConstantTemplate { Value: JsonValue constant } => constant.GetValueKind() == JsonValueKind.String ? constant.GetValue<string>() : constant.ToJsonString(),
        ValueTemplate value => $"{{{{{value.Path.Text}}}}}",
        TextScalarTemplate text => string.Concat(text.Text.Segments.Select(segment => segment switch
        {
            TextSegment.Literal literal => literal.Text,
            TextSegment.Placeholder placeholder => $"{{{{{placeholder.Path.Text}}}}}",
            _ => "",
        })),
        WhenTemplate conditional => Source(conditional.Body),
        _ => "",
    };

    /// <summary>Whether a member is the constant true or false.</summary>
    public static bool Is(Template? template, bool expected) =>
        template is ConstantTemplate { Value: JsonValue constant } && constant.GetValueKind() == (expected ? JsonValueKind.True : JsonValueKind.False);

    private static Template Body(Template template) => template is WhenTemplate conditional ? Body(conditional.Body) : template;
}
