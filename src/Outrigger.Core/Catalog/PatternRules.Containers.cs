using System.Text.Json.Nodes;
using Outrigger.Core.Parameters;
using Outrigger.Core.Templating;

namespace Outrigger.Core.Catalog;

// What must hold of containers: of their commands, and of what Kubernetes writes into these.
internal sealed partial class PatternRules
{
    /// <summary>Containers whose command may name any of their variables.</summary>
    private readonly HashSet<string> _open = [];

    private void CheckContainers(Template? template, string path, KnownNames names)
    {
        CheckEntries(template, path, names, "name", "image");
        foreach (var (i, (container, inside)) in PatternTree.Entries(template, names).Index())
            CheckVariables(container, $"{path}[{i}]", inside);
    }

    /// <summary>Holds the variables that Kubernetes writes into a container's command to what holds of the command itself.</summary>
    private void CheckVariables(Template container, string path, KnownNames names)
    {
        var references = VariableReferences.In(container);
        var isOpen = _open.Contains(path);
        if ((references.IsEmpty && !isOpen) || PatternTree.Member(container, "env") is not { } variables)
            return;
        if (PatternTree.Body(variables) is ValueTemplate)
            Walk(variables, $"{path}.env", names, Place.Program);
        foreach (var (i, (variable, inside)) in PatternTree.Entries(PatternTree.Body(variables), names).Index())
        {
            var subject = $"{path}.env[{i}]";
            if (variable is ValueTemplate)
                Walk(variable, subject, inside, Place.Program);
            else if ((isOpen || references.Reach(VariableReferences.NameOf(variable))) && PatternTree.Member(variable, "value") is { } value)
                Walk(value, $"{subject}.value", inside, Place.Program);
            else if (isOpen || references.Reach(VariableReferences.NameOf(variable)))
                CheckSources(PatternTree.Member(variable, "valueFrom"), $"{subject}.valueFrom");
        }

        // A value that was reached may itself name others.
        if (isOpen != _open.Contains(path))
            CheckVariables(container, path, names);
    }

    private void CheckSources(Template? template, string path)
    {
        var found = new List<Results.Problem>();
        AnnotationSources.Check(template, path, found);
        found.ForEach(Report);
    }

    /// <summary>Notes that the container's command, its arguments or a variable in them may name any of its variables, by a parameter's value.</summary>
    private void NoteVariables(string subject)
    {
        var end = subject.IndexOf(']', StringComparison.Ordinal) + 1;
        if (InContainers(subject) && (string[])["command", "args", "env"] is var fields
            && (Array.Exists(fields, field => subject.AsSpan(end).StartsWith($".{field}", StringComparison.Ordinal))
                || subject.AsSpan(end).Contains("Probe.exec.command", StringComparison.Ordinal)))
            _open.Add(subject[..end]);
    }

    private void CheckConstant(ConstantTemplate template, JsonNode? value, string path)
    {
        foreach (var (key, member) in value as JsonObject ?? [])
        {
            if (key is not ("command" or "args"))
                CheckConstant(template, member, $"{path}.{key}");
            else if (!IsListOfTexts(member))
                Report(template, $"{path}.{key}", "must be a list of strings");
        }

        foreach (var (i, item) in (value as JsonArray ?? []).Index())
            CheckConstant(template, item, $"{path}[{i}]");
    }

    /// <summary>Whether a command can be one; what is wrong inside a list of expressions is told where it stands.</summary>
    private static bool IsListOfTexts(Template template, KnownNames names) => PatternTree.Body(template) switch
    {
        SequenceTemplate sequence => sequence.Items.All(item => PatternTree.Undirected(item) is not (MappingTemplate or SequenceTemplate)
            && (PatternTree.Undirected(item) is not ConstantTemplate constant || constant.Value is JsonValue)),
        ConstantTemplate constant => IsListOfTexts(constant.Value),
        ValueTemplate value => names.TypeOf(value.Path, out _) is null
            or { Type: SchemaType.Array, Items: null or { Type: not (SchemaType.Array or SchemaType.Object) } },
        _ => false,
    };

    private static bool IsListOfTexts(JsonNode? value) => value is JsonArray list && list.All(item => item is JsonValue);

    /// <summary>Whether a whole object could bring a command of its own: a probe, a lifecycle hook.</summary>
    private static bool HoldsProgram(ParameterSchema type) => type.Type switch
    {
        SchemaType.Array => HoldsProgram(type.Items!),
        SchemaType.Object => type.AdditionalProperties is not null || type.Properties.Any(member => member.Key is "command" or "args" || HoldsProgram(member.Value)),
        _ => false,
    };

    private static bool InContainers(string path) =>
        path.StartsWith("spec.containers[", StringComparison.Ordinal) || path.StartsWith("spec.initContainers[", StringComparison.Ordinal);
}
