using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Outrigger.Core.Parameters;
using Outrigger.Core.Results;
using Outrigger.Core.Templating;

namespace Outrigger.Core.Catalog;

/// <summary>
/// What must hold of a pattern before any Pod sees it, read off its syntax trees: every name is known, every value fits its place, and no
/// string of a Pod's author reaches a file or a command unless its schema binds it.
/// </summary>
internal sealed partial class PatternRules
{
    private readonly ICollection<Problem> _problems;
    private readonly HashSet<string> _used = [];

    private PatternRules(ICollection<Problem> problems) => _problems = problems;

    /// <summary>Adds all problems of a pattern, and finds the names that it uses: <c>port</c>, <c>app.image</c>, <c>pod.labels</c>.</summary>
    public static ImmutableHashSet<string> Check(Pattern pattern, ICollection<Problem> problems)
    {
        var rules = new PatternRules(problems);
        foreach (var (name, parameter) in pattern.Parameters.Properties)
        {
            if (parameter.Default is { } preset and not ConstantTemplate)
                rules.CheckDefault(preset, parameter, $"spec.parameters.properties.{name}.default");
        }

        var names = KnownNames.In(pattern);
        foreach (var file in pattern.Templates.Files)
            rules.Walk(file.Content, $"spec.files.{file.Name}", names, Place.Program);
        rules.CheckContainers(pattern.Templates.Containers, "spec.containers", names);
        rules.CheckContainers(pattern.Templates.InitContainers, "spec.initContainers", names);
        rules.CheckEntries(pattern.Templates.Volumes, "spec.volumes", names, "name");
        AnnotationSources.Check(pattern.Templates.Volumes, "spec.volumes", problems);
        rules.CheckEntries(pattern.Templates.ApplicationEnv, "spec.application.env", names, "name");
        rules.CheckEntries(pattern.Templates.ApplicationEnvFrom, "spec.application.envFrom", names);
        rules.CheckEntries(pattern.Templates.ApplicationMounts, "spec.application.volumeMounts", names, "name", "mountPath");
        rules.CheckTexts(pattern.Templates.Labels, "spec.labels", names);
        rules.CheckTexts(pattern.Templates.Annotations, "spec.annotations", names);
        return [.. rules._used];
    }

    /// <summary>Where a value goes.</summary>
    private enum Place
    {
        /// <summary>A field of a Kubernetes object.</summary>
        Value,

        /// <summary>Something that a program reads: a file, a command, an argument.</summary>
        Program,
    }

    /// <summary>Holds a default with expressions to its parameter's type; its value is held to the rest of the schema when a Pod says it.</summary>
    private void CheckDefault(Template preset, ParameterSchema parameter, string path)
    {
        Walk(preset, path, KnownNames.InDefaults, Place.Value);
        var type = preset switch
        {
            TextScalarTemplate => SchemaType.String,
            MappingTemplate => SchemaType.Object,
            SequenceTemplate => SchemaType.Array,
            ValueTemplate value => KnownNames.InDefaults.TypeOf(value.Path, out _)?.Type,
            _ => null,
        };
        if (type is { } actual && actual != parameter.Type && (actual, parameter.Type) != (SchemaType.Integer, SchemaType.Number))
            Report(preset, path, $"is of type {actual.Name()}; it must be {parameter.Allowed}");
    }

    private void CheckEntries(Template? template, string path, KnownNames names, params ReadOnlySpan<string> required)
    {
        if (template is null)
            return;
        Walk(template, path, names, Place.Value);
        foreach (var item in PatternTree.Items(template))
        {
            if (item is not (MappingTemplate or ConstantTemplate { Value: JsonObject }))
            {
                Report(item, path, "must hold mappings only");
                continue;
            }

            foreach (var key in required)
            {
                if (!Has(item, key))
                    Report(item, path, $"has an entry without {key}");
            }
        }
    }

    private void CheckTexts(Template? template, string path, KnownNames names)
    {
        if (template is null)
            return;
        Walk(template, path, names, Place.Value);
        foreach (var (key, value) in PatternTree.Members(template))
        {
            if ((path == "spec.labels" ? ReservedKeys.MistakeOfLabel(key) : ReservedKeys.MistakeOfAnnotation(key)) is { } mistake)
                Report(value, $"{path}.{key}", mistake);
            var isText = PatternTree.Body(value) switch
            {
                TextScalarTemplate => true,
                ValueTemplate scalar => names.TypeOf(scalar.Path, out _)?.Type is not (SchemaType.Array or SchemaType.Object),
                ConstantTemplate { Value: JsonValue constant } => constant.GetValueKind() == JsonValueKind.String,
                _ => false,
            };
            if (!isText)
                Report(value, $"{path}.{key}", "must be a string: quote it");
        }
    }

    private void Walk(Template template, string path, KnownNames names, Place place)
    {
        switch (template)
        {
            case ConstantTemplate constant:
                if (InContainers(path))
                    CheckConstant(constant, constant.Value, path);
                break;
            case MappingTemplate mapping:
                foreach (var entry in mapping.Entries)
                {
                    var isProgram = entry.Key is "command" or "args" && InContainers(path);
                    Walk(entry.Value, $"{path}.{entry.Key}", names, isProgram ? Place.Program : place);
                    if (isProgram && !IsListOfTexts(entry.Value, names))
                        Report(entry.Value, $"{path}.{entry.Key}", "must be a list of strings");
                }

                break;
            case SequenceTemplate sequence:
                for (var i = 0; i < sequence.Items.Length; i++)
                {
                    Walk(sequence.Items[i], $"{path}[{i}]", names, place);
                    if (place == Place.Program && PatternTree.Undirected(sequence.Items[i]) is ValueTemplate { Path: var entry }
                        && names.TypeOf(entry, out _) is { Type: SchemaType.Array or SchemaType.Object } composite)
                        Report(entry, $"{path}[{i}]", $"{Shown.Quoted(entry.Text)} is {composite.Allowed}, and each entry here is a string; repeat the entry by $each and $value");
                }

                break;
            case ValueTemplate value:
                if (Resolve(value.Path, path, names) is { } type && (place == Place.Program || (InContainers(path) && HoldsProgram(type))))
                    RequireBound(value.Path, type, path);
                break;
            case TextScalarTemplate text:
                Walk(text.Text, path, names, place);
                break;
            case WhenTemplate conditional:
                _ = Resolve(conditional.Condition, path, names);
                Walk(conditional.Body, path, names, place);
                break;
            case EachTemplate each:
                if (List(each.List, path, names) is { } item)
                    Walk(each.Body, path, names.Loop(item, isNamed: true), place);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private void Walk(TextTemplate text, string path, KnownNames names, Place place)
    {
        foreach (var segment in text.Segments)
        {
            switch (segment)
            {
                case TextSegment.Literal:
                    break;
                case TextSegment.Placeholder placeholder:
                    if (Resolve(placeholder.Path, path, names) is not { } type)
                        break;
                    if (type.Type is SchemaType.Array or SchemaType.Object)
                        Report(placeholder.Path, path, $"{Shown.Quoted(placeholder.Path.Text)} is {type.Allowed}, which a text cannot hold; use {{{{#each}}}} or a member");
                    else if (place == Place.Program)
                        RequireBound(placeholder.Path, type, path);
                    break;
                case TextSegment.Conditional conditional:
                    _ = Resolve(conditional.Condition, path, names);
                    Walk(conditional.Then, path, names, place);
                    Walk(conditional.Else, path, names, place);
                    break;
                case TextSegment.Repetition loop:
                    if (List(loop.List, path, names) is { } item)
                        Walk(loop.Body, path, names.Loop(item, isNamed: false), place);
                    Walk(loop.Else, path, names, place);
                    break;
                default:
                    throw new System.Diagnostics.UnreachableException();
            }
        }
    }

    private ParameterSchema? Resolve(PathExpression path, string subject, KnownNames names)
    {
        var type = names.TypeOf(path, out var mistake);
        if (mistake is not null)
            Report(path, subject, mistake);
        else
            _used.Add(names.RootName(path));
        return type;
    }

    private ParameterSchema? List(PathExpression path, string subject, KnownNames names)
    {
        var type = Resolve(path, subject, names);
        if (type is null or { Type: SchemaType.Array })
            return type?.Items;
        Report(path, subject, $"{Shown.Quoted(path.Text)} is {type.Allowed}, not a list to loop over");
        return null;
    }

    private void RequireBound(PathExpression path, ParameterSchema type, string subject)
    {
        if (type.MayNameVariable)
            NoteVariables(subject);
        if (!type.IsBound)
        {
            Report(path, subject, $"{Shown.Quoted(path.Text)} is a free string, with which a Pod's author could write configuration of their own; "
                + "bind it by a format, an enum, or a pattern that is anchored (^...$) and allows no line break");
        }
    }

    private void Report(PathExpression path, string subject, string message) => Report(Problem.At(path.Location, subject, message));

    private void Report(Template template, string subject, string message) => Report(Problem.At(template.Location, subject, message));

    // What is looked at from two sides is told once.
    private void Report(Problem problem)
    {
        if (!_problems.Contains(problem))
            _problems.Add(problem);
    }

    private static bool Has(Template template, string key) => PatternTree.Members(template).Any(member => member.Key == key);
}
