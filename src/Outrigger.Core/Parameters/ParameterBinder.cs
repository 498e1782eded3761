using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Outrigger.Core.Results;
using Outrigger.Core.Templating;

namespace Outrigger.Core.Parameters;

/// <summary>
/// Gives each parameter its value by the one rule of precedence: the first layer that has one, else the schema's default.
/// </summary>
public sealed class ParameterBinder
{
    private static readonly Origin Default = new Origin.PatternDefault();

    private readonly ParameterSchema _schema;
    private readonly ImmutableArray<ParameterLayer> _layers;
    private readonly List<Problem> _podMistakes = [];
    private readonly List<Problem> _missing = [];
    private readonly List<Problem> _authorMistakes = [];
    private readonly List<Problem> _unfixed = [];
    private readonly HashSet<string> _wrong = [];

    private ParameterBinder(ParameterSchema schema, ImmutableArray<ParameterLayer> layers) => (_schema, _layers) = (schema, layers);

    /// <summary>Binds all parameters of a schema.</summary>
    /// <param name="schema">The pattern's parameters: a schema of type object.</param>
    /// <param name="layers">Where values come from, strongest first.</param>
    /// <param name="scope">What defaults may refer to: <c>pod</c>, <c>app</c> and <c>instance</c>.</param>
    /// <param name="title">How messages name the pattern: <c>https@1.0.0</c>.</param>
    /// <param name="keyOf">The annotation that sets a parameter of this use, for messages.</param>
    public static BoundParameters Bind(
        ParameterSchema schema, ImmutableArray<ParameterLayer> layers, Scope scope, string title, Func<string, string> keyOf)
    {
        var binder = new ParameterBinder(schema, layers);
        binder.RefuseUnknownNames(title);
        var values = ImmutableArray.CreateBuilder<ParameterValue>(schema.Properties.Length);
        foreach (var (name, parameter) in schema.Properties)
            values.Add(binder.FromLayers(name, parameter) ?? binder.FromDefault(name, parameter, scope, title, keyOf));
        binder.CheckRules(values, title, keyOf);
        return new()
        {
            Values = values.MoveToImmutable(),
            PodMistakes = [.. binder._podMistakes],
            Missing = [.. binder._missing],
            AuthorMistakes = [.. binder._authorMistakes],
            Unfixed = [.. binder._unfixed],
        };
    }

    /// <summary>A broken rule is the Pod's mistake where one of its annotations has a part in it, else of whoever asked for the use.</summary>
    private void CheckRules(IEnumerable<ParameterValue> values, string title, Func<string, string> keyOf)
    {
        if (_schema.Rules.IsEmpty)
            return;
        var check = new RuleCheck(values.ToDictionary(value => value.Name), title, keyOf);
        foreach (var (problem, isByPod) in check.Broken(_schema.Rules, _wrong))
            (isByPod ? _podMistakes : _missing).Add(problem);
    }

    private void RefuseUnknownNames(string title)
    {
        foreach (var layer in _layers)
        {
            switch (layer)
            {
                case ParameterLayer.Annotations annotations:
                    foreach (var (name, (key, _)) in annotations.Values)
                    {
                        if (_schema[name] is null)
                            _podMistakes.Add(_podMistakes.Count < Problem.MostTold ? Problem.Of(key, Unknown(name, title, forPods: true)) : Problem.Counted(key));
                    }

                    break;
                case ParameterLayer.Bound bound:
                    foreach (var name in bound.Values.Keys.Where(name => _schema[name] is null))
                        MistakesOf(bound).Add(Problem.Of(bound.Origin.ToString()!, Unknown(name, title, forPods: false)));
                    break;
            }
        }
    }

    private string Unknown(string name, string title, bool forPods)
    {
        var names = _schema.Properties.Where(property => !forPods || !property.Value.IsSetByOperator).Select(property => property.Key).ToList();
        return $"pattern {title} has no parameter {Shown.Quoted(name)}{Nearest.Hint(name, names)}; allowed are {Shown.List(names)}";
    }

    /// <summary>
    /// The value of the strongest layer that has one. A mistake in a Pod's annotation stops there; one of somebody else gives way to the next layer.
    /// </summary>
    private ParameterValue? FromLayers(string name, ParameterSchema parameter)
    {
        ParameterValue? found = null;
        foreach (var layer in _layers)
        {
            switch (layer)
            {
                case ParameterLayer.Annotations annotations when annotations.Values.TryGetValue(name, out var annotation):
                    if (parameter.IsSetByOperator)
                        _podMistakes.Add(Problem.Of(annotation.Key,
                            $"{name} is set by the operators of this installation (x-set-by: operator), a Pod may not"));
                    else
                        found = Read(name, annotation.Text, parameter, new Origin.Annotation(annotation.Key), annotation.Key, _podMistakes)
                            ?? Wrong(name);
                    break;
                case ParameterLayer.Bound bound when bound.Values.TryGetValue(name, out var value):
                    found = FromBinding(name, value, parameter, bound, found);
                    break;
                case ParameterLayer.Installation installation when found is null && installation.Values.TryGetValue(name, out var text):
                    found = Read(name, text, parameter, new Origin.InstallationDefault(), "--default", _authorMistakes);
                    break;
            }
        }

        return found;
    }

    private ParameterValue? FromBinding(string name, JsonNode? value, ParameterSchema parameter, ParameterLayer.Bound bound, ParameterValue? stronger)
    {
        var subject = bound.Origin.ToString()!;
        if (parameter.IsSetByOperator && bound.Origin is Origin.NamespaceBinding)
        {
            _authorMistakes.Add(Problem.Of(subject, $"{name} is set by operators (x-set-by: operator): only a ClusterPatternBinding may"));
            return stronger;
        }

        if (stronger is not null && !bound.IsFixed)
            return stronger;
        var own = Checked(name, ValueCheck.WithDefaults(value, parameter), parameter, bound.Origin, subject, MistakesOf(bound));
        if (stronger is null || (own is null && !bound.IsFixed) || (own is not null && JsonNode.DeepEquals(own.Value, stronger.Value)))
            return stronger ?? own;
        var (mistakes, who) = stronger.Origin is Origin.Annotation annotation ? (_podMistakes, annotation.Key) : (_authorMistakes, stronger.Origin?.ToString());
        if (stronger.Origin is not null)
            mistakes.Add(Problem.Of(who!, $"{name} is fixed by {subject}; remove this"));
        return own ?? stronger;
    }

    private List<Problem> MistakesOf(ParameterLayer.Bound bound) => bound.IsFixed ? _unfixed : _authorMistakes;

    /// <summary>No value, for a mistake of the Pod that was told.</summary>
    private ParameterValue Wrong(string name)
    {
        _wrong.Add(name);
        return new(name, null, null);
    }

    private static ParameterValue? Read(
        string name, string text, ParameterSchema parameter, Origin origin, string subject, List<Problem> mistakes)
    {
        var value = AnnotationText.Read(text, parameter, name, out var mistake);
        if (mistake is null)
            return Checked(name, ValueCheck.WithDefaults(value, parameter), parameter, origin, subject, mistakes);
        mistakes.Add(Problem.Of(subject, mistake));
        return null;
    }

    private static ParameterValue? Checked(
        string name, JsonNode? value, ParameterSchema parameter, Origin origin, string subject, List<Problem> mistakes)
    {
        var clauses = new List<string>();
        ValueCheck.Collect(value, parameter, name, clauses);
        mistakes.AddRange(clauses.Select(clause => Problem.Of(subject, clause)));
        return clauses.Count == 0 ? new(name, value, origin) : null;
    }

    private ParameterValue FromDefault(string name, ParameterSchema parameter, Scope scope, string title, Func<string, string> keyOf)
    {
        if (parameter.ConstantDefault is { } constant)
            return new(name, constant, Default);
        if (parameter.Default is { } preset)
        {
            var value = ValueCheck.WithDefaults(TemplateRenderer.Render(preset, scope), parameter);
            if (value is null)
                _missing.Add(Problem.Of(keyOf(name),
                    $"is required: parameter {name} of {title} defaults to {parameter.DefaultText}, and the Pod does not say; it must be {parameter.Allowed}"));
            else if (Checked(name, value, parameter, Default, keyOf(name), _missing) is { } bound)
                return bound;
        }
        else if (_schema.Required.Contains(name))
        {
            _missing.Add(Problem.Of(keyOf(name), parameter.IsSetByOperator
                ? $"parameter {name} of {title} has no value; the operators of this installation set it by --default or a ClusterPatternBinding"
                : $"is required by {title}: {FirstSentence(parameter)}it must be {parameter.Allowed}"));
        }

        return new(name, null, null);
    }

    private static string FirstSentence(ParameterSchema parameter)
    {
        var text = parameter.Description.Trim().TrimEnd('.');
        return text.Length == 0 ? "" : text.ReplaceLineEndings(" ") + "; ";
    }
}
