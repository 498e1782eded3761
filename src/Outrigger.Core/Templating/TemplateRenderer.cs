using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Outrigger.Core.Templating;

/// <summary>
/// Renders templates. A value that holds braces is text like any other: what was rendered is never read again. What comes out shares
/// no node with the template or the scope.
/// </summary>
public static class TemplateRenderer
{
    /// <summary>The rendered tree; null is the JSON value <c>null</c>, or a root that renders to nothing.</summary>
    /// <exception cref="InvalidOperationException">
    /// A value has a type that its place cannot take, which a check of the tree is to find before.
    /// </exception>
    public static JsonNode? Render(Template template, Scope scope) => TryRender(template, scope, out var node) ? node : null;

    /// <summary>The rendered text.</summary>
    /// <exception cref="InvalidOperationException">A list or object is to become text, or something else is looped over.</exception>
    public static string Render(TextTemplate template, Scope scope)
    {
        if (template.Segments.IsEmpty)
            return "";
        if (template.Segments is [TextSegment.Literal literal])
            return literal.Text;
        // The library's interpolation buffer: it starts on the stack and grows in pooled arrays.
        var text = new DefaultInterpolatedStringHandler(0, 0, CultureInfo.InvariantCulture, stackalloc char[256]);
        try
        {
            Append(ref text, template, scope);
            return text.ToString();
        }
        finally
        {
            text.Clear();
        }
    }

    /// <summary>False where the entry is dropped.</summary>
    private static bool TryRender(Template template, Scope scope, out JsonNode? node)
    {
        switch (template)
        {
            case ConstantTemplate constant:
                node = constant.Copy();
                return true;
            case MappingTemplate mapping:
                node = RenderMapping(mapping, scope);
                return true;
            case SequenceTemplate sequence:
                var items = new JsonArray();
                foreach (var item in sequence.Items)
                    AddItems(items, item, scope);
                node = items;
                return true;
            case ValueTemplate value:
                // A copy even of a node without a parent: placed as it is, the next rendering would find it taken.
                node = scope.Resolve(value.Path)?.DeepClone();
                return node is not null;
            case TextScalarTemplate scalar:
                node = JsonValue.Create(Render(scalar.Text, scope));
                return true;
            case WhenTemplate conditional:
                node = null;
                return RenderedValue.IsTruthy(scope.Resolve(conditional.Condition)) && TryRender(conditional.Body, scope, out node);
            case EachTemplate each:
                throw new InvalidOperationException($"{each.Location}: $each stands outside of a sequence");
            default:
                throw new UnreachableException();
        }
    }

    private static JsonObject RenderMapping(MappingTemplate mapping, Scope scope)
    {
        var members = new JsonObject();
        foreach (var entry in mapping.Entries)
        {
            if (TryRender(entry.Value, scope, out var value))
                members.Add(entry.Key, value);
        }

        return members;
    }

    private static void AddItems(JsonArray items, Template template, Scope scope)
    {
        switch (template)
        {
            case EachTemplate each:
                if (ListOf(each.List, scope) is not { } list)
                    break;
                var frame = scope.Frame(list, isNamed: true);
                for (var i = 0; i < list.Count; i++)
                {
                    frame.MoveTo(i);
                    AddItems(items, each.Body, frame);
                }

                break;
            case WhenTemplate conditional:
                if (RenderedValue.IsTruthy(scope.Resolve(conditional.Condition)))
                    AddItems(items, conditional.Body, scope);
                break;
            default:
                if (TryRender(template, scope, out var item))
                    items.Add(item);
                break;
        }
    }

    private static void Append(ref DefaultInterpolatedStringHandler text, TextTemplate template, Scope scope)
    {
        foreach (var segment in template.Segments)
        {
            switch (segment)
            {
                case TextSegment.Literal literal:
                    text.AppendLiteral(literal.Text);
                    break;
                case TextSegment.Placeholder placeholder:
                    RenderedValue.Append(ref text, scope.Resolve(placeholder.Path), placeholder.Path);
                    break;
                case TextSegment.Conditional conditional:
                    var holds = RenderedValue.IsTruthy(scope.Resolve(conditional.Condition));
                    Append(ref text, holds ? conditional.Then : conditional.Else, scope);
                    break;
                case TextSegment.Repetition repetition:
                    AppendRepetition(ref text, repetition, scope);
                    break;
                default:
                    throw new UnreachableException();
            }
        }
    }

    private static void AppendRepetition(ref DefaultInterpolatedStringHandler text, TextSegment.Repetition repetition, Scope scope)
    {
        if (ListOf(repetition.List, scope) is not { Count: > 0 } list)
        {
            Append(ref text, repetition.Else, scope);
            return;
        }

        var frame = scope.Frame(list, isNamed: false);
        for (var i = 0; i < list.Count; i++)
        {
            frame.MoveTo(i);
            Append(ref text, repetition.Body, frame);
        }
    }

    private static JsonArray? ListOf(PathExpression path, Scope scope) => scope.Resolve(path) switch
    {
        null => null,
        JsonArray list => list,
        _ => throw new InvalidOperationException($"{path.Location}: {path.Text} is looped over, and is no list"),
    };
}
