using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Outrigger.Core.Manifests;
using Outrigger.Core.Results;

namespace Outrigger.Core.Templating.Syntax;

/// <summary>Compiles a YAML tree into a <see cref="Template"/>.</summary>
internal sealed class TemplateReader
{
    /// <summary>Far deeper than any Kubernetes object, and shallow enough for every walk of the tree to be recursive.</summary>
    public const int MaxDepth = 100;

    private const string When = "$when";
    private const string Each = "$each";
    private const string Value = "$value";

    private static readonly string[] Directives = [When, Each, Value];

    private readonly List<Problem> _problems = [];
    private int _depth;

    private enum Place
    {
        Root,
        MappingValue,
        SequenceItem,
    }

    public static Result<Template> Read(SourceNode node, string subject)
    {
        var reader = new TemplateReader();
        var template = reader.Read(node, subject, Place.Root, 0);
        return Result.Of(() => template, reader._problems);
    }

    /// <param name="node">What to compile.</param>
    /// <param name="subject">Its field path.</param>
    /// <param name="place">Which directives it may carry.</param>
    /// <param name="frames">How many <c>$each</c> stand around it.</param>
    private Template Read(SourceNode node, string subject, Place place, int frames)
    {
        if (_depth == MaxDepth)
        {
            Fail(node.Location, subject, $"a template may be {MaxDepth} levels deep at most");
            return new ConstantTemplate(node.Location, null);
        }

        _depth++;
        Template template = node switch
        {
            SourceMapping mapping when mapping.Entries.Any(IsDirective) => ReadEntry(mapping, subject, place, frames),
            SourceMapping mapping => ReadMapping(mapping, mapping.Entries, subject, frames),
            SourceSequence sequence => ReadSequence(sequence, subject, frames),
            SourceScalar scalar => ReadScalar(scalar, subject, frames),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        _depth--;
        return template;
    }

    private Template ReadEntry(SourceMapping mapping, string subject, Place place, int frames)
    {
        ImmutableArray<SourceEntry> fields = [.. mapping.Entries.Where(entry => !IsDirective(entry))];
        CheckDirectives(mapping, fields, subject, place);
        var list = ReadDirective(mapping, Each, subject, frames);
        if (mapping[Each] is not null && place == Place.SequenceItem)
            frames++;
        var condition = ReadDirective(mapping, When, subject, frames);
        var body = mapping[Value] is { } value
            ? Read(value, Below(subject, Value), place == Place.Root ? Place.MappingValue : place, frames)
            : ReadMapping(mapping, fields, subject, frames);
        if (condition is not null)
            body = new WhenTemplate(mapping.Location, condition, body);
        return list is null ? body : new EachTemplate(mapping.Location, list, body);
    }

    private void CheckDirectives(SourceMapping mapping, ImmutableArray<SourceEntry> fields, string subject, Place place)
    {
        foreach (var (location, key, _) in mapping.Entries)
        {
            var message = key switch
            {
                When or Each when place == Place.Root => "stands on an entry of a mapping or sequence, and this is the whole template",
                Each when place == Place.MappingValue => "repeats the items of a sequence, and this is the value of a mapping's key",
                Value when mapping[When] is null && mapping[Each] is null => "stands beside $when or $each only",
                Value when fields.Length > 0 => $"is the whole entry: {fields[0].Key} cannot stand beside it",
                ['$', ..] when !Directives.Contains(key) =>
                    $"is not one of {string.Join(", ", Directives)}{Nearest.Hint(key, Directives)}",
                _ => null,
            };
            if (message is not null)
                Fail(location, Below(subject, key), message);
        }
    }

    private PathExpression? ReadDirective(SourceMapping mapping, string name, string subject, int frames)
    {
        if (mapping[name] is not { } node)
            return null;
        var problems = _problems.Count;
        var field = Below(subject, name);
        if (node is SourceScalar { Type: ScalarType.Text } scalar && ReadScalar(scalar, field, frames) is ValueTemplate value)
            return value.Path;
        var example = name == Each ? "{{list}}" : "{{flag}}";
        if (_problems.Count == problems)
            Fail(node.Location, field, $"takes exactly one expression, as in {name}: \"{example}\"");
        return null;
    }

    private Template ReadMapping(SourceMapping mapping, ImmutableArray<SourceEntry> fields, string subject, int frames)
    {
        var entries = ImmutableArray.CreateBuilder<TemplateEntry>(fields.Length);
        foreach (var (location, key, value) in fields)
        {
            if (key.Contains("{{", StringComparison.Ordinal))
                Fail(location, Below(subject, key), "a key holds no expressions; a whole mapping may be one {{expression}}");
            entries.Add(new TemplateEntry(location, key, Read(value, Below(subject, key), Place.MappingValue, frames)));
        }

        if (!entries.All(entry => entry.Value is ConstantTemplate))
            return new MappingTemplate(mapping.Location, entries.ToImmutable());
        var members = new JsonObject();
        foreach (var entry in entries)
            members[entry.Key] = ((ConstantTemplate)entry.Value).Value;
        return new ConstantTemplate(mapping.Location, members);
    }

    private Template ReadSequence(SourceSequence sequence, string subject, int frames)
    {
        var items = ImmutableArray.CreateBuilder<Template>(sequence.Items.Length);
        for (var i = 0; i < sequence.Items.Length; i++)
            items.Add(Read(sequence.Items[i], $"{subject}[{i}]", Place.SequenceItem, frames));
        return items.All(item => item is ConstantTemplate)
            ? new ConstantTemplate(sequence.Location, new JsonArray([.. items.Select(item => ((ConstantTemplate)item).Value)]))
            : new SequenceTemplate(sequence.Location, items.ToImmutable());
    }

    private Template ReadScalar(SourceScalar scalar, string subject, int frames)
    {
        if (scalar.Type != ScalarType.Text)
            return new ConstantTemplate(scalar.Location, scalar.ToJson());
        var text = TextTemplate.Parse(scalar.Text, scalar.TextLocation, subject, frames);
        _problems.AddRange(text.Problems);
        if (!text.TryGet(out var template))
            return new ConstantTemplate(scalar.Location, null);
        if (template.Segments is [TextSegment.Placeholder { Path: var path }] && scalar.Text[0] == '{' && scalar.Text[^1] == '}')
            return new ValueTemplate(scalar.Location, path);
        return template.Segments.All(segment => segment is TextSegment.Literal)
            ? new ConstantTemplate(scalar.Location, string.Concat(template.Segments.Select(segment => ((TextSegment.Literal)segment).Text)))
            : new TextScalarTemplate(scalar.Location, template);
    }

    private void Fail(SourceLocation location, string subject, string message) => _problems.Add(Problem.At(location, subject, message));

    private static bool IsDirective(SourceEntry entry) => entry.Key.StartsWith('$');

    private static string Below(string subject, string key)
    {
        var isPlain = key.Length > 0 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '$');
        var step = isPlain ? key : $"[{PathParser.Quote(key)}]";
        return subject.Length == 0 || !isPlain ? subject + step : $"{subject}.{step}";
    }
}
